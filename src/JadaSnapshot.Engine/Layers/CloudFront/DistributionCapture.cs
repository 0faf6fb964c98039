using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Captures a distribution. Each of these calls is made once for every distribution of the account, within ten a second.</summary>
internal sealed class DistributionCapture(WireClient cloudFront, ListedResources listed, DistributionDetail detail)
{
    private const string Distribution = CloudFrontKinds.Root + "distribution/{}";

    /// <summary>How many batches are looked into; the list names more, without their paths.</summary>
    private const int RecentInvalidations = 2;

    private static readonly KeyValuePair<string, string> ListedInvalidations = new("MaxItems", "20");

    public async Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = CloudFrontKinds.Distributions.FolderOf(resource);
        var summary = listed.Find(CloudFrontKinds.Distributions, resource);
        if (summary is not null) await sink.WriteAsync(folder + CloudFrontKinds.Distributions.Document, summary, WithoutSecrets, cancel);
        await Task.WhenAll(
            cloudFront.CaptureAsync(WireRequest.Get("GetDistribution", WirePath.Of(Distribution, resource.Id)), sink, folder + "distribution.xml", cancel, withoutSecrets: WithoutSecrets),
            CloudFrontLayer.CaptureTagsAsync(cloudFront, CloudFrontKinds.Distributions, resource, sink, cancel),
            detail == DistributionDetail.All || (detail == DistributionDetail.InUse && IsInUse(summary)) ? CaptureInvalidationsAsync() : Task.CompletedTask,
            detail == DistributionDetail.All ? CaptureMonitoringAsync() : Task.CompletedTask);

        async Task CaptureInvalidationsAsync()
        {
            var path = WirePath.Of(Distribution + "/invalidation", resource.Id);
            var list = await cloudFront.CaptureAsync(WireRequest.Get("ListInvalidations", path, ListedInvalidations), sink, folder + "invalidations.xml", cancel);
            var recent = list?.Xml().All("Items", "InvalidationSummary").Select(invalidation => invalidation.Text("Id")).OfType<string>().Take(RecentInvalidations) ?? [];
            await Task.WhenAll(recent.Select(id => cloudFront.CaptureAsync(
                WireRequest.Get("GetInvalidation", WirePath.Of($"{path}/{{}}", id)), sink, $"{folder}invalidation-{Store.PathNames.FromName(id)}.xml", cancel)));
        }

        Task CaptureMonitoringAsync() => cloudFront.CaptureAsync(
            WireRequest.Get("GetMonitoringSubscription", WirePath.Of(CloudFrontKinds.Root + "distributions/{}/monitoring-subscription", resource.Id)),
            sink, folder + "monitoring-subscription.xml", cancel, notSet: ["NoSuchMonitoringSubscription"]);
    }

    /// <summary>Values of custom origin headers are how an origin knows its distribution: passwords, in effect.</summary>
    internal static byte[] WithoutSecrets(byte[] document, Func<string, string> fingerprint) =>
        XmlRedaction.Replace(document, (path, value) => path is [.., "OriginCustomHeader", "HeaderValue"] ? fingerprint(value) : null);

    /// <summary>Whether anyone is served by a name of the account's own.</summary>
    private static bool IsInUse(byte[]? summary) => summary?.ToXml() is { } read && read.Text("Enabled") == "true" && read.All("Aliases", "Items", "CNAME").Any();
}
