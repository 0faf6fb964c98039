using System.Runtime.CompilerServices;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Distributions with their configuration and tags (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html"/>).</summary>
public sealed class CloudFrontLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "cloudfront";

    private const string Root = "/2020-05-31/";

    internal static AwsService Service { get; } = new()
    {
        ServiceId = "CloudFront",
        SigningName = "cloudfront",
        EndpointPrefix = "cloudfront",
        Protocol = WireProtocol.RestXml,
        IsGlobal = true,
        RequestsPerSecond = 10,
    };

    private WireClient CloudFront => context.Connection.Wire(Service);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in CloudFront.PagesAsync<string>(ListRequest, NextMarker, cancel))
            foreach (var summary in page.Xml().All("Items", "DistributionSummary"))
                yield return ToResource(summary);
    }

    /// <summary>Asks for a page of the account's distributions.</summary>
    internal static WireRequest ListRequest(string? marker) =>
        new() { Operation = "ListDistributions", Method = "GET", Path = Root + "distribution", Parameters = marker is null ? [] : [new("Marker", marker)] };

    /// <summary>What the request for the page after this one needs; null after the last.</summary>
    internal static string? NextMarker(WireResponse page) => page.Xml() is var list && list.Text("IsTruncated") == "true" ? list.Text("NextMarker") : null;

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = $"aws-configs/cloudfront/distributions/{PathNames.FromName(resource.Id)}/";
        return Task.WhenAll(
            CloudFront.CaptureAsync(
                new() { Operation = "GetDistribution", Method = "GET", Path = WirePath.Of(Root + "distribution/{}", resource.Id) },
                sink, folder + "distribution.xml", cancel, withoutSecrets: WithoutSecrets),
            CloudFront.CaptureAsync(
                new() { Operation = "ListTagsForResource", Method = "GET", Path = Root + "tagging", Parameters = [new("Resource", resource.Arn!)] },
                sink, folder + "tags.xml", cancel));
    }

    /// <summary>Values of custom origin headers are how an origin knows its distribution: passwords, in effect.</summary>
    internal static byte[] WithoutSecrets(byte[] document, Func<string, string> fingerprint) =>
        XmlRedaction.Replace(document, (path, value) => path is [.., "OriginCustomHeader", "HeaderValue"] ? fingerprint(value) : null);

    private static Resource ToResource(XElement summary)
    {
        var aliases = summary.All("Aliases", "Items", "CNAME").Select(alias => alias.Value).ToList();
        var id = summary.Text("Id") ?? "";
        return new()
        {
            Layer = LayerName,
            Kind = "distribution",
            Name = aliases.FirstOrDefault() ?? summary.Text("DomainName") ?? id,
            Id = id,
            Arn = summary.Text("ARN"),
            Region = "aws-global",
            ModifiedAt = DateTimeOffset.TryParse(summary.Text("LastModifiedTime"), System.Globalization.CultureInfo.InvariantCulture, out var modified) ? modified.ToUniversalTime() : null,
            Description = string.Join(", ", summary.All("Origins", "Items", "Origin").Select(origin => origin.Text("DomainName"))),
        };
    }
}
