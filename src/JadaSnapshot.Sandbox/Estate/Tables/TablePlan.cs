namespace JadaSnapshot.Sandbox.Estate.Tables;

/// <summary>A table to make. Keys are written as <c>name:type</c>.</summary>
internal sealed record TablePlan(string Name, string HashKey, string? RangeKey = null, string Region = EstateNames.West)
{
    public IReadOnlyList<IndexPlan> GlobalIndexes { get; init; } = [];

    /// <summary>Indexes with the table's own hash key.</summary>
    public IReadOnlyList<IndexPlan> LocalIndexes { get; init; } = [];

    /// <summary>Read and write units; null pays by request.</summary>
    public (int Read, int Write)? Capacity { get; init; }

    public string? TimeToLive { get; init; }

    public bool IsRecoverable { get; init; }

    public string? Stream { get; init; }

    public bool IsRarelyRead { get; init; }

    public bool IsProtected { get; init; }

    /// <summary>Encrypted under a key of KMS, not under DynamoDB's own.</summary>
    public bool IsKmsEncrypted { get; init; }

    /// <summary>The function whose role may read the table by the table's own policy.</summary>
    public string? SharedWith { get; init; }

    /// <summary>The Kinesis stream that is told of changes.</summary>
    public string? KinesisStream { get; init; }

    public bool HasInsights { get; init; }

    public int Items { get; init; } = 5;
}

/// <summary>An index; with no attributes named it projects all.</summary>
internal sealed record IndexPlan(string Name, string HashKey, string? RangeKey = null, params IReadOnlyList<string> Projected)
{
    public bool IsKeysOnly { get; init; }
}
