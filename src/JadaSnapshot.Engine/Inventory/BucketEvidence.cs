namespace JadaSnapshot.Engine.Inventory;

/// <summary>What has to be asked for before a rule can be held against a bucket.</summary>
internal enum EvidenceKind
{
    /// <summary>Nothing but the name.</summary>
    Name,

    /// <summary>The bucket's tags.</summary>
    Tags,

    /// <summary>The bucket's website configuration.</summary>
    Website,

    /// <summary>Where every other bucket logs to.</summary>
    LogSources,

    /// <summary>The distributions of the account.</summary>
    Origins,
}

/// <summary>What is known of a bucket so far; null where something was not asked for or could not be read.</summary>
internal sealed record BucketEvidence(string Name)
{
    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>What its website endpoint does.</summary>
    public WebsiteSetting? Website { get; init; }

    /// <summary>The other buckets that log to it.</summary>
    public IReadOnlyList<string> LogSources { get; init; } = [];

    /// <summary>The distributions that take files from it.</summary>
    public IReadOnlyList<BucketOrigin> Origins { get; init; } = [];

    /// <summary>Whether anyone is served its files.</summary>
    public bool IsServed => Origins.Count > 0 || Website?.Kind == BucketWebsite.Hosting;
}
