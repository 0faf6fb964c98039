namespace JadaSnapshot;

/// <summary>A hosted zone of Route 53 (<see href="https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html"/>).</summary>
public sealed record HostedZone
{
    /// <summary>The zone's id (<c>Z…</c>).</summary>
    public required string HostedZoneId { get; init; }

    /// <summary>The zone's name, without its final dot.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it answers only within networks.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The networks that a private zone answers in: region and id.</summary>
    public IReadOnlyList<string> Vpcs { get; init; } = [];

    /// <summary>The number of record sets, with the SOA and NS that every zone begins with.</summary>
    public long RecordSetCount { get; init; }

    /// <summary>The name servers that answer for a public zone.</summary>
    public IReadOnlyList<string> NameServers { get; init; } = [];

    /// <summary>The reusable delegation set that the name servers are of; null where they are the zone's own.</summary>
    public string? DelegationSetId { get; init; }

    /// <summary>What its owner says of it.</summary>
    public string? Comment { get; init; }

    /// <summary><c>SIGNING</c>, <c>NOT_SIGNING</c>, or another word of Route 53's; null for a private zone, and where it cannot be read.</summary>
    public string? DnssecStatus { get; init; }

    /// <summary>The ARN of the log group that its queries go to; null where they go nowhere.</summary>
    public string? QueryLogGroupArn { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
