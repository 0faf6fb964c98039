namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>A zone to make.</summary>
/// <param name="Name">The name, without the final dot.</param>
/// <param name="Comment">What it is for.</param>
/// <param name="Records">Its record sets beside NS and SOA, by what exists before them.</param>
internal sealed record ZonePlan(string Name, string Comment, Func<ZoneSurroundings, IEnumerable<RecordSet>> Records)
{
    public bool IsPrivate => Name == EstateNames.PrivateZone;
}

/// <summary>What records refer to.</summary>
/// <param name="Zone">The id of their own zone.</param>
/// <param name="Distributions">The domain name of each distribution by its site.</param>
/// <param name="HealthChecks">Ids of health checks.</param>
internal sealed record ZoneSurroundings(string Zone, IReadOnlyDictionary<string, string> Distributions, IReadOnlyList<string> HealthChecks);
