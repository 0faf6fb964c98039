namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>The zone of more record sets than Route 53 puts on one page, with a weighted set where the page ends.</summary>
internal static class LargeZone
{
    private const string Domain = EstateNames.Sail;

    /// <summary>So many that the 300th record set of the zone is one of the weighted ones of <see cref="EstateNames.StraddlingName"/>.</summary>
    private const int Guests = 250;

    private const int LobbyDoors = 24;

    public static IEnumerable<RecordSet> Records(ZoneSurroundings around) =>
    [
        .. CommonRecords.Of(Domain, around),
        new($"*.{Domain}", "CNAME", $"{Domain}."),
        new($"*.guests.{Domain}", "A", "203.0.113.9"),
        RecordSet.AliasOf($"hooks.{Domain}", "A", ZoneIds.ApiWest, "d-jada7f3k2q.execute-api.us-west-2.amazonaws.com."),
        new($"dashboard-origin.{Domain}", "A", "203.0.113.10"),
        .. Enumerable.Range(1, Guests).Select(guest => new RecordSet($"guest-{guest:0000}.{Domain}", "CNAME", $"book.{Domain}.") { Ttl = 60 + guest }),
        .. Enumerable.Range(1, LobbyDoors).Select(door => new RecordSet($"lobby.{Domain}", "A", $"203.0.113.{100 + door}").Weighted($"door-{door:00}", door % 5 * 20)),
        new RecordSet($"live.{Domain}", "A", "203.0.113.71").Latency("us-west-2"),
        new RecordSet($"live.{Domain}", "A", "203.0.113.72").Latency("us-east-1"),
        new RecordSet($"live.{Domain}", "A", "203.0.113.73").Latency("eu-west-1"),
        .. Enumerable.Range(1, 4).Select(mirror => new RecordSet($"mirrors.{Domain}", "A", $"203.0.113.{80 + mirror}")
            .Multivalue($"mirror-{mirror}").Checked(around.HealthChecks[mirror % around.HealthChecks.Count])),
        new RecordSet($"tracker.{Domain}", "A", "203.0.113.91").Failover("Primary").Checked(around.HealthChecks[1]),
        RecordSet.AliasOf($"tracker.{Domain}", "A", around.Zone, $"dashboard-origin.{Domain}.").Failover("Secondary"),
        new($"_caldavs._tcp.{Domain}", "SRV", $"0 1 443 calendar.{Domain}."),
        new($"calendar.{Domain}", "CNAME", "ghs.googlehosted.com."),
        new($"ops.{Domain}", "NS", "ns-1.ops.example.", "ns-2.ops.example.") { Ttl = 172800 },
        .. Enumerable.Range(1, 40).Select(skiff => new RecordSet($"skiff-{skiff:00}.{Domain}", "A", $"203.0.113.{150 + skiff}")),
    ];
}
