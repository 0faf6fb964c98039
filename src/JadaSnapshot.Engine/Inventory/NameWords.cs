using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>The words by which people say what a bucket is for, in names and in tags.</summary>
internal static partial class NameWords
{
    private static readonly FrozenSet<string> Staging = Set("staging", "stg");

    private static readonly FrozenSet<string> NotLive = Set("staging", "stage", "stg", "test", "testing", "dev", "development", "preview", "qa", "uat", "sandbox");

    private static readonly FrozenSet<string> Live = Set("production", "prod", "live", "website", "site", "web");

    /// <summary>What the words mean. Where words of several categories stand together, the first of these holds.</summary>
    private static readonly (BucketCategory Category, FrozenSet<string> Words)[] Meanings =
    [
        (BucketCategory.LambdaSource, Set("lambda", "lambdas", "layer", "layers", "function", "functions", "deployment", "deployments", "code")),
        (BucketCategory.Operational, Set("log", "logs", "logging", "trail", "cloudtrail", "audit", "backup", "backups", "snapshot", "snapshots")),
        (BucketCategory.Media, Set("media", "asset", "assets", "photo", "photos", "picture", "pictures", "image", "images", "img", "video", "videos", "audio",
            "upload", "uploads", "gallery", "brand", "archive", "archives")),
        (BucketCategory.CloudFrontOrigin, Set("cdn", "cloudfront", "origin", "origins")),
        (BucketCategory.Operational, Set("ops", "operations", "operational", "monitoring", "metrics", "data", "export", "exports", "report", "reports", "dashboard",
            "processing", "queue", "tmp", "temp", "temporary", "scratch", "redirect", "redirects", "terraform", "state", "config", "inventory")),
    ];

    /// <summary>The category that a bucket's name speaks of, and the word that says so.</summary>
    public static (BucketCategory Category, string Word)? OfName(string name) => Find(name);

    /// <summary>The category that the value of a tag names.</summary>
    public static BucketCategory? OfPurpose(string value) =>
        IsNotLive(value) ? BucketCategory.Staging
        : Find(value)?.Category ?? (Words(value).Any(Live.Contains) ? BucketCategory.ProductionSite : null);

    /// <summary>Whether the value of a tag names an environment that visitors do not see.</summary>
    public static bool IsNotLive(string value) => Words(value).Any(NotLive.Contains);

    /// <summary>The end or the beginning of a name that marks a staging copy: <c>-staging</c>, <c>staging.</c>; null for any other name. <c>.dev</c> is a domain.</summary>
    public static string? StagingMark(string name) =>
        StagingEnd().Match(name) is { Success: true } end && (end.Value[0] == '-' ? NotLive : Staging).Contains(end.Value[1..]) ? end.Value
        : StagingStart().Match(name) is { Success: true } start && NotLive.Contains(start.Value[..^1]) ? start.Value
        : null;

    /// <summary>Why a name is that of a staging copy, in words; null where it is not.</summary>
    public static string? StagingReason(string name) =>
        StagingMark(name) is not { } mark ? null : name.EndsWith(mark, StringComparison.Ordinal) ? $"its name ends in {mark}" : $"its name begins with {mark}";

    /// <summary>Whether a host's name is that of a staging site.</summary>
    public static bool IsStagingHost(string host) => host.Split('.')[0] is var label && (NotLive.Contains(label) || Words(label).Any(Staging.Contains));

    /// <summary>Whether a comment says staging, and not production.</summary>
    public static bool IsStagingComment(string comment) => Words(comment) is var words && words.Any(Staging.Contains) && !words.Any(word => word is "production" or "prod");

    /// <summary>Whether a path, or a prefix of keys, is that of a staging copy: <c>/_staging</c>, <c>staging/</c>.</summary>
    public static bool IsStagingPath(string path) => path.TrimStart('/').Split('/')[0] is var first && Staging.Contains(first.StartsWith('_') ? first[1..] : first);

    /// <summary>Whether a bucket's name is that of a host, as those of websites are.</summary>
    public static bool IsHost(string name) => HostName().IsMatch(name);

    private static (BucketCategory Category, string Word)? Find(string text)
    {
        var words = Words(text);
        foreach (var (category, known) in Meanings)
            if (words.FirstOrDefault(known.Contains) is { } word) return (category, word);
        return null;
    }

    private static string[] Words(string text) => Separators().Split(text);

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"[.-][a-z]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex StagingEnd();

    [GeneratedRegex(@"\A[a-z]+[.-]", RegexOptions.CultureInvariant)]
    private static partial Regex StagingStart();

    [GeneratedRegex(@"\A([a-z0-9-]+\.)+[a-z]{2,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
