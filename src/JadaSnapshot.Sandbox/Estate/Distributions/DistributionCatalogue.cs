namespace JadaSnapshot.Sandbox.Estate.Distributions;

/// <summary>Every site has a production and a staging distribution.</summary>
internal static class DistributionCatalogue
{
    private static readonly HashSet<string> EastBuckets = ["jada-cdn-fonts", "jada-cdn-origin-shared", "jada-media-archive"];

    private static readonly (string Site, OriginKind Kind, string Target)[] Sites =
    [
        (EstateNames.Queen, OriginKind.Website, EstateNames.Queen),
        (EstateNames.Sail, OriginKind.Website, EstateNames.Sail),
        (EstateNames.Sale, OriginKind.Website, EstateNames.Sale),
        ("www.queenofsandiego.com", OriginKind.Website, "www.queenofsandiego.com"),
        ("www.sailjada.com", OriginKind.Website, "www.sailjada.com"),
        ("www.salejada.com", OriginKind.Website, "www.salejada.com"),
        (EstateNames.BobDylan, OriginKind.Website, EstateNames.BobDylan),
        ("radyshell.queenofsandiego.com", OriginKind.Bucket, "radyshell.queenofsandiego.com"),
        ("events.queenofsandiego.com", OriginKind.Bucket, "events.queenofsandiego.com"),
        ("fireworks.queenofsandiego.com", OriginKind.Website, "fireworks.queenofsandiego.com"),
        ("book.sailjada.com", OriginKind.Bucket, "book.sailjada.com"),
        ("crew.sailjada.com", OriginKind.Bucket, "crew.sailjada.com"),
        ("gifts.salejada.com", OriginKind.Bucket, "gifts.salejada.com"),
        ("auction.salejada.com", OriginKind.Bucket, "auction.salejada.com"),
        ("api.queenofsandiego.com", OriginKind.Api, "q7w8e9r0t1"),
        ("api.sailjada.com", OriginKind.Api, "a1b2c3d4e5"),
        ("api.salejada.com", OriginKind.Api, "z6x7c8v9b0"),
        ("cdn.queenofsandiego.com", OriginKind.Bucket, "jada-cdn-origin-queenofsandiego"),
        ("cdn.sailjada.com", OriginKind.Bucket, "jada-cdn-origin-sailjada"),
        ("cdn.salejada.com", OriginKind.Bucket, "jada-cdn-origin-salejada"),
        ("assets.queenofsandiego.com", OriginKind.Bucket, "queenofsandiego-assets"),
        ("assets.sailjada.com", OriginKind.Bucket, "sailjada-assets"),
        ("listings.salejada.com", OriginKind.Bucket, "salejada-listings"),
        ("media.queenofsandiego.com", OriginKind.Bucket, "jada-media"),
        ("photos.sailjada.com", OriginKind.Bucket, "jada-photos-web"),
        ("video.sailjada.com", OriginKind.Bucket, "jada-video"),
        ("fonts.sailjada.com", OriginKind.Bucket, "jada-cdn-fonts"),
        ("shared.sailjada.com", OriginKind.Bucket, "jada-cdn-origin-shared"),
        ("brand.sailjada.com", OriginKind.Bucket, "jada-brand"),
        ("archive.queenofsandiego.com", OriginKind.Bucket, "jada-media-archive"),
        ("dashboard.sailjada.com", OriginKind.Media, "dashboard-origin.sailjada.com"),
        ("uploads.sailjada.com", OriginKind.Bucket, EstateNames.OddKeysBucket),
        ("live.sailjada.com", OriginKind.Media, "stream.harborcam.example"),
    ];

    public static IReadOnlyList<DistributionPlan> All { get; } =
    [
        .. Sites.Select(each => new DistributionPlan(each.Site, "production", each.Kind, each.Target, each.Kind == OriginKind.Api ? "/production" : "") { Aliases = [each.Site] }),
        .. Sites.Select(each => Staging(each.Site, each.Kind, each.Target)),
    ];

    public static string RegionOf(string bucket) => EastBuckets.Contains(bucket) ? EstateNames.East : EstateNames.West;

    private static DistributionPlan Staging(string site, OriginKind kind, string target)
    {
        if (site == EstateNames.Queen) target = "queenofsandiego.com-staging";
        if (site == EstateNames.Sail) target = "staging.sailjada.com";
        var plan = new DistributionPlan(site, "staging", kind, target, PathOf(site, kind));
        return EstateNames.Sites.Contains(site) ? plan with { Aliases = [$"staging.{site}"] } : plan;
    }

    private static string PathOf(string site, OriginKind kind) => site switch
    {
        EstateNames.Queen or EstateNames.Sail => "",
        EstateNames.BobDylan => "/staging",
        _ when $"staging: {site}" == EstateNames.MisroutedDistribution => "",
        _ when kind == OriginKind.Media || site.StartsWith("www.", StringComparison.Ordinal) => "",
        _ => kind == OriginKind.Api ? "/staging" : "/_staging",
    };
}
