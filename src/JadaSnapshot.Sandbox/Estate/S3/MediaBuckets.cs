using JadaSnapshot.Sandbox.Estate.Content;

namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>Media, assets, and what distributions take as their origins.</summary>
internal static class MediaBuckets
{
    private static readonly string[] FontStyles = ["regular", "italic", "bold", "black"];

    public static IEnumerable<BucketPlan> Plan(EstateScript script)
    {
        var dice = script.DiceFor("media");
        yield return Closed("jada-media", "media").Set("cors", BucketDocuments.Cors(EstateNames.Queen)).Put(Pictures(dice, "harbor/", 60, 48, 32));
        yield return Closed("jada-media-archive", "media", EstateNames.East).Set("lifecycle", BucketDocuments.MoveToCheaper)
            .Set("analytics", BucketDocuments.Analytics("age"), "age")
            .Put(Pictures(dice, "2019/", 40, 64, 48).Select(each => each.With("x-amz-storage-class", "STANDARD_IA")));
        yield return Closed("jada-photos-originals", "media").Set("requestPayment", BucketDocuments.RequesterPays)
            .Set("intelligent-tiering", BucketDocuments.Tiering("cold", 180), "cold")
            .Put(Pictures(dice, "card-07/", 40, 200, 140).Select(each => each
                .With("x-amz-storage-class", "INTELLIGENT_TIERING")
                .With("x-amz-meta-photographer", "=?UTF-8?B?Sm9zw6kgTsO6w7Fleg==?=")
                .With("x-amz-tagging", "keep=long&licence=own")));
        yield return Closed("jada-photos-web", "media").Put(Pictures(dice, "w/", 120, 40, 30));
        yield return Closed("jada-video", "media").Set("accelerate", BucketDocuments.Accelerated)
            .Put(Enumerable.Range(1, 12).Select(clip => ObjectPlan.Bytes($"clips/sail-{clip:00}.mp4", dice.Bytes(dice.Next(300_000, 700_000)))
                .With("Content-Disposition", $"inline; filename=\"sail-{clip:00}.mp4\"")));
        yield return Closed("sailjada-assets", "assets").Set("cors", BucketDocuments.Cors(EstateNames.Sail)).Put(Assets(dice, EstateNames.Sail));
        yield return Closed("queenofsandiego-assets", "assets").Set("cors", BucketDocuments.Cors(EstateNames.Queen)).Put(Assets(dice, EstateNames.Queen));
        yield return Closed("salejada-listings", "assets").Put(Listings(dice));
        yield return Closed("jada-brand", "assets").Put(Enumerable.Range(1, 20).Select(version =>
            ObjectPlan.Words($"logo/v{version:00}.svg", Picture.Svg(dice, $"JADA {version}", "#1b5e8c"))));
        yield return Closed(EstateNames.OddKeysBucket, "uploads").Set("cors", BucketDocuments.Cors(EstateNames.Sail))
            .Set("lifecycle", BucketDocuments.ExpireAfter("tmp/", 14)).Put(OddKeys.Plans());

        foreach (var site in SiteText.Sites)
            yield return Closed($"jada-cdn-origin-{site.Domain.Split('.')[0]}", "cdn-origin").Put(SiteContent.Of(site, script.DiceFor)
                .Where(each => !each.Key.EndsWith(".html", StringComparison.Ordinal)).Select(each => each.At("static/")));
        yield return Closed("jada-cdn-origin-shared", "cdn-origin", EstateNames.East).Put(Enumerable.Range(1, 15).Select(part =>
            ObjectPlan.Words($"js/part-{part:00}.js", $"export const part = {part};\n").With("Cache-Control", "public, max-age=86400")));
        yield return Closed("jada-cdn-fonts", "cdn-origin", EstateNames.East).Set("cors", BucketDocuments.Cors(EstateNames.Sail))
            .Put(FontStyles.Select(style => ObjectPlan.Bytes($"harbor/{style}.woff2", dice.Bytes(18_000))));
    }

    internal static BucketPlan Closed(string name, string purpose, string region = EstateNames.West) =>
        new BucketPlan(name, purpose, region)
            .Set("publicAccessBlock", BucketDocuments.PublicAccessBlock(closed: true))
            .Set("encryption", BucketDocuments.EncryptedByS3)
            .Set("tagging", BucketDocuments.Tags(("purpose", purpose), ("owner", "crew and captain")));

    private static IEnumerable<ObjectPlan> Pictures(Dice dice, string prefix, int count, int width, int height) =>
        Enumerable.Range(1, count).Select(number => ObjectPlan.Bytes($"{prefix}{number:000}.png", Picture.Png(dice, width, height))
            .With("x-amz-meta-taken", $"2025-{dice.Next(1, 13):00}-{dice.Next(1, 29):00}"));

    private static IEnumerable<ObjectPlan> Assets(Dice dice, string site) => Enumerable.Range(1, 25).Select(number =>
        ObjectPlan.Words($"icons/{number:00}.svg", Picture.Svg(dice, $"{site} {number}", "#15324a")).With("Content-Language", "en-US"));

    private static IEnumerable<ObjectPlan> Listings(Dice dice) => Enumerable.Range(1, 30).SelectMany(boat => new[]
    {
        ObjectPlan.Bytes($"boats/{boat:000}/front.png", Picture.Png(dice, 48, 36)),
        ObjectPlan.Words($"boats/{boat:000}/listing.json", $$"""{"boat":{{boat}},"feet":{{dice.Next(19, 68)}},"asking":{{dice.Next(9, 400)}}000}""" + "\n"),
    });
}
