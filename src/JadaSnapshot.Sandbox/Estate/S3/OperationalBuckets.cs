using JadaSnapshot.Sandbox.Estate.Content;
using JadaSnapshot.Sandbox.Estate.Functions;

namespace JadaSnapshot.Sandbox.Estate.S3;

/// <summary>Code, logs, backups and data.</summary>
internal static class OperationalBuckets
{
    private static readonly string[] ScriptProjects = ["jada", "rady-shell", "rady-shell-legacy", "eyd"];

    public static IEnumerable<BucketPlan> Plan(EstateScript script)
    {
        var dice = script.DiceFor("operations");
        var key = $"arn:aws:kms:{EstateNames.West}:{script.World.Account}:key/5d0c1f6e-7a51-4c43-9a5e-3f6b0f3b7c11";

        yield return MediaBuckets.Closed(EstateNames.CodeBucketWest, "lambda-source").Set("policy", BucketDocuments.TlsOnly(EstateNames.CodeBucketWest))
            .Put(FunctionCatalogue.All.Where(each => each.Region == EstateNames.West && each.Source == CodeSource.Bucket).Select(Code))
            .Put(OperationalContent.Repository(dice, 12));
        yield return MediaBuckets.Closed(EstateNames.CodeBucketEast, "lambda-source", EstateNames.East)
            .Put(FunctionCatalogue.All.Where(each => each.Region == EstateNames.East && each.Source == CodeSource.Bucket).Select(Code));
        yield return MediaBuckets.Closed(EstateNames.LayerBucket, "lambda-source")
            .Put(LayerCatalogue.Versions.Select(each => ObjectPlan.Bytes(each.Key, each.Zip())));

        yield return MediaBuckets.Closed(EstateNames.LogsWest, "logs").Set("policy", BucketDocuments.LogDelivery(EstateNames.LogsWest, script.World.Account))
            .Set("lifecycle", BucketDocuments.ExpireAfter("logs/", 90)).Put(OperationalContent.AccessLogs(dice, EstateNames.Sites, 180));
        yield return MediaBuckets.Closed(EstateNames.LogsEast, "logs", EstateNames.East).Put(OperationalContent.AccessLogs(dice, ["jada-media-archive"], 30));
        yield return MediaBuckets.Closed(EstateNames.DistributionLogs, "logs", EstateNames.East)
            .Set("ownershipControls", BucketDocuments.OwnedBy("BucketOwnerPreferred")).Put(OperationalContent.DistributionLogs(dice, 60));

        yield return MediaBuckets.Closed("jada-backup", "backup").Set("lifecycle", BucketDocuments.MoveToCheaper)
            .Set("logging", BucketDocuments.LogTo(EstateNames.LogsWest, "logs/jada-backup/"))
            .Set("inventory", BucketDocuments.Inventory("weekly", "jada-monitoring"), "weekly")
            .Put(OperationalContent.Archives(dice, "sites/", 10, 300_000)).Put(OperationalContent.PreviousSnapshots(dice, 40));
        yield return Versioned(MediaBuckets.Closed(EstateNames.VersionsBucket, "backup"), dice).Set("encryption", BucketDocuments.EncryptedBy(key));
        yield return MediaBuckets.Closed("jada-gas-backup", "backup").Set("versioning", BucketDocuments.Versioning("Enabled"))
            .Put(Scripts("first")).Put(Scripts("second")).PutSuspended(ObjectPlan.Words("eyd/Code.gs", "// kept without a version\n"));

        yield return MediaBuckets.Closed("jada-data", "data").Set("policy", BucketDocuments.TlsOnly("jada-data"))
            .Put(OperationalContent.Exports(dice, "tides/", 40));
        yield return MediaBuckets.Closed("jada-bookings-export", "data").Set("encryption", BucketDocuments.EncryptedBy(key))
            .Put(OperationalContent.Exports(dice, "weekly/", 60));
        yield return MediaBuckets.Closed("jada-dashboard", "data").Put(Enumerable.Range(1, 15).Select(card =>
            ObjectPlan.Words($"cards/{card:00}.json", $$"""{"card":{{card}},"open":{{dice.Next(9)}}}""" + "\n").With("Cache-Control", "no-store")));
        yield return MediaBuckets.Closed("jada-monitoring", "monitoring").Put(Enumerable.Range(1, 24).Select(hour =>
            ObjectPlan.Words($"canary/{hour - 1:00}.jsonl", $$"""{"hour":{{hour - 1}},"milliseconds":{{dice.Next(40, 900)}}}""" + "\n")));
        yield return MediaBuckets.Closed("jada-ops-memory", "data").Put(OperationalContent.Repository(dice, 40))
            .Put(Enumerable.Range(1, 20).Select(note => ObjectPlan.Words($"notes/decision-{note:000}.md", $"# Decision {note}\n\n{dice.Pick(SiteText.Sentences)}\n")));
        yield return new BucketPlan(EstateNames.EmptyBucket, "processing");
    }

    private static ObjectPlan Code(FunctionPlan function) => ObjectPlan.Bytes(function.SourceKey, function.Zip());

    private static IEnumerable<ObjectPlan> Scripts(string edition) => ScriptProjects
        .SelectMany(project => new[]
        {
            ObjectPlan.Words($"{project}/Code.gs", $"function main() {{ console.log('{project}, {edition}'); }}\n"),
            ObjectPlan.Words($"{project}/appsscript.json", "{\"timeZone\":\"America/Los_Angeles\",\"runtimeVersion\":\"V8\"}\n"),
        });

    private static BucketPlan Versioned(BucketPlan bucket, Dice dice)
    {
        bucket.Set("versioning", BucketDocuments.Versioning("Enabled"));
        for (var edition = 1; edition <= 6; edition++)
            bucket.Put(Enumerable.Range(1, 10).Select(file => ObjectPlan.Words($"config/{file:00}.json", $$"""{"edition":{{edition}},"value":"{{dice.Hex(24)}}"}""" + "\n")));
        return bucket.Put(Enumerable.Range(9, 2).Select(file => ObjectPlan.Deletion($"config/{file:00}.json")))
            .Put(ObjectPlan.Deletion("config/10.json"))
            .Put(OperationalContent.Archives(dice, "home/", 4, 150_000));
    }
}
