using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Brings distributions back (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionWithTags.html"/>). Nobody waits until they are deployed.</summary>
internal sealed class DistributionRestorer : Restorer
{
    internal const string Document = "distribution.xml";
    internal const string Monitoring = "monitoring-subscription.xml";

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [CloudFrontKinds.Distributions.Name];

    public override RestorePhase Phase => RestorePhase.Distributions;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, UpdateAsync) { IsInCreate = true },
        new(CloudFrontLayer.Tags, (work, cancel) => VersionedChange.PutTagsAsync(work, work.Arn!, cancel)) { IsInCreate = true },
        new(Monitoring, SubscribeAsync) { RemoveAsync = UnsubscribeAsync },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(Document, "DistributionConfig.CallerReference", "is given once, when a distribution is made"),
        new(Document, "ActiveTrusted*", "follows from the keys that are trusted"),
        new(Document, "AliasICPRecordals*", "is what China has registered of a name"),
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool CanDelete(string kind) => true;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override string? Identity(Resource resource, ResourceDocuments documents) => ConfigOf(documents)?.Text("CallerReference");

    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) =>
        documents.Xml(Document)?.Text("DomainName") is { } domain ? [domain] : [];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var config = Config(work);
        // None can be given when a distribution is made; see below.
        var policy = config.All("ContinuousDeploymentPolicyId").FirstOrDefault();
        var continued = policy?.Value is { Length: > 0 };
        policy?.SetValue("");
        await new DistributionAliases(work).SendAsync(config, each => MakeAsync(work, each, cancel), cancel);
        if (continued) await ContinueAsync(work, cancel);
    }

    /// <summary>Takes a continuous deployment policy from the distributions that have it.</summary>
    public static async Task EndContinuousDeploymentAsync(RestoreWork work, string policyId, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        List<string> ids = [];
        await foreach (var item in CloudFrontKinds.Distributions.List.ItemsAsync(cloudFront, cancel))
            if (item.ToXml() is var summary && summary.Text("Staging") != "true" && summary.Text("Id") is { } id) ids.Add(id);
        foreach (var id in ids)
        {
            if ((await cloudFront.SendAsync(Read(id), cancel)).Xml().Text("ContinuousDeploymentPolicyId") != policyId) continue;
            await VersionedChange.SendAsync(work, Read(id), live =>
            {
                var config = live.Xml();
                config.All("ContinuousDeploymentPolicyId").First().Value = "";
                return Update(id, config);
            }, cancel);
        }
    }

    // Only one that is disabled, and known to be so everywhere, can be deleted.
    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        await VersionedChange.SendAsync(work, Read(work.RequiredId), live =>
        {
            var config = live.Xml();
            config.All("Enabled").First().Value = "false";
            return Update(work.RequiredId, config);
        }, cancel);
        var seen = await Waiting.LookAsync(async () => (await cloudFront.SendAsync(Whole(work.RequiredId), cancel)).Xml(), distribution => distribution.Text("Status") == "Deployed", work.Target.Patience, cancel);
        if (seen.Text("Status") != "Deployed") throw new TimeoutException($"The distribution {work.RequiredId} is disabled, and can be deleted when that has reached all of CloudFront: repeat this later.");
        await VersionedChange.DeleteAsync(work, "DeleteDistribution", PathOf(work.RequiredId), Whole(work.RequiredId), cancel);
    }

    private static async Task UpdateAsync(RestoreWork work, CancellationToken cancel) =>
        await new DistributionAliases(work).SendAsync(Config(work), config => PutAsync(work, config, cancel), cancel);

    private static Task<WireResponse> PutAsync(RestoreWork work, XElement config, CancellationToken cancel) => VersionedChange.SendAsync(work, Read(work.RequiredId), live =>
    {
        config.All("CallerReference").First().Value = live.Xml().Text("CallerReference") ?? "";
        return Update(work.RequiredId, config);
    }, cancel);

    private static async Task MakeAsync(RestoreWork work, XElement config, CancellationToken cancel)
    {
        var space = CloudFrontKinds.Namespace;
        XElement body = new(space + "DistributionConfigWithTags", config, VersionedChange.TagsElement(work.Documents.Xml(CloudFrontLayer.Tags)));
        try
        {
            Created(work, (await work.Wire(CloudFrontLayer.Service).SendAsync(XmlRequest.Of("CreateDistributionWithTags", "POST", CloudFrontKinds.Distributions.List.Path, body, new KeyValuePair<string, string>("WithTags", "")), cancel)).Xml());
        }
        catch (ServiceException exception) when (exception.Code is "DistributionAlreadyExists" or "CNAMEAlreadyExists")
        {
            var reference = config.All("CallerReference").First();
            if (await FindAsync(work, reference.Value, exception, config, cancel) is { } known)
            {
                // A call whose answer was lost has made it.
                Created(work, known);
                await PutAsync(work, config, cancel);
                await VersionedChange.PutTagsAsync(work, work.Arn!, cancel);
                return;
            }
            // The reference may have been that of one that is no more, which CloudFront does not forget.
            if (exception.Code == "CNAMEAlreadyExists" || reference.Value == work.Token) throw;
            reference.Value = work.Token;
            await MakeAsync(work, config, cancel);
        }
    }

    // The policy may be made after the distribution, and then a later step tells the distribution of it.
    private static async Task ContinueAsync(RestoreWork work, CancellationToken cancel)
    {
        try
        {
            await UpdateAsync(work, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "NoSuchContinuousDeploymentPolicy")
        {
        }
    }

    /// <summary>The distribution that was made for this one before; null where none was. A refusal for a reference ends with the distribution's id, one for names leaves those that have one of them.</summary>
    private static async Task<XElement?> FindAsync(RestoreWork work, string reference, ServiceException refusal, XElement config, CancellationToken cancel)
    {
        var cloudFront = work.Wire(CloudFrontLayer.Service);
        var aliases = DistributionAliases.Of(config);
        List<string> ids = [];
        await foreach (var item in CloudFrontKinds.Distributions.List.ItemsAsync(cloudFront, cancel))
        {
            var summary = item.ToXml();
            if (summary.Text("Id") is { } id && (refusal.Code != "CNAMEAlreadyExists" || DistributionAliases.Of(summary).Intersect(aliases, StringComparer.OrdinalIgnoreCase).Any())) ids.Add(id);
        }
        foreach (var id in ids.OrderByDescending(id => refusal.Message.Contains(id, StringComparison.Ordinal)))
        {
            var whole = (await cloudFront.SendAsync(Whole(id), cancel)).Xml();
            if (whole.All("DistributionConfig").FirstOrDefault()?.Text("CallerReference") is { } other && (other == reference || other == work.Token)) return whole;
        }
        return null;
    }

    private static async Task SubscribeAsync(RestoreWork work, CancellationToken cancel)
    {
        if (work.Live.Find(Monitoring) is not null) await UnsubscribeAsync(work, cancel);
        try
        {
            await work.Wire(CloudFrontLayer.Service).SendAsync(XmlRequest.Of("CreateMonitoringSubscription", "POST", MonitoringOf(work), work.Documents.Xml(Monitoring)!.In(CloudFrontKinds.Namespace)), cancel);
        }
        catch (ServiceException exception) when (exception.Code == "MonitoringSubscriptionAlreadyExists")
        {
        }
    }

    private static Task<WireResponse> UnsubscribeAsync(RestoreWork work, CancellationToken cancel) =>
        work.Wire(CloudFrontLayer.Service).SendAsync(new() { Operation = "DeleteMonitoringSubscription", Method = "DELETE", Path = MonitoringOf(work) }, cancel);

    private static void Created(RestoreWork work, XElement distribution) =>
        work.Created(distribution.Text("Id") ?? "", distribution.Text("ARN"), distribution.Text("DomainName") ?? "");

    private static XElement Config(RestoreWork work) => ConfigOf(work.Documents)!.In(CloudFrontKinds.Namespace);

    private static XElement? ConfigOf(ResourceDocuments documents) => documents.Xml(Document)?.All("DistributionConfig").FirstOrDefault();

    private static WireRequest Read(string id) => WireRequest.Get("GetDistributionConfig", PathOf(id) + "/config");

    private static WireRequest Whole(string id) => WireRequest.Get("GetDistribution", PathOf(id));

    private static WireRequest Update(string id, XElement config) => XmlRequest.Of("UpdateDistribution", "PUT", PathOf(id) + "/config", config);

    private static string PathOf(string id) => WirePath.Of(CloudFrontKinds.Distributions.List.Path + "/{}", id);

    private static string MonitoringOf(RestoreWork work) => WirePath.Of(CloudFrontKinds.Root + "distributions/{}/monitoring-subscription", work.RequiredId);
}
