using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Captures one function: each version with its code, and everything that is attached to it.</summary>
internal sealed class FunctionCapture(LambdaRegion region, CodeDownload code, Resource function, string folder, ISnapshotSink sink)
{
    private static readonly string[] NotSet = ["ResourceNotFoundException"];

    private readonly EnvironmentNotes _environment = new(sink.Fingerprint);
    private readonly HashSet<string> _packages = new(StringComparer.Ordinal);

    public async Task CaptureAsync(CancellationToken cancel)
    {
        List<JsonElement> versions = [.. (await region.VersionsAsync(cancel)).Where(version => version.Text("FunctionName") == function.Name)];
        List<string> published = [.. versions.Select(version => version.Text("Version")).OfType<string>().Where(version => version != LambdaRegion.Latest)];
        await Task.WhenAll(
            CaptureVersionsAsync(published, cancel),
            CaptureAliasesAndPoliciesAsync(published, cancel),
            CaptureListAsync("ListFunctionUrlConfigs", Path("/urls", "2021-10-31"), "url-configs", "FunctionUrlConfigs", cancel),
            CaptureListAsync("ListFunctionEventInvokeConfigs", Path("/event-invoke-config/list", "2019-09-25"), "event-invoke-configs", "FunctionEventInvokeConfigs", cancel),
            CaptureDocumentAsync("GetFunctionRecursionConfig", Path("/recursion-config", "2024-08-31"), "recursion.json", cancel),
            // An image brings its own runtime.
            versions.Exists(version => version.Text("PackageType") == "Image")
                ? Task.CompletedTask
                : CaptureDocumentAsync("GetRuntimeManagementConfig", Path("/runtime-management-config", "2021-07-20"), "runtime-management.json", cancel),
            // Only what is published can have it.
            published.Count == 0
                ? Task.CompletedTask
                : CaptureListAsync("ListProvisionedConcurrencyConfigs", Path("/provisioned-concurrency", "2019-09-30"), "provisioned-concurrency", "ProvisionedConcurrencyConfigs", cancel, new KeyValuePair<string, string>("List", "ALL")),
            IfListedAsync("ListEventSourceMappings", FunctionView.EventSources, CaptureEventSourcesAsync, cancel),
            IfListedAsync("ListFunctionsByCodeSigningConfig", "code-signing.json", CaptureCodeSigningAsync, cancel));
    }

    private string Path(string below, string version = "2015-03-31") => LambdaService.PathOf(function.Name, below, version);

    private async Task CaptureVersionsAsync(IReadOnlyList<string> published, CancellationToken cancel)
    {
        await CaptureVersionAsync(LambdaRegion.Latest, FunctionView.Document, cancel);
        foreach (var version in published) await CaptureVersionAsync(version, $"{FunctionView.Versions}{PathNames.FromName(version)}.json", cancel);
        if (sink.Wants(folder + EnvironmentDocument.Name) && _environment.ToDocument(function) is { } environment)
            await sink.WriteAsync(folder + EnvironmentDocument.Name, JsonSerializer.SerializeToUtf8Bytes(environment, StoreJson.Pages.EnvironmentDocument), cancel);
    }

    private async Task CaptureVersionAsync(string version, string document, CancellationToken cancel)
    {
        var isLatest = version == LambdaRegion.Latest;
        var answer = await region.Lambda.CaptureAsync(
            LambdaService.Get("GetFunction", Path(""), isLatest ? [] : [new("Qualifier", version)]), sink, folder + document, cancel, withoutSecrets: FunctionDocument.WithoutSecrets);
        if (answer?.Json() is not { } described) return;
        var configuration = described.Member("Configuration");
        foreach (var failure in FunctionDocument.Failures(function.Name, described, answer.RequestId)) sink.Report("GetFunction", failure);
        _environment.Add(version, configuration.Member("Environment").Member("Variables").Texts());
        if (described.Member("Code").Text("Location") is not { } link || configuration.Text("CodeSha256") is not { } digest || !_packages.Add(digest)) return;
        try
        {
            await code.SaveAsync(link, digest, "GetFunction", folder + (isLatest ? "code.zip" : $"code/{Convert.ToHexStringLower(Convert.FromBase64String(digest))}.zip"), sink, cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report("GetFunction", exception, isLatest ? null : version);
        }
    }

    private async Task CaptureAliasesAndPoliciesAsync(IReadOnlyList<string> published, CancellationToken cancel)
    {
        var aliases = await CaptureListAsync("ListAliases", Path("/aliases"), FunctionView.Aliases, "Aliases", cancel);
        await Task.WhenAll(published.Concat(aliases.Select(alias => alias.Text("Name")).OfType<string>())
            .Select(qualifier => CaptureDocumentAsync("GetPolicy", Path("/policy"), $"policies/{PathNames.FromName(qualifier)}.json", cancel, new KeyValuePair<string, string>("Qualifier", qualifier)))
            .Prepend(CaptureDocumentAsync("GetPolicy", Path("/policy"), "policy.json", cancel)));
    }

    private async Task CaptureEventSourcesAsync(CancellationToken cancel)
    {
        foreach (var mapping in await region.MappingsAsync(cancel))
            if (LambdaRegion.FunctionOf(mapping.Text("FunctionArn")) == function.Name && mapping.Text("UUID") is { } id)
                await EventSource.CaptureAsync(region.Lambda, id, mapping.Text("EventSourceMappingArn"), $"{folder}{FunctionView.EventSources}{PathNames.FromName(id)}", sink, cancel);
    }

    private async Task CaptureCodeSigningAsync(CancellationToken cancel)
    {
        if (function.Arn is { } arn && (await region.SignedAsync(cancel)).Contains(arn))
            await CaptureDocumentAsync("GetFunctionCodeSigningConfig", Path("/code-signing-config", "2020-06-30"), "code-signing.json", cancel);
    }

    /// <summary>A list of the region that is refused is a problem of each function that it would have told of.</summary>
    private async Task IfListedAsync(string operation, string document, Func<CancellationToken, Task> capture, CancellationToken cancel)
    {
        if (!sink.Wants(folder + document)) return;
        try
        {
            await capture(cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report(operation, exception);
        }
    }

    private Task<WireResponse?> CaptureDocumentAsync(string operation, string path, string document, CancellationToken cancel, params KeyValuePair<string, string>[] parameters) =>
        region.Lambda.CaptureAsync(LambdaService.Get(operation, path, parameters), sink, folder + document, cancel, notSet: NotSet);

    private async Task<IReadOnlyList<JsonElement>> CaptureListAsync(
        string operation, string path, string document, string list, CancellationToken cancel, params KeyValuePair<string, string>[] parameters)
    {
        List<JsonElement> items = [];
        string? marker = null;
        var number = 0;
        do
        {
            var page = await region.Lambda.CaptureAsync(
                LambdaService.Get(operation, path, [.. parameters, .. LambdaService.Marker(marker)]), sink, $"{folder}{document}-{++number:d4}.json", cancel,
                notSet: NotSet, isSet: answer => answer.Json().Items(list).Any() || LambdaService.NextMarker(answer) is not null);
            items.AddRange(page?.Json().Items(list) ?? []);
            marker = page is null ? null : LambdaService.NextMarker(page);
        }
        while (marker is not null);
        return items;
    }
}
