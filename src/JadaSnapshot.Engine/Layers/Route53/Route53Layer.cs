using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Hosted zones with all that belongs to them, health checks, and what zones share (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html"/>).</summary>
public sealed class Route53Layer : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "route53";

    internal static AwsService Service { get; } = new()
    {
        ServiceId = "Route 53",
        SigningName = "route53",
        EndpointPrefix = "route53",
        Protocol = WireProtocol.RestXml,
        IsGlobal = true,
        RequestsPerSecond = 5,
    };

    private readonly WireClient _route53;
    private readonly ListedResources _listed;
    private readonly TagBatches _zoneTags;
    private readonly TagBatches _checkTags;
    private readonly ZoneCapture _zones;

    /// <summary>Makes the layer of a run.</summary>
    public Route53Layer(LayerContext context)
    {
        _route53 = context.Connection.Wire(Service);
        _listed = new(_route53, context, LayerName);
        _zoneTags = new(_route53, "hostedzone");
        _checkTags = new(_route53, "healthcheck");
        _zones = new(_route53, _listed, _zoneTags);
    }

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => _listed.ListAsync(Route53Kinds.All, (kind, token) => kind switch
    {
        _ when kind == Route53Kinds.Zones => WithTagsAsync(kind, _zoneTags, token),
        _ when kind == Route53Kinds.HealthChecks => WithTagsAsync(kind, _checkTags, token),
        _ => _listed.ListAsync(kind, token),
    }, cancel);

    /// <inheritdoc/>
    public async Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var kind = Route53Kinds.Of(resource);
        var folder = kind.FolderOf(resource);
        if (kind == Route53Kinds.Zones) await _zones.CaptureAsync(resource, folder, sink, cancel);
        else await _listed.CaptureAsync(kind, resource, sink, cancel);

        if (kind == Route53Kinds.HealthChecks) await _checkTags.CaptureAsync(resource.Id, sink, folder + "tags.xml", cancel);
        else if (kind == Route53Kinds.TrafficPolicies) await _route53.CapturePagesAsync(Route53Kinds.PolicyVersions(resource.Id), sink, folder + "versions", cancel);
        else if (kind == Route53Kinds.CidrCollections) await _route53.CapturePagesAsync(Route53Kinds.CidrBlocks(resource.Id), sink, folder + "blocks", cancel);
    }

    /// <summary>All of a kind are known before the first is captured, so that tags are asked for in full batches.</summary>
    private async IAsyncEnumerable<Resource> WithTagsAsync(ListedKind kind, TagBatches tags, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<Resource> resources = [];
        await foreach (var resource in _listed.ListAsync(kind, cancel)) resources.Add(resource);
        tags.Add(resources.Select(resource => resource.Id));
        foreach (var resource in resources) yield return resource;
    }
}
