using JadaSnapshot.Sandbox.Estate.Scripts;
using JadaSnapshot.Sandbox.Services.AppsScript;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Names that more than one part of the estate speaks of.</summary>
public static class EstateNames
{
    /// <summary>The region where nearly everything lives.</summary>
    public const string West = "us-west-2";

    /// <summary>The region of the global services, of Lambda@Edge and of a few buckets.</summary>
    public const string East = "us-east-1";

    /// <summary>The site for charters by the night.</summary>
    public const string Queen = "queenofsandiego.com";

    /// <summary>The site of the sailing yacht.</summary>
    public const string Sail = "sailjada.com";

    /// <summary>The site of the shop and of boats for sale.</summary>
    public const string Sale = "salejada.com";

    /// <summary>The three sites.</summary>
    public static IReadOnlyList<string> Sites { get; } = [Queen, Sail, Sale];

    /// <summary>Smaller sites under the names of the three.</summary>
    public static IReadOnlyList<string> SubSites { get; } =
    [
        "bobdylan.queenofsandiego.com", "radyshell.queenofsandiego.com", "events.queenofsandiego.com", "fireworks.queenofsandiego.com",
        "book.sailjada.com", "crew.sailjada.com", "gifts.salejada.com", "auction.salejada.com",
    ];

    /// <summary>The sub-site that keeps its staging under <c>staging/</c> in its own bucket.</summary>
    public const string BobDylan = "bobdylan.queenofsandiego.com";

    /// <summary>The bucket of odd keys.</summary>
    public const string OddKeysBucket = "jada-uploads";

    /// <summary>The bucket that holds nothing.</summary>
    public const string EmptyBucket = "jada-processing-tmp";

    /// <summary>The versioned bucket that holds the object of three parts' size and the longest history.</summary>
    public const string VersionsBucket = "jada-backup-versions";

    /// <summary>The key of the object that was uploaded in parts, in <see cref="VersionsBucket"/>.</summary>
    public const string MultipartKey = "lightsail/jada-web-2025-11-02.tar";

    /// <summary>The bucket of function code in us-west-2.</summary>
    public const string CodeBucketWest = "jada-lambda-source-us-west-2";

    /// <summary>The bucket of function code in us-east-1.</summary>
    public const string CodeBucketEast = "jada-lambda-source-us-east-1";

    /// <summary>The bucket of layer code.</summary>
    public const string LayerBucket = "jada-lambda-layers";

    /// <summary>The bucket that the others of us-west-2 log to.</summary>
    public const string LogsWest = "jada-logs";

    /// <summary>The bucket that the others of us-east-1 log to.</summary>
    public const string LogsEast = "jada-logs-us-east-1";

    /// <summary>The bucket that distributions log to.</summary>
    public const string DistributionLogs = "jada-cloudfront-logs";

    /// <summary>The zone of more record sets than one page holds.</summary>
    public const string LargeZone = Sail;

    /// <summary>The name in <see cref="LargeZone"/> whose weighted set lies across the end of the first page of 300.</summary>
    public const string StraddlingName = "lobby.sailjada.com.";

    /// <summary>The private zone.</summary>
    public const string PrivateZone = "jada.internal";

    /// <summary>The comment of the staging distribution that is wrongly routed to the production origin.</summary>
    public const string MisroutedDistribution = "staging: events.queenofsandiego.com";

    /// <summary>The alias of the key that seals what snapshots hold of secrets.</summary>
    public const string SnapshotKey = "alias/jada-snapshots";

    /// <summary>The one instance of Lightsail.</summary>
    public const string Instance = "jada-web";

    /// <summary>The snapshot that was once made of it.</summary>
    public const string InstanceSnapshot = "jada-web-2025-11-02";

    /// <summary>The script projects by the names that people give them, with their ids, which the Apps Script API cannot list.</summary>
    public static IReadOnlyDictionary<string, string> ScriptProjects { get; } =
        ScriptCatalogue.All.Select((plan, index) => (plan.Name, Id: ScriptState.ProjectId(index + 1))).ToDictionary(project => project.Name, project => project.Id);

    /// <summary>Where production and staging of each site lie.</summary>
    public static IReadOnlyList<StagingPair> StagingPairs { get; } =
    [
        new(Queen, "", "queenofsandiego.com-staging", ""),
        new(Sail, "", "staging.sailjada.com", ""),
        new(Sale, "", Sale, "_staging/"),
        new(BobDylan, "", BobDylan, "staging/"),
    ];
}

/// <summary>Two places that ought to hold the same site.</summary>
/// <param name="Bucket">The production bucket.</param>
/// <param name="Prefix">The prefix of production in it.</param>
/// <param name="StagingBucket">The staging bucket.</param>
/// <param name="StagingPrefix">The prefix of staging in it.</param>
public sealed record StagingPair(string Bucket, string Prefix, string StagingBucket, string StagingPrefix);
