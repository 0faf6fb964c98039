using System.Globalization;
using static JadaSnapshot.Sandbox.Estate.Zones.RecordSet;

namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>Makes the health checks, the zones and their record sets.</summary>
internal static class ZoneBuilder
{
    private const int SetsPerBatch = 100;

    private static readonly string[] Watched = [EstateNames.Queen, EstateNames.Sail, EstateNames.Sale];

    public static async Task BuildAsync(EstateScript script, IReadOnlyDictionary<string, string> distributions)
    {
        script.Clock.Set(800);
        var healthChecks = new List<string>();
        foreach (var site in Watched) healthChecks.Add(await WatchAsync(script, site));

        for (var index = 0; index < ZoneCatalogue.All.Count; index++)
        {
            script.Clock.Set(1080 - 80 * index);
            await CreateAsync(script, ZoneCatalogue.All[index], distributions, healthChecks);
        }
    }

    private static async Task CreateAsync(EstateScript script, ZonePlan plan, IReadOnlyDictionary<string, string> distributions, IReadOnlyList<string> healthChecks)
    {
        var answer = await script.Route53Async("POST", "hostedzone", E("CreateHostedZoneRequest",
            E("Name", $"{plan.Name}."),
            plan.IsPrivate ? E("VPC", E("VPCRegion", EstateNames.West), E("VPCId", "vpc-0a1b2c3d4e5f60718")) : null,
            E("CallerReference", $"estate-{plan.Name}"),
            E("HostedZoneConfig", E("Comment", plan.Comment), E("PrivateZone", plan.IsPrivate))));
        var id = EstateScript.Text(answer, "Id").Split('/')[^1];

        // An alias comes after what it stands for.
        var records = plan.Records(new(id, distributions, healthChecks)).OrderBy(each => each.Alias is not null).ToList();
        for (var from = 0; from < records.Count; from += SetsPerBatch)
        {
            script.Clock.Pass(TimeSpan.FromDays(3));
            await script.Route53Async("POST", $"hostedzone/{id}/rrset/", E("ChangeResourceRecordSetsRequest", E("ChangeBatch",
                E("Comment", $"Batch {(from / SetsPerBatch + 1).ToString(CultureInfo.InvariantCulture)} of {plan.Name}"),
                E("Changes", records.Skip(from).Take(SetsPerBatch).Select(each => each.Change("CREATE"))))));
        }
        await script.Route53Async("POST", $"tags/hostedzone/{id}", E("ChangeTagsForResourceRequest",
            E("AddTags", E("Tag", E("Key", "owner"), E("Value", "crew")), E("Tag", E("Key", "use"), E("Value", plan.Comment)))));
    }

    private static async Task<string> WatchAsync(EstateScript script, string site)
    {
        var answer = await script.Route53Async("POST", "healthcheck", E("CreateHealthCheckRequest",
            E("CallerReference", $"estate-{site}"),
            E("HealthCheckConfig",
                E("Port", 443), E("Type", "HTTPS"), E("ResourcePath", "/robots.txt"), E("FullyQualifiedDomainName", site),
                E("RequestInterval", 30), E("FailureThreshold", 3), E("MeasureLatency", false), E("EnableSNI", true))));
        return EstateScript.Text(answer, "Id");
    }
}
