using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Distributions, and what they share: access controls, functions, policies, keys (<see href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html"/>).</summary>
public sealed class CloudFrontLayer : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "cloudfront";

    internal const string Tags = "tags.xml";

    private readonly WireClient _cloudFront;
    private readonly ListedResources _listed;
    private readonly DistributionCapture _distributions;

    /// <summary>Makes the layer of a run.</summary>
    public CloudFrontLayer(LayerContext context)
    {
        _cloudFront = context.Connection.Wire(Service);
        _listed = new(_cloudFront, context, LayerName);
        _distributions = new(_cloudFront, _listed, context.Options.DistributionDetail);
    }

    internal static AwsService Service { get; } = new()
    {
        ServiceId = "CloudFront",
        SigningName = "cloudfront",
        EndpointPrefix = "cloudfront",
        Protocol = WireProtocol.RestXml,
        IsGlobal = true,
        RequestsPerSecond = 10,
    };

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) =>
        _listed.ListAsync(CloudFrontKinds.All, (kind, token) => kind == CloudFrontKinds.Functions ? EdgeFunctions.ListAsync(_listed, token) : _listed.ListAsync(kind, token), cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel) => CloudFrontKinds.Of(resource) switch
    {
        var kind when kind == CloudFrontKinds.Distributions => _distributions.CaptureAsync(resource, sink, cancel),
        var kind when kind == CloudFrontKinds.Functions => EdgeFunctions.CaptureAsync(_cloudFront, _listed, resource, sink, cancel),
        var kind when kind == CloudFrontKinds.KeyValueStores => Task.WhenAll(_listed.CaptureAsync(kind, resource, sink, cancel), CaptureTagsAsync(_cloudFront, kind, resource, sink, cancel)),
        var kind => _listed.CaptureAsync(kind, resource, sink, cancel),
    };

    internal static Task CaptureTagsAsync(WireClient cloudFront, ListedKind kind, Resource resource, ISnapshotSink sink, CancellationToken cancel) =>
        cloudFront.CaptureAsync(WireRequest.Get("ListTagsForResource", CloudFrontKinds.Root + "tagging", new KeyValuePair<string, string>("Resource", resource.Arn!)), sink, kind.FolderOf(resource) + Tags, cancel);
}
