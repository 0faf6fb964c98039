using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Brings functions back with all that is attached to them (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html"/>): code and
/// configuration, published versions, aliases, settings; then, in a phase of their own, who may call them, addresses, and what feeds them.
/// </summary>
internal sealed class FunctionRestorer : Restorer
{
    private const string Document = FunctionView.Document;

    public override string Layer => LambdaLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [LambdaFolders.Function];

    public override RestorePhase Phase => RestorePhase.Functions;

    public override string? ListedBy(string kind) => "ListFunctions";

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, PutAsync) { IsInCreate = true },
        new(FunctionView.Versions + "*", FunctionVersions.PutAsync) { RemoveAsync = (_, _) => Task.CompletedTask },
        Part(FunctionView.Aliases, FunctionAttachments.PutAliasesAsync),
        new(FunctionView.Versions + "*", FunctionVersions.PruneAsync) { RemoveAsync = FunctionVersions.PruneAsync },
        new("code-signing.json", FunctionAttachments.PutSigningAsync) { RemoveAsync = FunctionAttachments.RemoveSigningAsync },
        new("runtime-management.json", FunctionAttachments.PutRuntimeAsync),
        new("recursion.json", FunctionAttachments.PutRecursionAsync),
        Part(FunctionAttachments.Provisioned, FunctionAttachments.PutProvisionedAsync),
        Later("policy.json", "permissions", ResourcePolicies.PutAsync, ResourcePolicies.PutAsync),
        Later("policies/*", "permissions", ResourcePolicies.PutQualifiedAsync, ResourcePolicies.PutQualifiedAsync),
        Later(FunctionView.Urls + ".json", "addresses", FunctionAttachments.PutUrlsAsync, FunctionAttachments.PutUrlsAsync),
        Later(FunctionAttachments.InvokeConfigs + ".json", "asynchronous calls", FunctionAttachments.PutInvokeConfigsAsync, FunctionAttachments.PutInvokeConfigsAsync),
        Later(FunctionView.EventSources + "*", "event sources", EventSources.PutAsync, EventSources.RemoveAsync),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("*", "Configuration.RuntimeVersionConfig*", "is chosen by Lambda, unless runtime-management.json says otherwise"),
        new("*", "Configuration.StateReason*", "says what Lambda is about"),
        new("*", "Configuration.LastUpdateStatusReason*", "says what Lambda is about"),
        new("*", "Configuration.SnapStart.OptimizationStatus", "says what Lambda is about"),
        new("*", "Configuration.VpcConfig.VpcId", "follows from the subnets"),
        new("*", "Configuration.Signing*", "is known of a package only while it lies in the bucket of its signer"),
        new("*", "Code.ImageUri", "is the digest of the image, where it was a tag"),
        new(FunctionView.Versions + "*", "Tags*", "belongs to the function, not to the version"),
        new(FunctionView.Versions + "*", "Concurrency*", "belongs to the function, not to the version"),
        Loss.Extra(FunctionView.Versions + "*", ""),
        Loss.Extra(FunctionView.Aliases + ".json", ""),
        Loss.Extra(FunctionView.Aliases + ".json", "Aliases[*]"),
        Loss.Extra(FunctionView.Urls + ".json", ""),
        Loss.Extra(FunctionView.Urls + ".json", "FunctionUrlConfigs[*]"),
        new(FunctionView.Urls + ".json", "*FunctionUrl", "is given by Lambda"),
        new(FunctionView.Urls + ".json", "*CreationTime", "is the time at which it was made"),
        new(FunctionView.Urls + ".json", "*LastModifiedTime", "is the time at which it was changed"),
        Loss.Extra(FunctionView.EventSources + "*", ""),
        new(FunctionView.EventSources + "*", "UUID", "is given by Lambda"),
        new(FunctionView.EventSources + "*", "EventSourceMappingArn", "is given by Lambda"),
        new(FunctionView.EventSources + "*", "StateTransitionReason", "says what Lambda is about"),
        new(FunctionAttachments.Provisioned + ".json", "*Available*", "says how many are ready by now"),
        new(FunctionAttachments.Provisioned + ".json", "*Allocated*", "says how many are ready by now"),
        new(FunctionAttachments.Provisioned + ".json", "*Status*", "says how many are ready by now"),
    ];

    public override bool CanDelete(string kind) => true;

    public override (string Document, byte[] Content) Translate(Resource resource, string document, byte[] content, ReferenceMap map) => VersionNumbers.Translate(resource, document, content, map);

    public override string? WhyNot(RestoreWork work) => FunctionLatest.WhyNot(work, work.Original.Json(Document));

    public override string? WhyFixed(string kind, string document, string path) =>
        document == Document && path == "Configuration.PackageType" ? "a function of a zip file cannot become one of an image, nor the other way round; delete it, and it is made anew" : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var described = work.Documents.Json(Document);
        var code = await FunctionLatest.CodeAsync(work, described, cancel);
        await LambdaCalls.TryMakeAsync(work, LambdaCalls.Request("CreateFunction", "POST", "/2015-03-31/functions", json =>
        {
            FunctionRequest.WriteNew(json, described.Member("Configuration"));
            json.WriteStartObject("Code");
            code(json);
            json.WriteEndObject();
            if (described.Member("Tags").Texts() is { Count: > 0 } tags) LambdaCalls.WriteTags(json, tags);
        }), cancel);
        work.Created(work.Name, described.Member("Configuration").Text("FunctionArn"));
        await PutConcurrencyAsync(work, described.Member("Concurrency").Number("ReservedConcurrentExecutions"), null, cancel);
    }

    // What feeds a function outlives it.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        await EventSources.RemoveAsync(work, cancel);
        await LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteFunction", LambdaService.PathOf(work.RequiredId)), cancel);
    }

    // What is live is asked for once more: variables are compared by their values, and code is sent only where it is another.
    private static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var described = work.Documents.Json(Document);
        var live = (await work.Wire(LambdaService.Service).SendAsync(LambdaService.Get("GetFunction", LambdaService.PathOf(work.Name)), cancel)).Json();
        await new FunctionLatest(work, live.Member("Configuration")).BecomeAsync(described, withDescription: true, cancel);
        await LambdaCalls.PutTagsAsync(work, live.Member("Configuration").Text("FunctionArn")!, described.Member("Tags").Texts(), live.Member("Tags").Texts(), cancel);
        await PutConcurrencyAsync(work, Reserved(described), Reserved(live), cancel);

        static long? Reserved(System.Text.Json.JsonElement described) => described.Member("Concurrency").Number("ReservedConcurrentExecutions");
    }

    private static async Task PutConcurrencyAsync(RestoreWork work, long? wanted, long? live, CancellationToken cancel)
    {
        if (wanted == live) return;
        var path = LambdaService.PathOf(work.Name, "/concurrency", "2017-10-31");
        await LambdaCalls.SendAsync(work, wanted is { } reserved
            ? LambdaCalls.Request("PutFunctionConcurrency", "PUT", path, json => json.WriteNumber("ReservedConcurrentExecutions", reserved))
            : LambdaCalls.Delete("DeleteFunctionConcurrency", path), cancel);
    }

    private static RestorePart Part(string list, Func<RestoreWork, CancellationToken, Task> put) => new(list + ".json", put) { RemoveAsync = put };

    private static RestorePart Later(string documents, string name, Func<RestoreWork, CancellationToken, Task> put, Func<RestoreWork, CancellationToken, Task> remove) =>
        new(documents, put) { Phase = RestorePhase.Permissions, Name = name, RemoveAsync = remove };
}
