using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>An alias names a zone and a name that lies in it; in its own zone, the name must be there.</summary>
internal static class AliasRules
{
    private const string CloudFrontZone = "Z2FDTNDATAQYW2";

    private static readonly string[] ServiceDomains =
        ["amazonaws.com.", "amazonaws.com.cn.", "awsglobalaccelerator.com.", "elasticbeanstalk.com.", "on.aws.", "awsapprunner.com.", "vpc-lattice-svcs.amazonaws.com."];

    /// <summary>What is wrong with an alias after all changes of its batch, or null.</summary>
    public static string? Problem(Route53State state, HostedZone zone, IReadOnlyDictionary<RecordKey, RecordSet> after, RecordSet set)
    {
        if (set.Alias is not { } alias) return null;
        var target = alias.Text("DNSName")!;
        var targetZone = Route53State.Bare(alias.Text("HostedZoneId")!, "/hostedzone/");
        var tried = $"Tried to create an alias that targets {target}, type {set.Key.Type} in zone {targetZone}";
        if (targetZone == zone.Id)
        {
            if (!DnsName.LiesIn(target, zone.Name)) return $"{tried}, but the alias target name does not lie within the target zone";
            if (target == set.Key.Name) return $"{tried}, but an alias cannot target itself";
            return after.Keys.Any(key => key.Name == target && key.Type == set.Key.Type) ? null : $"{tried}, but that target was not found";
        }
        if (state.Zones.ContainsKey(targetZone)) return $"{tried}, but the alias target must be in the same hosted zone or an AWS resource";
        var within = targetZone == CloudFrontZone
            ? DnsName.LiesIn(target, "cloudfront.net.")
            : ServiceDomains.Any(domain => DnsName.LiesIn(target, domain));
        return within ? null : $"{tried}, but the alias target name does not lie within the target zone";
    }
}
