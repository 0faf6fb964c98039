using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Brings back what distributions share: access controls and identities, policies, keys (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html"/>).</summary>
internal class SharedRestorer : Restorer
{
    private static readonly string[] InOrder =
    [
        "public-key", "origin-access-control", "origin-access-identity", "cache-policy", "origin-request-policy", "response-headers-policy",
        "key-group", "field-level-encryption-profile", "field-level-encryption",
    ];

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => InOrder;

    public override RestorePhase Phase => RestorePhase.EdgeParts;

    public override IReadOnlyList<RestorePart> Parts => [new("*.xml", UpdateAsync) { IsInCreate = true }];

    public override IReadOnlyList<Loss> Losses => [new("public-key.xml", "CreatedTime", "is the time at which it was made")];

    // Keys before what names them.
    public override int Rank(string kind) => kind switch
    {
        "key-group" or "field-level-encryption-profile" => 1,
        "field-level-encryption" => 2,
        _ => 0,
    };

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    // An identity and a field-level encryption have no name; people tell them apart by what they wrote beside them.
    public override string? Identity(Resource resource, ResourceDocuments documents) =>
        resource.Kind is "origin-access-identity" or "field-level-encryption" ? resource.Description : resource.Name;

    // Buckets may know an identity by its canonical user.
    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) =>
        resource.Kind == "origin-access-identity" && documents.Xml(SharedKind.Of(resource.Kind).Document)?.Text("S3CanonicalUserId") is { } user ? [user] : [];

    public override string? WhyFixed(string kind, string document, string path) =>
        kind == "public-key" && path is "EncodedKey" or "Name" ? "a public key cannot be changed; it is made anew under another id where the old one is deleted" : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var kind = SharedKind.Of(work.Resource.Kind);
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        try
        {
            Created(work, (await cloudFront.SendAsync(kind.Create(kind.Config(work.Documents.Xml(kind.Document)!, work.Token)), cancel)).Xml());
        }
        catch (ServiceException exception) when (exception.Code.EndsWith("AlreadyExists", StringComparison.Ordinal) || exception.Code == "StagingDistributionInUse")
        {
            // A call whose answer was lost has made it, or somebody else since the plan.
            Created(work, await FindAsync(work, kind, cancel) ?? exception.Again<XElement>());
            await UpdateAsync(work, cancel);
        }
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var kind = SharedKind.Of(work.Resource.Kind);
        return VersionedChange.DeleteAsync(work, "Delete" + kind.ChangedNoun, kind.PathOf(work.RequiredId), kind.Read(work.RequiredId), cancel);
    }

    private static Task<WireResponse> UpdateAsync(RestoreWork work, CancellationToken cancel)
    {
        var kind = SharedKind.Of(work.Resource.Kind);
        var wanted = work.Documents.Xml(kind.Document)!;
        return VersionedChange.SendAsync(work, kind.Read(work.RequiredId), live => kind.Update(work.RequiredId, kind.Config(wanted, live.Xml().Text("CallerReference"))), cancel);
    }

    private static void Created(RestoreWork work, XElement made) =>
        work.Created(made.Text("Id") ?? "", null, made.Text("S3CanonicalUserId") is { } user ? [user] : []);

    private static async Task<XElement?> FindAsync(RestoreWork work, SharedKind kind, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        var wanted = work.Documents.Xml(kind.Document)!;
        var (name, staging) = (wanted.ShallowText("Name"), wanted.ShallowText("DnsName"));
        await foreach (var item in kind.List.ItemsAsync(cloudFront, cancel))
        {
            var there = item.ToXml();
            if (there.ShallowText("Id") is not { } id || there.ShallowText("Name") != name || there.ShallowText("DnsName") != staging) continue;
            var whole = (await cloudFront.SendAsync(kind.Whole(id), cancel)).Xml();
            if (name is not null || staging is not null || whole.ShallowText("CallerReference") == work.Token) return whole;
        }
        return null;
    }
}

/// <summary>Continuous deployment policies come after the distributions of staging that they name; the distributions that name them are told of them last.</summary>
internal sealed class ContinuousDeploymentRestorer : SharedRestorer
{
    public override IReadOnlyList<string> Kinds => ["continuous-deployment-policy"];

    public override RestorePhase Phase => RestorePhase.Distributions;

    public override IReadOnlyList<Loss> Losses => [];

    public override int Rank(string kind) => 1;

    // It has no name: what it is is which staging distribution it leads to.
    public override string? Identity(Resource resource, ResourceDocuments documents) =>
        documents.Xml(SharedKind.Of(resource.Kind).Document)?.Descendants().FirstOrDefault(element => element.Name.LocalName == "DnsName")?.Value;

    public override bool IdentityIsInDocuments(string kind) => true;

    // It goes before the distribution of staging, and after the other has let it go.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        try
        {
            await base.DeleteAsync(work, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "ContinuousDeploymentPolicyInUse")
        {
            await DistributionRestorer.EndContinuousDeploymentAsync(work, work.RequiredId, cancel);
            await base.DeleteAsync(work, cancel);
        }
    }
}
