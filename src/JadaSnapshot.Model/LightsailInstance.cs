namespace JadaSnapshot;

/// <summary>A Lightsail instance as it is set up (<see href="https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_Instance.html"/>).</summary>
public sealed record LightsailInstance
{
    /// <summary>The instance's name.</summary>
    public required string InstanceName { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? InstanceArn { get; init; }

    /// <summary>The region that it runs in.</summary>
    public required string Region { get; init; }

    /// <summary>The zone that it runs in.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary><c>running</c>, <c>stopped</c>, <c>pending</c>, …</summary>
    public string? State { get; init; }

    /// <summary>The image that it was made from: <c>ubuntu_24_04</c>.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>Its size, as Lightsail sells it: <c>medium_3_0</c>.</summary>
    public string? BundleId { get; init; }

    /// <summary>The address at which the world finds it.</summary>
    public string? PublicIpAddress { get; init; }

    /// <summary>Whether that address stays when the instance is stopped.</summary>
    public bool IsStaticIp { get; init; }

    /// <summary>Its address within Lightsail.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>The number of processors.</summary>
    public int CpuCount { get; init; }

    /// <summary>Memory in GB.</summary>
    public double RamSizeInGb { get; init; }

    /// <summary>All disks together, in GB.</summary>
    public long DiskSizeInGb { get; init; }

    /// <summary>The ports that are open, and to whom: <c>443/tcp from 0.0.0.0/0</c>.</summary>
    public IReadOnlyList<string> OpenPorts { get; init; } = [];

    /// <summary>The key pair that opens it.</summary>
    public string? KeyPairName { get; init; }

    /// <summary>The user that logs in with it.</summary>
    public string? UserName { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => InstanceName;
}
