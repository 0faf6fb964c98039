using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Brings key value stores back, without the keys and values: those belong to another service and were not captured.</summary>
internal sealed class KeyValueStoreRestorer : Restorer
{
    private static readonly string Document = CloudFrontKinds.KeyValueStores.Document;

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [CloudFrontKinds.KeyValueStores.Name];

    public override RestorePhase Phase => RestorePhase.EdgeParts;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, UpdateAsync) { IsInCreate = true },
        new(CloudFrontLayer.Tags, (work, cancel) => VersionedChange.PutTagsAsync(work, work.Arn!, cancel)),
    ];

    // Its ARN has an id that CloudFront gives.
    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        var space = CloudFrontKinds.Namespace;
        var name = NameOf(work);
        try
        {
            await cloudFront.SendAsync(
                XmlRequest.Of("CreateKeyValueStore", "POST", CloudFrontKinds.KeyValueStores.List.Path, new XElement(space + "CreateKeyValueStoreRequest", new XElement(space + "Name", name), XmlRequest.Optional(space + "Comment", work.Documents.Xml(Document)!.Text("Comment")))), cancel);
        }
        catch (ServiceException exception) when (exception.Code == "EntityAlreadyExists")
        {
            // A call whose answer was lost has made it.
        }
        var made = (await cloudFront.SendAsync(Describe(name), cancel)).Xml();
        work.Created(made.Text("Id") ?? "", made.Text("ARN"));
        work.Note($"The keys and values of the store {name} are not in a snapshot: put them back by 'aws cloudfront-keyvaluestore update-keys'.");
        await Waiting.LookAsync(async () => (await cloudFront.SendAsync(Describe(name), cancel)).Xml(), store => store.Text("Status") != "PROVISIONING", work.Target.Patience, cancel);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        VersionedChange.DeleteAsync(work, "DeleteKeyValueStore", PathOf(work.Resource.Name), Describe(work.Resource.Name), cancel);

    private static Task<WireResponse> UpdateAsync(RestoreWork work, CancellationToken cancel)
    {
        var space = CloudFrontKinds.Namespace;
        return VersionedChange.SendAsync(
            work, Describe(NameOf(work)),
            _ => XmlRequest.Of("UpdateKeyValueStore", "PUT", PathOf(NameOf(work)), new(space + "UpdateKeyValueStoreRequest", new XElement(space + "Comment", work.Documents.Xml(Document)!.Text("Comment") ?? ""))), cancel);
    }

    private static string NameOf(RestoreWork work) => work.Documents.Xml(Document)!.Text("Name") ?? work.Name;

    private static WireRequest Describe(string name) => WireRequest.Get("DescribeKeyValueStore", PathOf(name));

    private static string PathOf(string name) => WirePath.Of(CloudFrontKinds.KeyValueStores.List.Path + "/{}", name);
}
