using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Hosted zones as typed objects.</summary>
public sealed class HostedZoneView : ResourceView<HostedZone>
{
    private static readonly string[] Documents = [ZoneDocuments.Zone, ZoneDocuments.Dnssec, ZoneDocuments.QueryLogging, ZoneDocuments.Tags];

    /// <inheritdoc/>
    public override string Layer => Route53Layer.LayerName;

    /// <inheritdoc/>
    public override string Kind => Route53Kinds.Zones.Name;

    /// <inheritdoc/>
    public override bool HasSharedParts => true;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => Route53Kinds.Of(resource).FolderOf(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => Documents.Contains(document);

    /// <inheritdoc/>
    public override HostedZone View(Resource resource, ResourceDocuments documents)
    {
        var answer = documents.Xml(ZoneDocuments.Zone) ?? new("GetHostedZoneResponse");
        var zone = answer.All("HostedZone").FirstOrDefault() ?? new XElement("HostedZone");
        return new()
        {
            HostedZoneId = resource.Id,
            Name = resource.Name,
            IsPrivate = Route53Kinds.IsPrivate(zone),
            Vpcs = [.. answer.All("VPCs", "VPC").Select(vpc => $"{vpc.Text("VPCRegion")} {vpc.Text("VPCId")}")],
            RecordSetCount = long.TryParse(zone.Text("ResourceRecordSetCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0,
            NameServers = [.. answer.All("DelegationSet", "NameServers", "NameServer").Select(server => server.Value)],
            DelegationSetId = answer.All("DelegationSet").FirstOrDefault()?.Text("Id") is { } set ? ListedKind.Bare(set) : null,
            Comment = zone.All("Config").FirstOrDefault()?.Text("Comment"),
            DnssecStatus = documents.Xml(ZoneDocuments.Dnssec)?.All("Status", "ServeSignature").FirstOrDefault()?.Value,
            QueryLogGroupArn = documents.Xml(ZoneDocuments.QueryLogging)?.Text("CloudWatchLogsLogGroupArn"),
            Tags = documents.Xml(ZoneDocuments.Tags)?.All("Tags", "Tag").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal) ?? [],
        };
    }
}
