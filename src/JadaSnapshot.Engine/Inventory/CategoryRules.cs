using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>A bucket's category, and why, in words.</summary>
internal sealed record Verdict(BucketCategory Category, string Reason);

/// <summary>One way to tell what a bucket is for.</summary>
/// <param name="Needs">What it looks at beside the name.</param>
/// <param name="Decide">Decides, or leaves it to the following rules.</param>
internal sealed record CategoryRule(EvidenceKind[] Needs, Func<BucketEvidence, Verdict?> Decide);

/// <summary>
/// How a bucket's category is found: the first rule that decides holds. What its owners declared comes first, then how it is wired
/// to the rest of the estate, then its name.
/// </summary>
internal static class CategoryRules
{
    private static readonly string[] PurposeTags = ["purpose", "role", "category", "usage"];
    private static readonly string[] StageTags = ["stage", "env", "environment"];

    public static IReadOnlyList<CategoryRule> All { get; } =
    [
        new([EvidenceKind.Tags], PurposeTag),
        new([EvidenceKind.Tags], StagingTag),
        new([EvidenceKind.LogSources], LogTarget),
        new([EvidenceKind.Website], Redirect),
        new([], StagingName),
        new([EvidenceKind.Website, EvidenceKind.Origins], ServedMedia),
        new([EvidenceKind.Website, EvidenceKind.Origins], ProductionOrigin),
        new([EvidenceKind.Origins], StagingOrigin),
        new([EvidenceKind.Origins], Origin),
        new([EvidenceKind.Website], Website),
        new([], NameWord),
        new([], HostName),
    ];

    public static Verdict Undecided { get; } = new(BucketCategory.Unknown, "no rule decides");

    /// <summary>What the estate file says of a bucket: by a rule, or as the place where staging lies.</summary>
    public static Verdict? Declared(string bucket, EstateFile estate) =>
        estate.Categories.FirstOrDefault(rule => KeyPatterns.Of([rule.Pattern]).Match(bucket)) is { } rule
            ? new(rule.Category, $"the estate file says so of {rule.Pattern}")
        : estate.Sites.SelectMany(site => site.Staging).FirstOrDefault(pair => pair.Staging == new BucketPlace(bucket)) is { } pair
            ? new(BucketCategory.Staging, $"the estate file has it stand for {pair.Production}")
        : null;

    internal static Verdict? PurposeTag(BucketEvidence bucket) =>
        (from tag in TagsNamed(bucket, PurposeTags)
         let category = NameWords.OfPurpose(tag.Value)
         where category is not null
         select new Verdict(category.Value, TagWords(tag))).FirstOrDefault();

    internal static Verdict? StagingTag(BucketEvidence bucket) =>
        (from tag in TagsNamed(bucket, StageTags)
         where NameWords.IsNotLive(tag.Value)
         select new Verdict(BucketCategory.Staging, TagWords(tag))).FirstOrDefault();

    internal static Verdict? LogTarget(BucketEvidence bucket) => bucket.LogSources switch
    {
        [] => null,
        [var only] => new(BucketCategory.Operational, $"is the log target of {only}"),
        [var one, var other] => new(BucketCategory.Operational, $"is the log target of {one} and {other}"),
        [var first, ..] => new(BucketCategory.Operational, $"is the log target of {first} and {bucket.LogSources.Count - 1:N0} others"),
    };

    internal static Verdict? Redirect(BucketEvidence bucket) =>
        bucket.Website is { Kind: BucketWebsite.Redirect } website ? new(BucketCategory.Operational, $"redirects every request to {website.RedirectHost}") : null;

    internal static Verdict? StagingName(BucketEvidence bucket) =>
        NameWords.StagingReason(bucket.Name) is { } reason ? new(BucketCategory.Staging, reason) : null;

    internal static Verdict? ServedMedia(BucketEvidence bucket) =>
        bucket.IsServed && NameWords.OfName(bucket.Name) is (BucketCategory.Media, var word) ? new(BucketCategory.Media, $"its files are served, and its name says {word}") : null;

    internal static Verdict? ProductionOrigin(BucketEvidence bucket) =>
        Best(bucket, origin => !origin.IsStaging && (origin.IsWebsite || bucket.Website?.Kind == BucketWebsite.Hosting || origin.Hosts.Contains(bucket.Name))) is { } origin
            ? new(BucketCategory.ProductionSite, OriginWords(bucket, origin)) : null;

    internal static Verdict? StagingOrigin(BucketEvidence bucket) =>
        bucket.Origins.All(origin => origin.IsStaging) && Best(bucket, _ => true) is { } origin ? new(BucketCategory.Staging, OriginWords(bucket, origin)) : null;

    internal static Verdict? Origin(BucketEvidence bucket) =>
        Best(bucket, origin => !origin.IsStaging) is { } origin ? new(BucketCategory.CloudFrontOrigin, OriginWords(bucket, origin)) : null;

    internal static Verdict? Website(BucketEvidence bucket) =>
        bucket.Website?.Kind == BucketWebsite.Hosting ? new(BucketCategory.ProductionSite, "its objects are served as a website") : null;

    internal static Verdict? NameWord(BucketEvidence bucket) =>
        NameWords.OfName(bucket.Name) is var (category, word) ? new(category, $"its name says {word}") : null;

    internal static Verdict? HostName(BucketEvidence bucket) =>
        NameWords.IsHost(bucket.Name) ? new(BucketCategory.ProductionSite, "its name is that of a host") : null;

    private static IEnumerable<KeyValuePair<string, string>> TagsNamed(BucketEvidence bucket, string[] names) =>
        from name in names
        from tag in bucket.Tags ?? new Dictionary<string, string>()
        where tag.Key.Split(':', '/')[^1].Equals(name, StringComparison.OrdinalIgnoreCase)
        select tag;

    private static string TagWords(KeyValuePair<string, string> tag) => $"tag {tag.Key}={tag.Value}";

    /// <summary>The distribution that says most about a bucket: one that serves, and answers to the bucket's own name.</summary>
    private static BucketOrigin? Best(BucketEvidence bucket, Func<BucketOrigin, bool> suits) =>
        bucket.Origins.Where(suits)
            .OrderByDescending(origin => origin.IsEnabled)
            .ThenByDescending(origin => origin.Hosts.Contains(bucket.Name))
            .ThenBy(origin => origin.DistributionId, StringComparer.Ordinal)
            .FirstOrDefault();

    private static string OriginWords(BucketEvidence bucket, BucketOrigin origin)
    {
        var host = origin.Hosts.Contains(bucket.Name) ? bucket.Name : origin.Hosts[0];
        return $"is an S3 origin of the {(origin.IsStaging ? "staging" : "production")} distribution {origin.DistributionId} ({host})";
    }
}
