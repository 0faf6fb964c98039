using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Puts back what is attached to a function, its versions and its aliases: each a list of which every item is put by a call of its own.</summary>
internal static class FunctionAttachments
{
    public const string InvokeConfigs = "event-invoke-configs", Provisioned = "provisioned-concurrency";

    /// <summary>Aliases, with the shares of versions that they lead to.</summary>
    public static async Task PutAliasesAsync(RestoreWork work, CancellationToken cancel)
    {
        var (aliases, path) = (Items(work.Documents, FunctionView.Aliases, "Aliases"), LambdaService.PathOf(work.Name, "/aliases"));
        var had = Items(work.Live, FunctionView.Aliases, "Aliases").ToDictionary(Name, StringComparer.Ordinal);
        foreach (var alias in aliases)
        {
            if (!had.ContainsKey(Name(alias)) && await LambdaCalls.TryMakeAsync(work, LambdaCalls.Request("CreateAlias", "POST", path, json => Write(json, alias, ["AliasArn", "RevisionId"])), cancel) is not null) continue;
            await LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateAlias", "PUT", WirePath.Of(path + "/{}", Name(alias)), json =>
            {
                Write(json, alias, ["AliasArn", "RevisionId", "Name"]);
                // What is not said stays as it is.
                if (alias.Text("Description") is null && alias.Member("Description").ValueKind == JsonValueKind.Undefined) json.WriteString("Description", "");
                if (alias.Member("RoutingConfig").ValueKind != JsonValueKind.Undefined) return;
                json.WriteStartObject("RoutingConfig");
                json.WriteStartObject("AdditionalVersionWeights");
                json.WriteEndObject();
                json.WriteEndObject();
            }), cancel);
        }
        if (!work.Target.Prune) return;
        foreach (var name in had.Keys.Except(aliases.Select(Name))) await LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteAlias", WirePath.Of(path + "/{}", name)), cancel);

        static string Name(JsonElement alias) => alias.Text("Name") ?? "";
    }

    /// <summary>Addresses. A new one is given by Lambda, and lost for good where it is deleted.</summary>
    public static async Task PutUrlsAsync(RestoreWork work, CancellationToken cancel)
    {
        var (urls, path) = (Items(work.Documents, FunctionView.Urls, "FunctionUrlConfigs"), LambdaService.PathOf(work.Name, "/url", "2021-10-31"));
        // The addresses of the snapshot stand in the documents as they were captured.
        var were = Items(work.Original, FunctionView.Urls, "FunctionUrlConfigs");
        var had = ArnsOf(work.Live, FunctionView.Urls, "FunctionUrlConfigs");
        foreach (var (url, was) in urls.Zip(were))
        {
            var qualifier = LambdaCalls.Qualifier(url.Text("FunctionArn"));
            var made = had.Contains(url.Text("FunctionArn")!) ? null : await LambdaCalls.TryMakeAsync(work, LambdaCalls.Request("CreateFunctionUrlConfig", "POST", path, Write, qualifier), cancel);
            made ??= await LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateFunctionUrlConfig", "PUT", path, json =>
            {
                Write(json);
                if (url.Member("Cors").ValueKind != JsonValueKind.Undefined) return;
                json.WriteStartObject("Cors");
                json.WriteEndObject();
            }, qualifier), cancel);
            if (Host(was) is { } before && Host(made.Json()) is { } now && before != now)
            {
                work.Learn(before, now);
                work.Note($"The address of {work.Name}{(qualifier is [var named] ? $" ({named.Value})" : "")} is {made.Json().Text("FunctionUrl")} now. It was https://{before}/: whoever calls it has to be told.");
            }

            void Write(Utf8JsonWriter json) => FunctionAttachments.Write(json, url, ["FunctionUrl", "FunctionArn", "CreationTime", "LastModifiedTime"]);
        }
        if (!work.Target.Prune) return;
        foreach (var arn in had.Except(urls.Select(url => url.Text("FunctionArn")!))) await LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteFunctionUrlConfig", path, LambdaCalls.Qualifier(arn)), cancel);

        static string? Host(JsonElement url) => Uri.TryCreate(url.Text("FunctionUrl"), UriKind.Absolute, out var address) ? address.Host : null;
    }

    /// <summary>What becomes of asynchronous calls.</summary>
    public static Task PutInvokeConfigsAsync(RestoreWork work, CancellationToken cancel) => PutEachAsync(
        work, InvokeConfigs, "FunctionEventInvokeConfigs", ("PutFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"), LambdaService.PathOf(work.Name, "/event-invoke-config", "2019-09-25"),
        (json, config) => Write(json, config, ["FunctionArn", "LastModified"]), cancel);

    /// <summary>Instances that are kept ready.</summary>
    public static Task PutProvisionedAsync(RestoreWork work, CancellationToken cancel) => PutEachAsync(
        work, Provisioned, "ProvisionedConcurrencyConfigs", ("PutProvisionedConcurrencyConfig", "DeleteProvisionedConcurrencyConfig"), LambdaService.PathOf(work.Name, "/provisioned-concurrency", "2019-09-30"),
        (json, config) => json.WriteVerbatim("ProvisionedConcurrentExecutions", config.Member("RequestedProvisionedConcurrentExecutions")), cancel);

    /// <summary>When the runtime is updated.</summary>
    public static async Task PutRuntimeAsync(RestoreWork work, CancellationToken cancel)
    {
        var runtime = work.Documents.Json("runtime-management.json");
        if (work.IsNew && runtime.Text("UpdateRuntimeOn") == "Auto") return;
        await LambdaCalls.SendAsync(work, LambdaCalls.Request("PutRuntimeManagementConfig", "PUT", LambdaService.PathOf(work.Name, "/runtime-management-config", "2021-07-20"), json => Write(json, runtime, ["FunctionArn"])), cancel);
    }

    /// <summary>Whether the function may call itself round and round.</summary>
    public static async Task PutRecursionAsync(RestoreWork work, CancellationToken cancel)
    {
        var recursion = work.Documents.Json("recursion.json");
        if (work.IsNew && recursion.Text("RecursiveLoop") == "Terminate") return;
        await LambdaCalls.SendAsync(work, LambdaCalls.Request("PutFunctionRecursionConfig", "PUT", LambdaService.PathOf(work.Name, "/recursion-config", "2024-08-31"), json => Write(json, recursion, [])), cancel);
    }

    /// <summary>Whose signatures the code needs.</summary>
    public static Task PutSigningAsync(RestoreWork work, CancellationToken cancel) => LambdaCalls.SendAsync(work, LambdaCalls.Request(
        "PutFunctionCodeSigningConfig", "PUT", LambdaService.PathOf(work.Name, "/code-signing-config", "2020-06-30"),
        json => json.WriteVerbatim("CodeSigningConfigArn", work.Documents.Json("code-signing.json").Member("CodeSigningConfigArn"))), cancel);

    public static Task RemoveSigningAsync(RestoreWork work, CancellationToken cancel) =>
        LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteFunctionCodeSigningConfig", LambdaService.PathOf(work.Name, "/code-signing-config", "2020-06-30")), cancel);

    private static async Task PutEachAsync(
        RestoreWork work, string document, string list, (string Put, string Delete) operations, string path, Action<Utf8JsonWriter, JsonElement> write, CancellationToken cancel)
    {
        var wanted = Items(work.Documents, document, list);
        foreach (var config in wanted)
            await LambdaCalls.SendAsync(work, LambdaCalls.Request(operations.Put, "PUT", path, json => write(json, config), LambdaCalls.Qualifier(config.Text("FunctionArn"))), cancel);
        foreach (var arn in ArnsOf(work.Live, document, list).Except(wanted.Select(config => config.Text("FunctionArn")!)))
            await LambdaCalls.SendAsync(work, LambdaCalls.Delete(operations.Delete, path, LambdaCalls.Qualifier(arn)), cancel);
    }

    private static List<JsonElement> Items(Capture.ResourceDocuments documents, string document, string list) => [.. documents.AllJson(document).SelectMany(page => page.Items(list))];

    private static HashSet<string> ArnsOf(Capture.ResourceDocuments documents, string document, string list) => [.. Items(documents, document, list).Select(item => item.Text("FunctionArn")).OfType<string>()];

    private static void Write(Utf8JsonWriter json, JsonElement item, IReadOnlyList<string> without)
    {
        foreach (var member in item.EnumerateObject())
            if (!without.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
    }
}
