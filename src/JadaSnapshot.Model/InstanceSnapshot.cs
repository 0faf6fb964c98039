namespace JadaSnapshot;

/// <summary>A snapshot of a Lightsail instance, which Lightsail keeps (<see href="https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_InstanceSnapshot.html"/>).</summary>
public sealed record InstanceSnapshot
{
    /// <summary>The snapshot's name.</summary>
    public required string InstanceSnapshotName { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? InstanceSnapshotArn { get; init; }

    /// <summary>The instance that it was made of.</summary>
    public required string InstanceName { get; init; }

    /// <summary>The region that it lies in.</summary>
    public required string Region { get; init; }

    /// <summary><c>available</c>, <c>error</c>, or <c>pending</c> where it was not waited for, or for too short a time.</summary>
    public string? State { get; init; }

    /// <summary>The size of the disks that it was made of, in GB.</summary>
    public long? SizeInGb { get; init; }

    /// <summary>The image that the instance was made from.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>The size of the instance. A new one must be as large.</summary>
    public string? BundleId { get; init; }

    /// <summary>When it was begun (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => InstanceSnapshotName;
}
