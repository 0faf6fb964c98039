using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.S3;

/// <summary>How buckets come back: the bucket, what governs writing to it, its objects, and then what acts on objects.</summary>
internal sealed class S3Runbook : IRunbookPart
{
    public string Layer => S3Layer.LayerName;

    public RunbookStage Stage => RunbookStage.Buckets;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var bucket in source.Of(Layer, "bucket")) Write(bucket, source, page);
    }

    private static void Write(Resource bucket, RunbookSource source, RunbookPage page)
    {
        var folder = BucketConfiguration.FolderOf(bucket.Name);
        var objects = source.Objects.GetValueOrDefault(bucket.Key);
        page.Heading("Bucket", bucket.Name, string.Create(CultureInfo.InvariantCulture, $"{bucket.Region}, {objects?.ObjectCount ?? 0:N0} objects, {objects?.TotalBytes ?? 0:N0} bytes"));
        page.Restore("Restore-JadaBucket", "BucketName", bucket.Name);
        page.Shell(shell =>
        {
            if (bucket.Region == "us-east-1") shell.Add($"aws s3api create-bucket --region {bucket.Region} --bucket {bucket.Name}");
            else shell.Add($"aws s3api create-bucket --region {bucket.Region} --bucket {bucket.Name} --create-bucket-configuration {"LocationConstraint=" + bucket.Region}");
            Put(shell, BucketRequests.BeforeObjects);
            if (source.Has(folder + CopiesDocument.Name)) shell.Add($"copy_objects {bucket.Region} {bucket.Name} {folder + CopiesDocument.Name}");
            else if (objects is not null) shell.Add($"put_objects {bucket.Region} {bucket.Key} {bucket.Name} {$"s3-buckets/{PathNames.FromName(bucket.Name)}/"}");
            if (source.Has(folder + "policy.json"))
                shell.Add($"renew < {folder + "policy.json"} | aws s3api put-bucket-policy --region {bucket.Region} --bucket {bucket.Name} --policy file:///dev/stdin");
            Put(shell, BucketRequests.AfterObjects);
        });
        if (objects is not null)
            page.Shell(shell => shell.Add($"echo \"$(aws s3api list-objects-v2 --region {bucket.Region} --bucket {bucket.Name} --query 'length(Contents)' --output json) of {objects.ObjectCount}\""));
        if (source.Has(folder + CopiesDocument.Name)) page.Add($"Its objects are not in this snapshot: `copies.jsonl` names the copies that are kept of them in S3.");
        if (source.Has(folder + "versions.jsonl"))
            page.Add(source.Below($"s3-versions/{PathNames.FromName(bucket.Name)}/").Any()
                ? "It is versioned. Older versions lie below `s3-versions/` and go back as any object does, before the current ones; they get new version ids."
                : "It is, or was, versioned. What older versions there were stands in `versions.jsonl`.");

        void Put(ShellBlock shell, IReadOnlyList<BucketRequest> requests)
        {
            foreach (var request in requests)
                if (source.Xml(folder + request.File) is { } document)
                    foreach (var (id, configuration) in request.Of(document))
                        shell.Send(new JsonObject { ["Bucket"] = bucket.Name, [request.Member] = configuration }.With("Id", id), request.Command(bucket.Region));
        }
    }
}
