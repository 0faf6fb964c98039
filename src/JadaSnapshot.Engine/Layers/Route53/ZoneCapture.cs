using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Route53.ZoneFiles;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Captures a hosted zone: its documents as they come, and made of its record sets a zone file and the requests that put them back.</summary>
internal sealed class ZoneCapture
{
    private readonly WireClient _route53;
    private readonly ListedResources _listed;
    private readonly TagBatches _tags;
    private readonly SharedAnswer _queryLogging;

    public ZoneCapture(WireClient route53, ListedResources listed, TagBatches tags)
    {
        (_route53, _listed, _tags) = (route53, listed, tags);
        _queryLogging = new(Route53Kinds.QueryLogging.Operation, FindQueryLoggingAsync);
    }

    public Task CaptureAsync(Resource zone, string folder, ISnapshotSink sink, CancellationToken cancel)
    {
        var path = WirePath.Of(Route53Kinds.Root + "hostedzone/{}", zone.Id);
        var isPrivate = _listed.Find(Route53Kinds.Zones, zone) is { } item && Route53Kinds.IsPrivate(item.ToXml());
        return Task.WhenAll(
            _route53.CaptureAsync(WireRequest.Get("GetHostedZone", path), sink, folder + ZoneDocuments.Zone, cancel),
            CaptureRecordSetsAsync(zone, folder, sink, cancel),
            _tags.CaptureAsync(zone.Id, sink, folder + ZoneDocuments.Tags, cancel),
            isPrivate
                ? _route53.CapturePagesAsync(Route53Kinds.VpcAuthorizations(zone.Id), sink, folder + "vpc-authorizations", cancel)
                : Task.WhenAll(
                    _route53.CaptureAsync(WireRequest.Get("GetDNSSEC", path + "/dnssec"), sink, folder + ZoneDocuments.Dnssec, cancel),
                    _queryLogging.CaptureAsync(zone.Id, sink, folder + ZoneDocuments.QueryLogging, cancel)));
    }

    /// <summary>There is either only where every record set is known.</summary>
    private async Task CaptureRecordSetsAsync(Resource zone, string folder, ISnapshotSink sink, CancellationToken cancel)
    {
        if (await _route53.CapturePagesAsync(Route53Kinds.RecordSets(zone.Id), sink, folder + ZoneDocuments.RecordSets, cancel) is not { } pages) return;
        List<XElement> parsed = [.. pages.Select(page => page.Xml())];
        var file = ZoneFile.Of(zone.Name, zone.Id, parsed.SelectMany(RecordSet.In));
        await sink.WriteAsync(folder + ZoneDocuments.ZoneFile, file.Text, cancel);
        await sink.WriteAsync(folder + ZoneDocuments.Losses, file.Losses, cancel);
        foreach (var (number, batch) in ChangeBatches.Of(zone.Name, zone.Id, parsed).Index()) await sink.WriteAsync(folder + ChangeBatches.Document(number + 1), batch, cancel);
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> FindQueryLoggingAsync(CancellationToken cancel)
    {
        var configs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var config in Route53Kinds.QueryLogging.ItemsAsync(_route53, cancel)) configs[ListedKind.Bare(config.ToXml().Text("HostedZoneId") ?? "")] = config;
        return configs;
    }
}

/// <summary>The names of a zone's documents.</summary>
internal static class ZoneDocuments
{
    public const string Zone = "hosted-zone.xml";
    public const string Tags = "tags.xml";
    public const string Dnssec = "dnssec.xml";
    public const string QueryLogging = "query-logging-config.xml";
    public const string ZoneFile = "zone.txt";
    public const string Losses = "zone-losses.jsonl";
    public const string RecordSets = "record-sets";
    public const string ChangeBatches = "change-batches/";
}
