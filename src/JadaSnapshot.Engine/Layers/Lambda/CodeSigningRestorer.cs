using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Brings code signing configurations back. The signing profiles that they name belong to another service, and have to be there.</summary>
internal sealed class CodeSigningRestorer : Restorer
{
    private const string Document = "code-signing-config.json", Tags = "tags.json";
    private const string Path = "/2020-04-22/code-signing-configs";

    private static readonly string[] Answered = ["CodeSigningConfigId", "CodeSigningConfigArn", "LastModified"];

    public override string Layer => LambdaLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [LambdaFolders.CodeSigningConfig];

    public override RestorePhase Phase => RestorePhase.FunctionLayers;

    public override IReadOnlyList<RestorePart> Parts => [new(Document, PutAsync) { IsInCreate = true }, new(Tags, PutTagsAsync) { IsInCreate = true, RemoveAsync = PutTagsAsync }];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Document, "*CodeSigningConfigId", "is given by Lambda"),
        new(Document, "*CodeSigningConfigArn", "is given by Lambda"),
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    // What it is called is its description: who signs may have been changed.
    public override string? Identity(Resource resource, ResourceDocuments documents) => documents.Json(Document).Member("CodeSigningConfig").Text("Description");

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var made = (await LambdaCalls.SendAsync(work, LambdaCalls.Request("CreateCodeSigningConfig", "POST", Path, json =>
        {
            Write(json, work);
            if (TagsOf(work.Documents) is { Count: > 0 } tags) LambdaCalls.WriteTags(json, tags);
        }), cancel)).Json().Member("CodeSigningConfig");
        work.Created(made.Text("CodeSigningConfigId")!, made.Text("CodeSigningConfigArn"));
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) => LambdaCalls.SendAsync(work, LambdaCalls.Delete("DeleteCodeSigningConfig", WirePath.Of(Path + "/{}", work.Arn!)), cancel);

    private static Task<WireResponse> PutAsync(RestoreWork work, CancellationToken cancel) =>
        LambdaCalls.SendAsync(work, LambdaCalls.Request("UpdateCodeSigningConfig", "PUT", WirePath.Of(Path + "/{}", work.Arn!), json => Write(json, work)), cancel);

    private static Task PutTagsAsync(RestoreWork work, CancellationToken cancel) => LambdaCalls.PutTagsAsync(work, work.Arn!, TagsOf(work.Documents), TagsOf(work.Live), cancel);

    private static void Write(System.Text.Json.Utf8JsonWriter json, RestoreWork work)
    {
        foreach (var member in work.Documents.Json(Document).Member("CodeSigningConfig").EnumerateObject())
            if (!Answered.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
    }

    private static IReadOnlyDictionary<string, string> TagsOf(ResourceDocuments documents) => documents.Json(Tags).Member("Tags").Texts();
}
