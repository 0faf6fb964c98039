using System.Runtime.CompilerServices;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Hosted zones with their record sets and tags (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html"/>).</summary>
public sealed class Route53Layer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "route53";

    private const string Root = "/2013-04-01/";

    private static readonly AwsService Service = new()
    {
        ServiceId = "Route 53",
        SigningName = "route53",
        EndpointPrefix = "route53",
        Protocol = WireProtocol.RestXml,
        IsGlobal = true,
        RequestsPerSecond = 5,
    };

    private WireClient Route53 => context.Connection.Wire(Service);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in Route53.PagesAsync(
            marker => Get("ListHostedZones", Root + "hostedzone", marker is null ? [] : [new("marker", marker)]),
            answer => answer.Xml() is var list && list.Text("IsTruncated") == "true" ? list.Text("NextMarker") : null, cancel))
            foreach (var zone in page.Xml().All("HostedZones", "HostedZone"))
                yield return ToResource(zone);
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        // Two zones may have one name (a public and a private one), so the id stands below it.
        var folder = $"aws-configs/route53/{PathNames.FromName(resource.Name)}/{PathNames.FromId(resource.Id)}/";
        return Task.WhenAll(
            Route53.CaptureAsync(Get("GetHostedZone", WirePath.Of(Root + "hostedzone/{}", resource.Id)), sink, folder + "hosted-zone.xml", cancel),
            CaptureRecordSetsAsync(),
            Route53.CaptureAsync(Get("ListTagsForResource", WirePath.Of(Root + "tags/hostedzone/{}", resource.Id)), sink, folder + "tags.xml", cancel));

        async Task CaptureRecordSetsAsync()
        {
            var number = 0;
            var path = WirePath.Of(Root + "hostedzone/{}/rrset", resource.Id);
            await foreach (var page in Route53.PagesAsync(next => Get("ListResourceRecordSets", path, next ?? []), NextRecordSet, cancel))
                await sink.WriteAsync($"{folder}record-sets-{++number:d4}.xml", page.Body, cancel);
        }
    }

    /// <summary>The next page begins at a name, a type and a set identifier.</summary>
    private static KeyValuePair<string, string>[]? NextRecordSet(WireResponse answer)
    {
        var list = answer.Xml();
        if (list.Text("IsTruncated") != "true") return null;
        List<KeyValuePair<string, string>> next = [];
        foreach (var (parameter, element) in new[] { ("name", "NextRecordName"), ("type", "NextRecordType"), ("identifier", "NextRecordIdentifier") })
            if (list.Text(element) is { } value) next.Add(new(parameter, value));
        return [.. next];
    }

    private static WireRequest Get(string operation, string path, params KeyValuePair<string, string>[] parameters) =>
        new() { Operation = operation, Method = "GET", Path = path, Parameters = parameters };

    private static Resource ToResource(XElement zone)
    {
        var id = (zone.Text("Id") ?? "").Replace("/hostedzone/", "", StringComparison.Ordinal);
        var isPrivate = zone.Element(zone.Name.Namespace + "Config")?.Text("PrivateZone") == "true";
        return new()
        {
            Layer = LayerName,
            Kind = "hosted-zone",
            Name = (zone.Text("Name") ?? id).TrimEnd('.'),
            Id = id,
            Arn = $"arn:aws:route53:::hostedzone/{id}",
            Region = "aws-global",
            Description = $"{zone.Text("ResourceRecordSetCount")} record sets{(isPrivate ? ", private" : "")}",
        };
    }
}
