using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

internal sealed class Route53State(SandboxWorld world)
{
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Change> _changes = new(StringComparer.Ordinal);

    public SandboxWorld World { get; } = world;

    public SortedDictionary<string, HostedZone> Zones { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, HealthCheck> HealthChecks { get; } = new(StringComparer.Ordinal);

    public HostedZone Zone(string id)
    {
        var bare = Bare(id, "/hostedzone/");
        return Zones.GetValueOrDefault(bare) ?? throw Route53Errors.NoSuchZone(bare);
    }

    public XElement NewChange(string? comment)
    {
        var change = new Change("C" + World.NewId(20), World.Now, comment);
        _changes.Add(change.Id, change);
        return Render(change);
    }

    public XElement Change(string id) =>
        Render(_changes.GetValueOrDefault(Bare(id, "/change/")) ?? throw new SandboxException(404, "NoSuchChange", $"Could not find resource with ID: {id}"));

    public static string Bare(string id, string prefix) => id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;

    private XElement Render(Change change) => new("ChangeInfo",
        new XElement("Id", "/change/" + change.Id),
        new XElement("Status", World.Now - change.Submitted < Propagation ? "PENDING" : "INSYNC"),
        new XElement("SubmittedAt", change.Submitted.IsoMilliseconds()),
        string.IsNullOrEmpty(change.Comment) ? null : new XElement("Comment", change.Comment));
}

internal sealed record Change(string Id, DateTimeOffset Submitted, string? Comment);

internal sealed class HostedZone
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string CallerReference { get; init; }
    public string? Comment { get; set; }
    public bool Private { get; init; }
    public List<Vpc> Vpcs { get; } = [];
    public required IReadOnlyList<string> NameServers { get; init; }
    public SortedDictionary<RecordKey, RecordSet> Records { get; set; } = [];
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public XElement Render() => new("HostedZone",
        new XElement("Id", "/hostedzone/" + Id),
        new XElement("Name", Name),
        new XElement("CallerReference", CallerReference),
        new XElement("Config", Comment is null ? null : new XElement("Comment", Comment), new XElement("PrivateZone", Private)),
        new XElement("ResourceRecordSetCount", Records.Count));

    public XElement DelegationSet() => new("DelegationSet", new XElement("NameServers", NameServers.Select(server => new XElement("NameServer", server))));
}

internal sealed record Vpc(string Region, string Id)
{
    public static Vpc Read(XElement element) => new(element.Need("VPCRegion", Route53Errors.InvalidInputCode), element.Need("VPCId", Route53Errors.InvalidInputCode));

    public XElement Render() => new("VPC", new XElement("VPCRegion", Region), new XElement("VPCId", Id));
}

internal sealed record HealthCheck(string Id, string CallerReference, KeptXml Config)
{
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public XElement Render() => new("HealthCheck",
        new XElement("Id", Id),
        new XElement("CallerReference", CallerReference),
        Config.Element(),
        new XElement("HealthCheckVersion", 1));
}
