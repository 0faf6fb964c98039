namespace JadaSnapshot.Sandbox.Estate.Zones;

internal static class SiteZones
{
    public static IEnumerable<RecordSet> Queen(ZoneSurroundings around) =>
    [
        .. CommonRecords.Of(EstateNames.Queen, around),
        RecordSet.AliasOf("fireworks.queenofsandiego.com", "A", ZoneIds.WebsiteWest, "s3-website-us-west-2.amazonaws.com."),
        new("*.queenofsandiego.com", "CNAME", "queenofsandiego.com."),
        new("dock.queenofsandiego.com", "A", "203.0.113.20"),
        new("dock.queenofsandiego.com", "AAAA", "2001:db8:20::20"),
        new("partners.queenofsandiego.com", "NS", "ns1.partners.example.", "ns2.partners.example.") { Ttl = 172800 },
        new("partners.queenofsandiego.com", "DS", "12345 13 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"),
        new RecordSet("band.queenofsandiego.com", "A", "203.0.113.41").Failover("Primary").Checked(around.HealthChecks[0]),
        new RecordSet("band.queenofsandiego.com", "A", "203.0.113.42").Failover("Secondary"),
        new RecordSet("tickets.queenofsandiego.com", "CNAME", "us.tickets.example").Located("usa", ("CountryCode", "US")),
        new RecordSet("tickets.queenofsandiego.com", "CNAME", "ca.tickets.example").Located("california", ("CountryCode", "US"), ("SubdivisionCode", "CA")),
        new RecordSet("tickets.queenofsandiego.com", "CNAME", "eu.tickets.example").Located("europe", ("ContinentCode", "EU")),
        new RecordSet("tickets.queenofsandiego.com", "CNAME", "world.tickets.example").Located("elsewhere", ("CountryCode", "*")),
        new RecordSet("stream.queenofsandiego.com", "A", "203.0.113.51").Near("us-west-2", 10),
        new RecordSet("stream.queenofsandiego.com", "A", "203.0.113.52").Near("us-east-1", -10),
        RecordSet.AliasOf("band-mirror.queenofsandiego.com", "A", around.Zone, "band.queenofsandiego.com.", evaluate: true),
        .. Enumerable.Range(1, 24).Select(show => new RecordSet($"show-{show:00}.queenofsandiego.com", "CNAME", "events.queenofsandiego.com.") { Ttl = 60 * show }),
    ];

    public static IEnumerable<RecordSet> Sale(ZoneSurroundings around) =>
    [
        .. CommonRecords.Of(EstateNames.Sale, around),
        .. RecordSet.Distribution("auction.salejada.com", around.Distributions["auction.salejada.com"])
            .Select(each => each.Weighted("new", 90)),
        RecordSet.AliasOf("auction.salejada.com", "A", around.Zone, "old-auction.salejada.com.", evaluate: true).Weighted("old", 10),
        new("old-auction.salejada.com", "A", "203.0.113.61"),
        new("_sip._tcp.salejada.com", "SRV", "10 60 5060 phone.salejada.com.", "20 0 5060 backup-phone.salejada.com."),
        new("phone.salejada.com", "A", "203.0.113.62"),
        new("salejada.com", "SPF", "\"v=spf1 include:_spf.google.com ~all\""),
        new("shop.salejada.com", "HTTPS", "1 . alpn=\"h2,h3\" port=443"),
        new("gateway.salejada.com", "SVCB", "1 phone.salejada.com. port=8443"),
        new("_443._tcp.shop.salejada.com", "TLSA", "3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971"),
        new("server.salejada.com", "SSHFP", "4 2 123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789"),
        new("phone.salejada.com", "NAPTR", "100 10 \"S\" \"SIP+D2U\" \"\" _sip._udp.salejada.com."),
        .. Enumerable.Range(1, 20).Select(boat => new RecordSet($"boat-{boat:000}.salejada.com", "CNAME", "listings.salejada.com.")),
    ];
}
