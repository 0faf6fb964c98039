namespace JadaSnapshot.Sandbox.Estate.Zones;

internal static class SmallZones
{
    public static IEnumerable<RecordSet> Parked(string domain, ZoneSurroundings around) =>
    [
        new(domain, "A", "203.0.113.30", "203.0.113.31"),
        new(domain, "AAAA", "2001:db8:30::30"),
        new(domain, "MX", "0 .") { Ttl = 86400 },
        new(domain, "TXT", "\"v=spf1 -all\""),
        new(domain, "CAA", "0 issue \";\""),
        new($"_dmarc.{domain}", "TXT", "\"v=DMARC1; p=reject\""),
        RecordSet.AliasOf($"www.{domain}", "A", around.Zone, $"{domain}."),
        new($"*.{domain}", "TXT", "\"nothing is here\""),
        new($"old.{domain}", "CNAME", $"www.{EstateNames.Sail}."),
    ];

    public static IEnumerable<RecordSet> Reverse() => Enumerable.Range(1, 30).Select(last =>
        new RecordSet($"{last}.113.0.203.in-addr.arpa", "PTR", $"host-{last}.dock.{EstateNames.Queen}.") { Ttl = 3600 });

    public static IEnumerable<RecordSet> Inside() =>
    [
        new("db.jada.internal", "CNAME", "jada-bookings.c1a2b3c4d5e6.us-west-2.rds.amazonaws.com."),
        new("cache.jada.internal", "A", "10.20.0.15"),
        new("web.jada.internal", "A", "10.20.0.20"),
        new("web.jada.internal", "AAAA", "fd00:20::20"),
        new("_postgres._tcp.jada.internal", "SRV", "0 5 5432 db.jada.internal."),
        .. Enumerable.Range(1, 8).Select(host => new RecordSet($"node-{host}.jada.internal", "A", $"10.20.1.{host}") { Ttl = 30 }),
    ];
}
