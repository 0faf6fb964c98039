using JadaSnapshot.Sandbox.Estate.Content;

namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>The buckets of the three sites, their redirects, their staging and the sites under them.</summary>
internal static class SiteBuckets
{
    private static readonly string[] Retired = ["old-menu.html", "covid.html", "img/old-logo.gif"];

    public static IEnumerable<BucketPlan> Plan(EstateScript script)
    {
        foreach (var site in SiteText.Sites)
        {
            var content = SiteContent.Of(site, script.DiceFor);
            var staging = content.Select(each => StagingDrift.Apply(site.Domain, each)).ToList();
            var pair = EstateNames.StagingPairs.Single(each => each.Bucket == site.Domain);

            var production = Public(new BucketPlan(site.Domain, "production"), site.Domain)
                .Set("website", site.Domain == EstateNames.Sail ? BucketDocuments.WebsiteWithRules : BucketDocuments.Website)
                .Set("cors", BucketDocuments.Cors(site.Domain))
                .Set("logging", BucketDocuments.LogTo(EstateNames.LogsWest, $"logs/{site.Domain}/"));
            if (site.Domain == EstateNames.Queen) KeepHistory(script, production, content);
            production.Put(content);

            if (pair.StagingBucket == site.Domain)
                production.Put(staging.Select(each => each.At(pair.StagingPrefix)));
            else
                yield return Public(new BucketPlan(pair.StagingBucket, "staging"), site.Domain)
                    .Set("website", BucketDocuments.Website)
                    .Put(staging);

            yield return production;
            yield return new BucketPlan($"www.{site.Domain}", "redirect")
                .Set("website", BucketDocuments.RedirectTo(site.Domain))
                .Set("publicAccessBlock", BucketDocuments.PublicAccessBlock(closed: true));
        }

        foreach (var domain in EstateNames.SubSites)
        {
            var content = SiteContent.OfEvent(domain, script.DiceFor);
            var bucket = Public(new BucketPlan(domain, "production"), domain).Set("website", BucketDocuments.Website).Put(content);
            if (domain == EstateNames.BobDylan) bucket.Put(content.Select(each => each.At("staging/")));
            yield return bucket;
        }
    }

    private static BucketPlan Public(BucketPlan bucket, string site) => bucket
        .Set("publicAccessBlock", BucketDocuments.PublicAccessBlock(closed: false))
        .Set("ownershipControls", BucketDocuments.OwnedBy("BucketOwnerEnforced"))
        .Set("policy", BucketDocuments.PublicRead(bucket.Name))
        .Set("encryption", BucketDocuments.EncryptedByS3)
        .Set("tagging", BucketDocuments.Tags(("site", site), ("stage", bucket.Purpose)));

    private static void KeepHistory(EstateScript script, BucketPlan bucket, IReadOnlyList<ObjectPlan> content)
    {
        bucket.Set("versioning", BucketDocuments.Versioning("Enabled"))
            .Set("replication", BucketDocuments.ReplicateTo(EstateNames.VersionsBucket, $"arn:aws:iam::{script.World.Account}:role/jada-s3-replication"))
            .Set("metrics", BucketDocuments.Metrics("pages", ""), "pages")
            .Set("metrics", BucketDocuments.Metrics("pictures", "img/"), "pictures");
        bucket.Put(content.Take(12).Select(each => each with { Body = "<!doctype html><title>An earlier page</title>\n"u8.ToArray() }));
        foreach (var retired in Retired)
            bucket.Put(ObjectPlan.Words(retired, "This page was here once.\n"), ObjectPlan.Deletion(retired));
    }
}
