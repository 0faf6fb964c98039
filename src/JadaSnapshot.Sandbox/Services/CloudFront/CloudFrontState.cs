using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class CloudFrontState
{
    private readonly Dictionary<string, SortedDictionary<string, ConfigResource>> _resources = new(StringComparer.Ordinal);

    public CloudFrontState(SandboxWorld world)
    {
        World = world;
        foreach (var policy in ManagedPolicies.All()) Of(policy.Kind).Add(policy.Id, policy);
    }

    public SandboxWorld World { get; }

    public SortedDictionary<string, Distribution> Distributions { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, EdgeFunction> Functions { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, KeyValueStore> KeyValueStores { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, RealtimeLogConfig> RealtimeLogConfigs { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ConfigResource> Of(ConfigKind kind)
    {
        if (!_resources.TryGetValue(kind.Noun, out var resources)) _resources.Add(kind.Noun, resources = new(StringComparer.Ordinal));
        return resources;
    }

    public Distribution Distribution(string id) => Distributions.GetValueOrDefault(id) ?? throw new SandboxException(404, "NoSuchDistribution", "The specified distribution does not exist.");

    public string NewId() => "E" + World.NewId(13);

    /// <summary>Whether a distribution or another resource names an id or ARN.</summary>
    public bool IsReferenced(string reference) =>
        Distributions.Values.Select(distribution => distribution.Config.Tree)
            .Concat(_resources.Values.SelectMany(resources => resources.Values).Select(resource => resource.Config.Tree))
            .Any(tree => Names(tree, reference));

    /// <summary>What names a thing that has changed is deployed anew, under another ETag.</summary>
    public void Touch(string reference)
    {
        foreach (var distribution in Distributions.Values.Where(distribution => Names(distribution.Config.Tree, reference))) Deploy(distribution);
    }

    /// <summary>Gives a distribution, changed or made, another ETag, and lets it be deployed.</summary>
    public void Deploy(Distribution distribution)
    {
        distribution.ETag = NewId();
        distribution.Modified = World.Now;
        distribution.Deployed = World.SettledAfter(World.Settling.Distributions);
    }

    public bool IsDeployed(Distribution distribution) => World.IsSettled(distribution.Deployed);

    private static bool Names(XElement tree, string reference) => tree.Descendants()
        .Any(element => !element.HasElements && (element.Value == reference || element.Value.EndsWith("/" + reference, StringComparison.Ordinal)));
}

internal sealed class Distribution
{
    public required string Id { get; init; }
    public required string Arn { get; init; }
    public required string DomainName { get; init; }
    public required KeptXml Config { get; set; }
    public string ETag { get; set; } = "";
    public DateTimeOffset Modified { get; set; }

    /// <summary>When its last change has been deployed.</summary>
    public DateTimeOffset Deployed { get; set; }
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
    public List<Invalidation> Invalidations { get; } = [];
    public KeptXml? MonitoringSubscription { get; set; }

    public IEnumerable<string> Aliases => Config.Tree.Element("Aliases")?.Element("Items")?.Elements("CNAME").Select(alias => alias.Value) ?? [];

    public string? CertificateArn => Config.Tree.Element("ViewerCertificate")?.Text("ACMCertificateArn") is { Length: > 0 } arn ? arn : null;

    public bool Enabled => Config.Tree.Flag("Enabled");
}

internal sealed record Invalidation(string Id, KeptXml Batch, DateTimeOffset Created)
{
    public IEnumerable<string> Paths => Batch.Tree.Element("Paths")?.Element("Items")?.Elements("Path").Select(path => path.Value) ?? [];
}

/// <summary>A policy, access control, key or the like: an id, an ETag and a configuration.</summary>
internal sealed class ConfigResource
{
    public required ConfigKind Kind { get; init; }
    public required string Id { get; init; }
    public required KeptXml Config { get; set; }
    public required string ETag { get; set; }
    public required DateTimeOffset Modified { get; set; }

    /// <summary>Whether AWS keeps it: it is there in every account and cannot be changed.</summary>
    public bool Managed { get; init; }

    /// <summary>The element as a Get answers it.</summary>
    public XElement Whole() => new(Kind.Noun, new XElement("Id", Id), Kind.Extras(this), Config.Element());
}
