namespace JadaSnapshot;

/// <summary>A DynamoDB table as it is set up (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html"/>).</summary>
public sealed record DynamoDbTable
{
    /// <summary>The table's name.</summary>
    public required string TableName { get; init; }

    /// <summary>The Amazon Resource Name.</summary>
    public string? TableArn { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string Region { get; init; }

    /// <summary><c>ACTIVE</c>, <c>CREATING</c>, <c>UPDATING</c>, <c>DELETING</c>, …</summary>
    public string? Status { get; init; }

    /// <summary>The hash key and, where there is one, the range key, with their types: <c>EventId (S), StartsAt (N)</c>.</summary>
    public string KeySchema { get; init; } = "";

    /// <summary>The global and the local indexes, with their keys: <c>by-venue: Venue (S), StartsAt (N)</c>.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary><c>PROVISIONED</c> or <c>PAY_PER_REQUEST</c>.</summary>
    public string? BillingMode { get; init; }

    /// <summary>Reads a second that are paid for; null where requests are.</summary>
    public long? ReadCapacityUnits { get; init; }

    /// <summary>Writes a second that are paid for; null where requests are.</summary>
    public long? WriteCapacityUnits { get; init; }

    /// <summary>The number of items, as DynamoDB counts them about every six hours.</summary>
    public long ItemCount { get; init; }

    /// <summary>The size of all items in bytes, as DynamoDB counts it about every six hours.</summary>
    public long TableSizeBytes { get; init; }

    /// <summary><c>STANDARD</c> or <c>STANDARD_INFREQUENT_ACCESS</c>.</summary>
    public string? TableClass { get; init; }

    /// <summary>The attribute that says when an item ends; null where items stay.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>Whether any second of the last weeks can be brought back; null where that is not known.</summary>
    public bool? IsPointInTimeRecoverable { get; init; }

    /// <summary>What the table's stream says of a change (<c>NEW_AND_OLD_IMAGES</c>); null where there is no stream.</summary>
    public string? StreamViewType { get; init; }

    /// <summary>Whether the table refuses to be deleted.</summary>
    public bool IsDeletionProtected { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => TableName;
}
