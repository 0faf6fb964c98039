using System.Xml.Linq;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>
/// Brings functions back: what is live is written as what is being worked on and published, and then what was being worked on is written
/// (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublishFunction.html"/>).
/// </summary>
internal sealed class EdgeFunctionRestorer : Restorer
{
    private const string Live = "live";
    private const string Development = "development";

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [CloudFrontKinds.Functions.Name];

    public override RestorePhase Phase => RestorePhase.EdgeParts;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Live + ".*", PublishAsync)
        {
            IsInCreate = true,
            RemoveAsync = (_, _) => throw new NotSupportedException("what was published stays published; delete the function and restore it."),
        },
        new(Development + ".*", (work, cancel) => WriteAsync(work, Development, cancel)) { IsInCreate = true },
        new(CloudFrontLayer.Tags, (work, cancel) => VersionedChange.PutTagsAsync(work, work.Arn!, cancel)),
    ];

    public override IReadOnlyList<Loss> Losses => [new("*", "FunctionMetadata.CreatedTime", "is the time at which it was made")];

    // A function may read from a key value store.
    public override int Rank(string kind) => 3;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var first = HasLive(work) ? Live : Development;
        try
        {
            Created(work, (await work.Wire(CloudFrontLayer.Service).SendAsync(XmlRequest.Of("CreateFunction", "POST", CloudFrontKinds.Functions.List.Path, Body(work, first, "CreateFunctionRequest")), cancel)).Xml());
        }
        catch (ServiceException exception) when (exception.Code == "FunctionAlreadyExists")
        {
            Created(work, (await work.Wire(CloudFrontLayer.Service).SendAsync(Describe(work.Name), cancel)).Xml());
            await WriteAsync(work, first, cancel);
        }
        if (first == Live) await PublishWrittenAsync(work, cancel);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        VersionedChange.DeleteAsync(work, "DeleteFunction", PathOf(work.RequiredId), Describe(work.RequiredId), cancel);

    private static async Task PublishAsync(RestoreWork work, CancellationToken cancel)
    {
        await WriteAsync(work, Live, cancel);
        await PublishWrittenAsync(work, cancel);
    }

    private static async Task PublishWrittenAsync(RestoreWork work, CancellationToken cancel)
    {
        await VersionedChange.SendAsync(work, Describe(work.RequiredId), _ => new() { Operation = "PublishFunction", Path = PathOf(work.RequiredId) + "/publish" }, cancel);
        if (!Says(work, Live).SequenceEqual(Says(work, Development))) await WriteAsync(work, Development, cancel);
    }

    private static Task<WireResponse> WriteAsync(RestoreWork work, string stage, CancellationToken cancel) =>
        VersionedChange.SendAsync(work, Describe(work.RequiredId), _ => XmlRequest.Of("UpdateFunction", "PUT", PathOf(work.RequiredId), Body(work, stage, "UpdateFunctionRequest")), cancel);

    private static XElement Body(RestoreWork work, string stage, string request)
    {
        var space = CloudFrontKinds.Namespace;
        var config = work.Documents.Xml(stage + ".xml")!.All("FunctionConfig").First().In(space);
        return new(space + request, request == "CreateFunctionRequest" ? new XElement(space + "Name", work.Name) : null, config, new XElement(space + "FunctionCode", Convert.ToBase64String(Code(work, stage))));
    }

    // Code reads from a key value store by the store's id.
    private static byte[] Code(RestoreWork work, string stage) => work.Map.Rewrite(work.Original.Find(stage + ".js") ?? []);

    private static byte[] Says(RestoreWork work, string stage) =>
        [.. Code(work, stage), .. System.Text.Encoding.UTF8.GetBytes(work.Documents.Xml(stage + ".xml")?.All("FunctionConfig").First().ToString(SaveOptions.DisableFormatting) ?? "")];

    private static bool HasLive(RestoreWork work) => work.Documents.Find(Live + ".xml") is not null;

    private static void Created(RestoreWork work, XElement function) => work.Created(work.Name, function.ShallowText("FunctionARN"));

    private static WireRequest Describe(string name) => WireRequest.Get("DescribeFunction", PathOf(name) + "/describe", new KeyValuePair<string, string>("Stage", "DEVELOPMENT"));

    private static string PathOf(string name) => WirePath.Of(CloudFrontKinds.Functions.List.Path + "/{}", name);
}
