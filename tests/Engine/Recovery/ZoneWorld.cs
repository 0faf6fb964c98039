using System.Xml.Linq;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes things of Route 53 in a sandbox, by a client that shares no code with the engine.</summary>
internal static class ZoneWorld
{
    private const string Xmlns = "xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"";

    public static async Task<(string Zone, string Private, string Check, string Collection, string Policy, string Instance)> MakeEverythingAsync(SandboxHost host)
    {
        var set = Text(await AskAsync(host, "POST", "delegationset", $"<CreateReusableDelegationSetRequest {Xmlns}><CallerReference>set</CallerReference></CreateReusableDelegationSetRequest>"), "Id")!;
        var check = Text(await AskAsync(host, "POST", "healthcheck", $"<CreateHealthCheckRequest {Xmlns}><CallerReference>check</CallerReference><HealthCheckConfig><Port>443</Port><Type>HTTPS</Type><ResourcePath>/robots.txt</ResourcePath><FullyQualifiedDomainName>sail.test</FullyQualifiedDomainName><RequestInterval>30</RequestInterval><FailureThreshold>3</FailureThreshold></HealthCheckConfig></CreateHealthCheckRequest>"), "Id")!;
        await AskAsync(host, "POST", $"tags/healthcheck/{check}", $"<ChangeTagsForResourceRequest {Xmlns}><AddTags><Tag><Key>Name</Key><Value>site</Value></Tag></AddTags></ChangeTagsForResourceRequest>");
        await AskAsync(host, "POST", "healthcheck", $"<CreateHealthCheckRequest {Xmlns}><CallerReference>both</CallerReference><HealthCheckConfig><Type>CALCULATED</Type><HealthThreshold>1</HealthThreshold><ChildHealthChecks><ChildHealthCheck>{check}</ChildHealthCheck></ChildHealthChecks></HealthCheckConfig></CreateHealthCheckRequest>");
        var collection = Text(await AskAsync(host, "POST", "cidrcollection", $"<CreateCidrCollectionRequest {Xmlns}><Name>harbor</Name><CallerReference>c</CallerReference></CreateCidrCollectionRequest>"), "Id")!;
        await AskAsync(host, "POST", $"cidrcollection/{collection}", $"<ChangeCidrCollectionRequest {Xmlns}><Changes><member><LocationName>dock</LocationName><Action>PUT</Action><CidrList><Cidr>203.0.113.0/24</Cidr><Cidr>2001:db8::/48</Cidr></CidrList></member></Changes></ChangeCidrCollectionRequest>");
        var policy = Text(await AskAsync(host, "POST", "trafficpolicy", $"<CreateTrafficPolicyRequest {Xmlns}><Name>nearest</Name><Document>{PolicyOf("203.0.113.51")}</Document></CreateTrafficPolicyRequest>"), "Id")!;
        await AskAsync(host, "POST", $"trafficpolicy/{policy}", $"<CreateTrafficPolicyVersionRequest {Xmlns}><Document>{PolicyOf("203.0.113.52")}</Document><Comment>Second</Comment></CreateTrafficPolicyVersionRequest>");
        await AskAsync(host, "DELETE", $"trafficpolicy/{policy}/1");

        var zone = await MakeZoneAsync(host, "sail.test.", $"<HostedZoneConfig><Comment>The charters</Comment></HostedZoneConfig><DelegationSetId>{set}</DelegationSetId>");
        await AskAsync(host, "POST", $"tags/hostedzone/{zone}", $"<ChangeTagsForResourceRequest {Xmlns}><AddTags><Tag><Key>owner</Key><Value>crew</Value></Tag></AddTags></ChangeTagsForResourceRequest>");
        await AskAsync(host, "POST", "queryloggingconfig", $"<CreateQueryLoggingConfigRequest {Xmlns}><HostedZoneId>{zone}</HostedZoneId><CloudWatchLogsLogGroupArn>arn:aws:logs:us-east-1:{host.Options.Account}:log-group:/dns</CloudWatchLogsLogGroupArn></CreateQueryLoggingConfigRequest>");
        await AskAsync(host, "POST", "keysigningkey", $"<CreateKeySigningKeyRequest {Xmlns}><CallerReference>k</CallerReference><HostedZoneId>{zone}</HostedZoneId><KeyManagementServiceArn>arn:aws:kms:us-east-1:{host.Options.Account}:key/11111111-2222-3333-4444-555555555555</KeyManagementServiceArn><Name>key</Name><Status>ACTIVE</Status></CreateKeySigningKeyRequest>");
        await AskAsync(host, "POST", "keysigningkey", $"<CreateKeySigningKeyRequest {Xmlns}><CallerReference>s</CallerReference><HostedZoneId>{zone}</HostedZoneId><KeyManagementServiceArn>arn:aws:kms:us-east-1:{host.Options.Account}:key/11111111-2222-3333-4444-555555555555</KeyManagementServiceArn><Name>spare</Name><Status>INACTIVE</Status></CreateKeySigningKeyRequest>");
        await AskAsync(host, "POST", $"hostedzone/{zone}/enable-dnssec");
        var instance = Text(await AskAsync(host, "POST", "trafficpolicyinstance", $"<CreateTrafficPolicyInstanceRequest {Xmlns}><HostedZoneId>{zone}</HostedZoneId><Name>near.sail.test.</Name><TTL>60</TTL><TrafficPolicyId>{policy}</TrafficPolicyId><TrafficPolicyVersion>2</TrafficPolicyVersion></CreateTrafficPolicyInstanceRequest>"), "Id")!;
        await ChangeAsync(
            host, zone, Change("UPSERT", Record("www.sail.test.", "A", "203.0.113.1")), Change("UPSERT", Alias("sail.test.", zone, "www.sail.test.")), Change("UPSERT", Record("\\052.sail.test.", "TXT", "\"any\"")),
            Change("UPSERT", $"<ResourceRecordSet><Name>two.sail.test.</Name><Type>A</Type><SetIdentifier>one</SetIdentifier><Weight>1</Weight><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>203.0.113.5</Value></ResourceRecord></ResourceRecords><HealthCheckId>{check}</HealthCheckId></ResourceRecordSet>"),
            Change("UPSERT", $"<ResourceRecordSet><Name>by.sail.test.</Name><Type>A</Type><SetIdentifier>dock</SetIdentifier><CidrRoutingConfig><CollectionId>{collection}</CollectionId><LocationName>dock</LocationName></CidrRoutingConfig><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>203.0.113.6</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>"));

        var inside = await MakeZoneAsync(host, "inside.test.", "<VPC><VPCRegion>us-west-2</VPCRegion><VPCId>vpc-0a</VPCId></VPC><HostedZoneConfig><PrivateZone>true</PrivateZone></HostedZoneConfig>");
        await AskAsync(host, "POST", $"hostedzone/{inside}/associatevpc", $"<AssociateVPCWithHostedZoneRequest {Xmlns}><VPC><VPCRegion>us-west-2</VPCRegion><VPCId>vpc-0b</VPCId></VPC></AssociateVPCWithHostedZoneRequest>");
        await AskAsync(host, "POST", $"hostedzone/{inside}/authorizevpcassociation", $"<CreateVPCAssociationAuthorizationRequest {Xmlns}><VPC><VPCRegion>us-east-1</VPCRegion><VPCId>vpc-0c</VPCId></VPC></CreateVPCAssociationAuthorizationRequest>");
        return (zone, inside, check, collection, policy, instance);
    }

    public static string PolicyOf(string value) => """{"AWSPolicyFormatVersion":"2015-10-01","RecordType":"A","StartEndpoint":"west","Endpoints":{"west":{"Type":"value","Value":"VALUE"}}}""".Replace("VALUE", value, StringComparison.Ordinal);

    public static async Task<string> MakeZoneAsync(SandboxHost host, string name, string more = "") =>
        Text(await AskAsync(host, "POST", "hostedzone", $"<CreateHostedZoneRequest {Xmlns}><Name>{name}</Name><CallerReference>{name}</CallerReference>{more}</CreateHostedZoneRequest>"), "Id")!.Split('/')[^1];

    public static Task<XElement?> ChangeAsync(SandboxHost host, string zone, params string[] changes) =>
        AskAsync(host, "POST", $"hostedzone/{zone}/rrset", $"<ChangeResourceRecordSetsRequest {Xmlns}><ChangeBatch><Changes>{string.Concat(changes)}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");

    public static string Change(string action, string set) => $"<Change><Action>{action}</Action>{set}</Change>";

    public static string Record(string name, string type, string value) =>
        $"<ResourceRecordSet><Name>{name}</Name><Type>{type}</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>{value}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>";

    public static string Alias(string name, string zone, string target) =>
        $"<ResourceRecordSet><Name>{name}</Name><Type>A</Type><AliasTarget><HostedZoneId>{zone}</HostedZoneId><DNSName>{target}</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>";

    public static async Task<IReadOnlyList<string>> NamesAsync(SandboxHost host, string zone) => [.. (await SetsAsync(host, zone)).Select(Name).Order(StringComparer.Ordinal)];

    /// <summary>The records of a zone but its own NS and SOA, without what names things by ids.</summary>
    public static async Task<IReadOnlyList<string>> RecordsAsync(SandboxHost host, string name)
    {
        var zone = (await AskAsync(host, "GET", "hostedzone"))!.Descendants().Single(each => each.Name.LocalName == "HostedZone" && Text(each, "Name") == name);
        return
        [
            .. (await SetsAsync(host, Text(zone, "Id")!.Split('/')[^1])).Where(set => Text(set, "Type") is not ("NS" or "SOA"))
                .Select(set => $"{Name(set)}: {string.Join(' ', set.Descendants().Where(each => !each.HasElements && each.Name.LocalName is not ("HostedZoneId" or "HealthCheckId" or "CollectionId" or "Name" or "Type")).Select(each => each.Value))}"),
        ];
    }

    public static async Task<List<XElement>> SetsAsync(SandboxHost host, string zone)
    {
        List<XElement> sets = [];
        for (var from = ""; ;)
        {
            var page = (await AskAsync(host, "GET", $"hostedzone/{zone}/rrset{from}"))!;
            sets.AddRange(page.Descendants().Where(each => each.Name.LocalName == "ResourceRecordSet"));
            if (Text(page, "IsTruncated") != "true") return sets;
            from = $"?name={Text(page, "NextRecordName")}&type={Text(page, "NextRecordType")}";
        }
    }

    public static string Name(XElement set) => $"{Text(set, "Name")} {Text(set, "Type")}";

    public static string? Text(XElement? element, string name) => EdgeWorld.Text(element, name);

    public static Task<XElement?> AskAsync(SandboxHost host, string method, string path, string? body = null) => SandboxXml.SendAsync(host, "route53", method, "/2013-04-01/" + path, body);

    /// <summary>Changes one setting of each.</summary>
    public static async Task ChangeEverythingAsync(SandboxHost host, (string Zone, string Private, string Check, string Collection, string Policy, string Instance) made)
    {
        await AskAsync(host, "POST", $"hostedzone/{made.Zone}", $"<UpdateHostedZoneCommentRequest {Xmlns}><Comment>Otherwise</Comment></UpdateHostedZoneCommentRequest>");
        await AskAsync(host, "POST", $"tags/hostedzone/{made.Zone}", $"<ChangeTagsForResourceRequest {Xmlns}><RemoveTagKeys><Key>owner</Key></RemoveTagKeys></ChangeTagsForResourceRequest>");
        var logging = Text(await AskAsync(host, "GET", "queryloggingconfig"), "Id");
        await AskAsync(host, "DELETE", $"queryloggingconfig/{logging}");
        await AskAsync(host, "POST", $"hostedzone/{made.Private}/deauthorizevpcassociation", $"<DeleteVPCAssociationAuthorizationRequest {Xmlns}><VPC><VPCRegion>us-east-1</VPCRegion><VPCId>vpc-0c</VPCId></VPC></DeleteVPCAssociationAuthorizationRequest>");
        await AskAsync(host, "POST", $"hostedzone/{made.Private}/disassociatevpc", $"<DisassociateVPCFromHostedZoneRequest {Xmlns}><VPC><VPCRegion>us-west-2</VPCRegion><VPCId>vpc-0b</VPCId></VPC></DisassociateVPCFromHostedZoneRequest>");
        await AskAsync(host, "POST", $"healthcheck/{made.Check}", $"<UpdateHealthCheckRequest {Xmlns}><ResourcePath>/otherwise</ResourcePath></UpdateHealthCheckRequest>");
        await AskAsync(host, "POST", $"cidrcollection/{made.Collection}", $"<ChangeCidrCollectionRequest {Xmlns}><Changes><member><LocationName>dock</LocationName><Action>DELETE_IF_EXISTS</Action><CidrList><Cidr>203.0.113.0/24</Cidr></CidrList></member></Changes></ChangeCidrCollectionRequest>");
        await AskAsync(host, "POST", $"trafficpolicy/{made.Policy}/2", $"<UpdateTrafficPolicyCommentRequest {Xmlns}><Comment>Otherwise</Comment></UpdateTrafficPolicyCommentRequest>");
        await AskAsync(host, "POST", $"trafficpolicyinstance/{made.Instance}", $"<UpdateTrafficPolicyInstanceRequest {Xmlns}><TTL>7</TTL><TrafficPolicyId>{made.Policy}</TrafficPolicyId><TrafficPolicyVersion>2</TrafficPolicyVersion></UpdateTrafficPolicyInstanceRequest>");
        await ChangeAsync(host, made.Zone, Change("UPSERT", Record("www.sail.test.", "A", "203.0.113.99")));
    }

    /// <summary>Gives what the snapshot does not have, and exchanges keys.</summary>
    public static async Task AddToEverythingAsync(SandboxHost host, (string Zone, string Private, string Check, string Collection, string Policy, string Instance) made)
    {
        var logging = Text(await AskAsync(host, "GET", "queryloggingconfig"), "Id");
        await AskAsync(host, "DELETE", $"queryloggingconfig/{logging}");
        await AskAsync(host, "POST", "queryloggingconfig", $"<CreateQueryLoggingConfigRequest {Xmlns}><HostedZoneId>{made.Zone}</HostedZoneId><CloudWatchLogsLogGroupArn>arn:aws:logs:us-east-1:{host.Options.Account}:log-group:/other</CloudWatchLogsLogGroupArn></CreateQueryLoggingConfigRequest>");
        await AskAsync(host, "POST", $"hostedzone/{made.Private}/associatevpc", $"<AssociateVPCWithHostedZoneRequest {Xmlns}><VPC><VPCRegion>us-west-2</VPCRegion><VPCId>vpc-0d</VPCId></VPC></AssociateVPCWithHostedZoneRequest>");
        await AskAsync(host, "POST", $"hostedzone/{made.Private}/authorizevpcassociation", $"<CreateVPCAssociationAuthorizationRequest {Xmlns}><VPC><VPCRegion>us-east-1</VPCRegion><VPCId>vpc-0e</VPCId></VPC></CreateVPCAssociationAuthorizationRequest>");
        await AskAsync(host, "POST", $"keysigningkey/{made.Zone}/spare/activate");
        await AskAsync(host, "POST", $"keysigningkey/{made.Zone}/key/deactivate");
    }
}
