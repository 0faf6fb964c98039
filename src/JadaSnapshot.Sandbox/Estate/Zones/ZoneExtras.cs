using System.Xml.Linq;
using static JadaSnapshot.Sandbox.Estate.Zones.RecordSet;

namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>What zones have beside records: a signed one, one whose queries are logged, a network of another account that may join the private one.</summary>
internal static class ZoneExtras
{
    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(30);
        var zones = EstateScript.Xml(await script.Route53Async("GET", "hostedzone", null)).Descendants()
            .Where(element => element.Name.LocalName == "HostedZone").ToDictionary(zone => Text(zone, "Name").TrimEnd('.'), zone => Text(zone, "Id").Split('/')[^1]);
        var queen = zones[EstateNames.Queen];
        await script.Route53Async("POST", "queryloggingconfig", E("CreateQueryLoggingConfigRequest",
            E("HostedZoneId", queen), E("CloudWatchLogsLogGroupArn", $"arn:aws:logs:{EstateNames.East}:{script.World.Account}:log-group:/aws/route53/{EstateNames.Queen}")));
        var sail = zones[EstateNames.Sail];
        await script.Route53Async("POST", "keysigningkey", E("CreateKeySigningKeyRequest",
            E("CallerReference", "estate-sail"), E("HostedZoneId", sail), E("KeyManagementServiceArn", $"arn:aws:kms:{EstateNames.East}:{script.World.Account}:key/{new Guid(script.DiceFor("dnssec").Bytes(16))}"),
            E("Name", "sailjada_ksk"), E("Status", "ACTIVE")));
        await script.Route53Async("POST", $"hostedzone/{sail}/enable-dnssec", null);
        await script.Route53Async("POST", $"hostedzone/{zones[EstateNames.PrivateZone]}/authorizevpcassociation", E("CreateVPCAssociationAuthorizationRequest",
            E("VPC", E("VPCRegion", EstateNames.East), E("VPCId", "vpc-0f1e2d3c4b5a69788"))));
        await CreatePartsAsync(script);
    }

    /// <summary>What zones can be given, and none of the estate has been yet.</summary>
    private static async Task CreatePartsAsync(EstateScript script)
    {
        await script.Route53Async("POST", "delegationset", E("CreateReusableDelegationSetRequest", E("CallerReference", "estate-white-label")));
        await script.Route53Async("POST", "trafficpolicy", E("CreateTrafficPolicyRequest",
            E("Name", "jada-nearest"), E("Comment", "Tried for the stream"),
            E("Document", """{"AWSPolicyFormatVersion":"2015-10-01","RecordType":"A","StartEndpoint":"west","Endpoints":{"west":{"Type":"value","Value":"203.0.113.51"}}}""")));
        var collection = EstateScript.Text(await script.Route53Async("POST", "cidrcollection", E("CreateCidrCollectionRequest", E("Name", "jada-harbor"), E("CallerReference", "estate-harbor"))), "Id");
        await script.Route53Async("POST", $"cidrcollection/{collection}", E("ChangeCidrCollectionRequest", E("Changes", E("member",
            E("LocationName", "dock"), E("Action", "PUT"), E("CidrList", E("Cidr", "203.0.113.0/24"), E("Cidr", "2001:db8:20::/48"))))));
    }

    private static string Text(XElement zone, string element) => zone.Elements().First(child => child.Name.LocalName == element).Value;
}
