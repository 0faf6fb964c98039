namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>A kind of what Lightsail lists.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Folder">Where its documents lie below the region.</param>
/// <param name="Operation">The operation that lists it.</param>
/// <param name="List">The member of a page that holds the items.</param>
/// <param name="OnlyRegion">The one region that answers for all; null where each answers for itself.</param>
internal sealed record LightsailKind(string Name, string Folder, string Operation, string List, string? OnlyRegion = null)
{
    public const string Instance = "instance";

    public static IReadOnlyList<LightsailKind> All { get; } =
    [
        new(Instance, "instances", "GetInstances", "instances"),
        new("instance-snapshot", "instance-snapshots", "GetInstanceSnapshots", "instanceSnapshots"),
        new("static-ip", "static-ips", "GetStaticIps", "staticIps"),
        new("disk", "disks", "GetDisks", "disks"),
        new("key-pair", "key-pairs", "GetKeyPairs", "keyPairs"),
        new("domain", "domains", "GetDomains", "domains", "us-east-1"),
    ];
}
