using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>What there is in Route 53, and the lists that tell of it.</summary>
internal static class Route53Kinds
{
    public const string Root = "/2013-04-01/";

    public static readonly XNamespace Namespace = "https://route53.amazonaws.com/doc/2013-04-01/";

    private const string Home = "aws-configs/route53/";

    /// <summary>Two zones may have one name (a public and a private one), so the id stands below it.</summary>
    public static ListedKind Zones { get; } = new("hosted-zone", Marked("ListHostedZones", "hostedzone", "HostedZones", "HostedZone"), Home)
    {
        Path = zone => [zone.Name, zone.Id],
        Refine = Named,
    };

    public static ListedKind HealthChecks { get; } = new("health-check", Marked("ListHealthChecks", "healthcheck", "HealthChecks", "HealthCheck"), Home + "health-checks/")
    {
        Refine = (item, resource) => resource with { Name = item.ShallowText("FullyQualifiedDomainName") ?? item.ShallowText("IPAddress") ?? resource.Name, Description = item.ShallowText("Type") },
    };

    public static ListedKind TrafficPolicies { get; } = new("traffic-policy", new("ListTrafficPolicies", Root + "trafficpolicies", "TrafficPolicySummaries", "TrafficPolicySummary")
    {
        Next = [("trafficpolicyid", "TrafficPolicyIdMarker")],
    }, Home + "traffic-policies/");

    public static ListedKind CidrCollections { get; } = new("cidr-collection", Tokened("ListCidrCollections", Root + "cidrcollection", "CidrCollections", "member"), Home + "cidr-collections/");

    public static ListedKind DelegationSets { get; } = new("delegation-set", Marked("ListReusableDelegationSets", "delegationset", "DelegationSets", "DelegationSet"), Home + "delegation-sets/");

    public static ListedKind TrafficPolicyInstances { get; } = new("traffic-policy-instance", new("ListTrafficPolicyInstances", Root + "trafficpolicyinstances", "TrafficPolicyInstances", "TrafficPolicyInstance")
    {
        Next =
        [
            ("hostedzoneid", "HostedZoneIdMarker"), ("trafficpolicyinstancename", "TrafficPolicyInstanceNameMarker"), ("trafficpolicyinstancetype", "TrafficPolicyInstanceTypeMarker"),
        ],
    }, Home + "traffic-policy-instances/");

    public static IReadOnlyList<ListedKind> All { get; } =
    [
        Zones,
        HealthChecks,
        DelegationSets,
        TrafficPolicies,
        TrafficPolicyInstances,
        CidrCollections,
    ];

    public static XmlList QueryLogging { get; } = Tokened("ListQueryLoggingConfigs", Root + "queryloggingconfig", "QueryLoggingConfigs", "QueryLoggingConfig");

    public static ListedKind Of(Resource resource) => All.First(kind => kind.Name == resource.Kind);

    /// <summary>The next page begins at a name, a type and a set identifier.</summary>
    public static XmlList RecordSets(string zone) => new("ListResourceRecordSets", WirePath.Of(Root + "hostedzone/{}/rrset", zone), "ResourceRecordSets", "ResourceRecordSet")
    {
        Next = [("name", "NextRecordName"), ("type", "NextRecordType"), ("identifier", "NextRecordIdentifier")],
    };

    public static XmlList VpcAuthorizations(string zone) => Tokened("ListVPCAssociationAuthorizations", WirePath.Of(Root + "hostedzone/{}/authorizevpcassociation", zone), "VPCs", "VPC");

    public static XmlList PolicyVersions(string policy) => new("ListTrafficPolicyVersions", WirePath.Of(Root + "trafficpolicies/{}/versions", policy), "TrafficPolicies", "TrafficPolicy")
    {
        Next = [("trafficpolicyversion", "TrafficPolicyVersionMarker")],
    };

    public static XmlList CidrBlocks(string collection) => Tokened("ListCidrBlocks", WirePath.Of(Root + "cidrcollection/{}/cidrblocks", collection), "CidrBlocks", "member");

    public static bool IsPrivate(XElement zone) => zone.All("Config", "PrivateZone").Any(isPrivate => isPrivate.Value == "true");

    private static XmlList Marked(string operation, string path, params string[] items) => new(operation, Root + path, items) { Next = [("marker", "NextMarker")] };

    private static XmlList Tokened(string operation, string path, params string[] items) => new(operation, path, items) { Next = [("nexttoken", "NextToken")] };

    private static Resource Named(XElement zone, Resource resource) => resource with
    {
        Name = resource.Name.TrimEnd('.'),
        Arn = $"arn:aws:route53:::hostedzone/{resource.Id}",
        Description = $"{zone.Text("ResourceRecordSetCount")} record sets{(IsPrivate(zone) ? ", private" : "")}",
    };
}
