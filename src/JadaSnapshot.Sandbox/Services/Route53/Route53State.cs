using System.Globalization;
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

    public SortedDictionary<string, QueryLoggingConfig> QueryLogging { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, DelegationSet> DelegationSets { get; } = new(StringComparer.Ordinal);

    /// <summary>The versions of each traffic policy, oldest first.</summary>
    public SortedDictionary<string, List<TrafficPolicy>> TrafficPolicies { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, TrafficPolicyInstance> TrafficPolicyInstances { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CidrCollection> CidrCollections { get; } = new(StringComparer.Ordinal);

    public DelegationSet DelegationSet(string id) => DelegationSets.GetValueOrDefault(Bare(id, "/delegationset/"))
        ?? throw new SandboxException(400, "NoSuchDelegationSet", $"A reusable delegation set with the specified ID does not exist: {id}");

    public TrafficPolicy TrafficPolicy(string id, string version) =>
        TrafficPolicies.GetValueOrDefault(id)?.FirstOrDefault(policy => policy.Version.ToString(CultureInfo.InvariantCulture) == version) ?? throw Route53.TrafficPolicy.Missing();

    public CidrCollection CidrCollection(string id) => CidrCollections.GetValueOrDefault(id)
        ?? throw new SandboxException(404, "NoSuchCidrCollectionException", "The CIDR collection you specified, doesn't exist.");

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
    public List<Vpc> Authorized { get; } = [];
    public required IReadOnlyList<string> NameServers { get; init; }
    public DelegationSet? ReusedSet { get; init; }
    public bool IsSigning { get; set; }
    public SortedDictionary<string, KeySigningKey> KeySigningKeys { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<RecordKey, RecordSet> Records { get; set; } = [];
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public XElement Render() => new("HostedZone",
        new XElement("Id", "/hostedzone/" + Id),
        new XElement("Name", Name),
        new XElement("CallerReference", CallerReference),
        new XElement("Config", Comment is null ? null : new XElement("Comment", Comment), new XElement("PrivateZone", Private)),
        new XElement("ResourceRecordSetCount", Records.Count));

    public XElement DelegationSet() => ReusedSet?.Render() ?? new("DelegationSet", Route53.NameServers.Render(NameServers));

    public XElement[] RenderDnssec() =>
    [
        new("Status", new XElement("ServeSignature", IsSigning ? "SIGNING" : "NOT_SIGNING")),
        new("KeySigningKeys", KeySigningKeys.Values.Select(key => key.Render(this, "member"))),
    ];
}

internal sealed record Vpc(string Region, string Id)
{
    public static Vpc Read(XElement element) => new(element.Need("VPCRegion", Route53Errors.InvalidInputCode), element.Need("VPCId", Route53Errors.InvalidInputCode));

    public XElement Render() => new("VPC", new XElement("VPCRegion", Region), new XElement("VPCId", Id));
}

internal sealed class HealthCheck(string id, string callerReference, KeptXml config)
{
    public string Id => id;

    public string CallerReference => callerReference;

    public KeptXml Config { get; set; } = config;

    public long Version { get; set; } = 1;

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public XElement Render() => new("HealthCheck",
        new XElement("Id", Id),
        new XElement("CallerReference", CallerReference),
        Config.Element(),
        new XElement("HealthCheckVersion", Version));
}
