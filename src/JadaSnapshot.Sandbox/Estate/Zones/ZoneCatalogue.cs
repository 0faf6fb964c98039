namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>Ten public zones and a private one.</summary>
internal static class ZoneCatalogue
{
    private static readonly string[] Parked =
        ["jadasailing.com", "jadacharters.com", "sandiegosunsetsail.com", "sailsandiegobay.com", "radyshellsailing.com", "bobdylancruise.com"];

    public static IReadOnlyList<ZonePlan> All { get; } =
    [
        new(EstateNames.Queen, "The charters", SiteZones.Queen),
        new(EstateNames.Sail, "The yacht", LargeZone.Records),
        new(EstateNames.Sale, "The shop", SiteZones.Sale),
        .. Parked.Select(name => new ZonePlan(name, "Parked", around => SmallZones.Parked(name, around))),
        new("113.0.203.in-addr.arpa", "Names of the dock's addresses", _ => SmallZones.Reverse()),
        new(EstateNames.PrivateZone, "Inside", _ => SmallZones.Inside()),
    ];
}
