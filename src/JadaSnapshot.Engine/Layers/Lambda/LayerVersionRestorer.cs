using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Publishes versions of layers again. Lambda counts them, so that a version may get another number, which references follow. A version never
/// changes: one of the same content is the same. That of another account is used as it is, where it may be.
/// </summary>
internal sealed class LayerVersionRestorer : Restorer
{
    private const string Document = "layer-version.json", Package = "content.zip";

    private static readonly string[] Answered = ["Content", "LayerArn", "LayerVersionArn", "Version", "CreatedDate"];

    public override string Layer => LambdaLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [LambdaFolders.LayerVersion];

    public override RestorePhase Phase => RestorePhase.FunctionLayers;

    public override IReadOnlyList<RestorePart> Parts => [new(Document, (_, _) => Task.CompletedTask) { IsInCreate = true }, new("policy.json", PutPolicyAsync) { RemoveAsync = PutPolicyAsync }];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Document, "Version", "is counted by Lambda"),
        new(Document, "LayerArn", "is that of the account's own layer"),
        new(Document, "LayerVersionArn", "is counted by Lambda"),
        new(Document, "CreatedDate", "is the time at which it was published"),
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    // In their order, so that an empty account counts them as they were counted.
    public override int Rank(Resource resource) => int.TryParse(Arn(resource).Number, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public override string? Identity(Resource resource, ResourceDocuments documents) => IdentityOf(Arn(resource).Name, documents.Json(Document));

    public override string? WhyFixed(string kind, string document, string path) => document == Document ? "a version of a layer never changes" : null;

    public override string? WhyNot(RestoreWork work) =>
        work.SizeOf(Package) is not { } size ? "the snapshot does not hold its content"
        : size > FunctionLatest.LargestPackage ? $"its content has {size >> 20:N0} MB, and a request brings 50 MB at most: put {Package} into a bucket, and publish it from there"
        : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var (arn, described) = (LayerVersionArn.Parse(work.Resource.Id), work.Documents.Json(Document));
        var isOthers = arn.Account != work.Snapshot.Account;
        if (isOthers && await FindAsync(work, work.Map.Of(work.Resource.Id), cancel) is not null)
        {
            work.Created(work.Map.Of(work.Resource.Id), work.Map.Of(work.Resource.Id));
            return;
        }
        var path = WirePath.Of("/2018-10-31/layers/{}/versions", arn.Name);
        // One that a call made whose answer was lost.
        foreach (var version in await LambdaCalls.ListAsync(work, "ListLayerVersions", path, "LayerVersions", cancel))
        {
            if (version.Text("LayerVersionArn") is not { } known || await FindAsync(work, known, cancel) is not { } same || IdentityOf(arn.Name, same) != IdentityOf(arn.Name, described)) continue;
            work.Created(known, known);
            return;
        }
        var content = await work.ReadFileAsync(Package, cancel);
        var made = (await LambdaCalls.SendAsync(work, LambdaCalls.Request("PublishLayerVersion", "POST", path, json =>
        {
            foreach (var member in described.EnumerateObject())
                if (!Answered.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
            json.WriteStartObject("Content");
            json.WriteBase64String("ZipFile", content);
            json.WriteEndObject();
        }), cancel)).Json().Text("LayerVersionArn")!;
        work.Created(made, made);
        if (isOthers) work.Note($"{work.Resource.Id} belongs to another account, which does not share it here: it was published as {made}.");
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteLayerVersion", WirePath.Of("/2018-10-31/layers/{}/versions/{}", Arn(work.Resource).Name, Arn(work.Resource).Number)), cancel);

    private static Task PutPolicyAsync(RestoreWork work, CancellationToken cancel)
    {
        var (_, name, number) = LayerVersionArn.Parse(work.RequiredId);
        return ResourcePolicies.PutOfLayerAsync(work, WirePath.Of("/2018-10-31/layers/{}/versions/{}/policy", name, number), cancel);
    }

    private static async Task<JsonElement?> FindAsync(RestoreWork work, string arn, CancellationToken cancel)
    {
        try
        {
            return (await work.Wire(LambdaService.Service).SendAsync(LambdaService.Get("GetLayerVersionByArn", "/2018-10-31/layers", new("find", "LayerVersion"), new("Arn", arn)), cancel)).Json();
        }
        catch (ServiceException exception) when (exception.Kind is FailureKind.Denied or FailureKind.NotFound)
        {
            return null;
        }
    }

    private static LayerVersionArn Arn(Resource resource) => LayerVersionArn.Parse(resource.Id);

    private static string? IdentityOf(string name, JsonElement described) => described.Member("Content").Text("CodeSha256") is not { } digest ? null
        : string.Join('\n', [name, digest, .. described.EnumerateObject().Where(member => !Answered.Contains(member.Name)).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value.GetRawText()}")]);
}
