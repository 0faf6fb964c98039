using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Batch;
using JadaSnapshot.Engine.Tests.Copies;
using JadaSnapshot.Engine.Tests.InventoryReports;
using JadaSnapshot.Engine.Tests.Kept;
using JadaSnapshot.Engine.Tests.Layers;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Permissions;

/// <summary>The policies in the documents are enough, and nothing in them is too much.</summary>
public sealed class PolicyTests
{
    [Fact]
    public async Task Copies_in_S3_need_what_scale_md_says()
    {
        await using var test = await CopyTest.StartAsync();
        await test.Test.PutAsync("site", "film", new string('f', CopyTest.FiveMegabytes + 7));
        var (first, second) = (await test.CaptureAsync("v1.0", "a.html", "b.html"), await test.CaptureAsync("v1.1", "b.html"));
        DocumentedPolicy policy = new(test.Test.Host, "scale.md", "Copies of snapshots in S3", ("jada-offsite", "offsite"), ("snapshots/", "copies/"));
        using var connection = policy.Open();
        foreach (var snapshot in (Snapshot[])[first, second]) Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(snapshot, CopyTest.Offsite, connection: connection)).Status);

        // An upload in parts that fails is taken back.
        test.Test.Host.Faults.Add(Fault.Parse("service=s3,operation=UploadPart,match=others,kind=deny"));
        await Assert.ThrowsAsync<ServiceException>(() => test.CopyAsync(first, "s3://offsite/copies/others", connection: connection));
        policy.RequireUsed();

        Assert.Equal(VerificationResult.Whole, (await RemoteVerifier.VerifyAsync(connection, $"{CopyTest.Offsite}/v1.0", isQuick: false, null, 4, SyncTest.Cancel)).Result);
        Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(await test.RemoteAsync("v1.1"), test.Back, connection: connection)).Status);
    }

    [Fact]
    public async Task Listing_from_S3_Inventory_needs_what_scale_md_says()
    {
        await using var test = await InventoryTest.StartAsync();
        await test.World.PutAsync("jada", "index.html", "x");
        test.Deliver();
        DocumentedPolicy policy = new(test.World.Host, "scale.md", "Listing from S3 Inventory", ("jada-media", "jada"), ("jada-reports", "reports"));
        using var connection = policy.Open();
        using var sync = new BucketSync(connection, new() { Destination = test.World.Destination, PlanOnly = true, FromInventory = test.Origins.Add });
        Assert.Equal(1, (await sync.SyncAsync("jada", _ => { }, problem => Assert.Fail($"{problem}"), SyncTest.Cancel)).DownloadedCount);
        Assert.NotNull(Assert.Single(test.Origins).ListedAt);
        policy.RequireUsed();
    }

    [Fact]
    public async Task Copies_by_a_job_need_what_scale_md_says()
    {
        using var stop = new CancellationTokenSource();
        await using var test = await BatchTest.StartAsync((_, request, _) => { if (request.Operation == "DescribeJob") stop.Cancel(); }, "jobs=50ms");
        DocumentedPolicy policy = new(test.Host, "scale.md", "Buckets too big to carry", ("123456789012", test.Host.World.Account), ("role/batch-copy", "role/batch"));
        using var connection = policy.Open();
        await test.PutAsync("source", "page", "page", new KeyValuePair<string, string>("x-amz-server-side-encryption", "aws:kms"));
        await test.PutAsync("source", "moved", "", new KeyValuePair<string, string>("x-amz-tagging", "a=1"));
        await test.PutAsync("source", "film", new string('f', CopyTest.FiveMegabytes));
        await test.PutAsync("source", "gone", "gone");

        // A job that is stopped, another that is found and does not bring everything, and an object that is copied in parts and fails.
        test.Host.Faults.Add(Fault.Parse("service=s3control,operation=S3PutObjectCopy,match=gone,kind=deny"));
        test.Host.Faults.Add(Fault.Parse("service=s3,operation=UploadPartCopy,kind=deny,times=1"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(stop.Token));
        var left = await BatchTest.Jobs(test).CreateAsync(new(BatchTest.Source, BatchTest.Destination, BatchTest.OrderFor(test).Batch!, new("reports", "none"), "0"), SyncTest.Cancel);
        var result = await CopyAsync(SyncTest.Cancel);
        Assert.Equal(3, (await CopyAsync(SyncTest.Cancel)).UnchangedCount);
        Assert.Equal(["source/gone"], test.Problems.Select(problem => problem.Resource));
        Assert.NotEqual(left, result.JobId);
        policy.RequireUsed();

        async Task<BucketCopyResult> CopyAsync(CancellationToken cancel)
        {
            test.Problems.Clear();
            var order = BatchTest.OrderFor(test);
            using var copy = new BucketCopy(connection, order with { Batch = order.Batch! with { Priority = 99 } }) { Parts = new() { From = CopyTest.FiveMegabytes, Size = CopyTest.FiveMegabytes } };
            return await copy.RunAsync(_ => { }, test.Problems.Enqueue, cancel);
        }
    }

    [Fact]
    public async Task Buckets_that_snapshots_keep_in_S3_need_what_scale_md_says()
    {
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync("a", "a", new KeyValuePair<string, string>("x-amz-tagging", "a=1"));
        await test.Test.PutInPartsAsync("site", "film", [new('f', CopyTest.FiveMegabytes), "end"]);
        DocumentedPolicy policy = new(test.Test.Host, "scale.md", "Buckets that snapshots keep in S3", ("jada-archive", "site"), ("jada-kept", "vault"));
        using var connection = policy.Open();
        KeptInS3 keep = new() { Place = KeptTest.Place };
        using MemorySink sink = new();
        using (LayerContext context = new(connection, new() { Keep = keep }, problem => Assert.Fail($"{problem}")))
        {
            await KeptBuckets.RequireVersionsAsync(context.S3, keep, SyncTest.Cancel);
            await new KeptCapture(context, "site", KeptTest.Document, sink).CaptureAsync(() => context.S3.ListObjectsAsync("site", SyncTest.Cancel), SyncTest.Cancel);
        }
        policy.RequireUsed();
        var snapshot = await test.CaptureAsync("v1");
        var found = await SnapshotVerifier.VerifyAsync(snapshot.Path, new CopiesCheck(() => connection, isQuick: false, 4), null, SyncTest.Cancel);
        Assert.Equal((VerificationResult.Whole, 2), (found.Result, found.CopiesChecked));
    }

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::site/a", "", true)]
    [InlineData("S3:getobject", "arn:aws:s3:::site/a", "", true)]
    [InlineData("s3:GetObject", "arn:aws:s3:::other/a", "", false)]
    [InlineData("s3:PutObject", "arn:aws:s3:::site/a", "", false)]
    [InlineData("s3:GetObject", "arn:aws:s3:::site/secret/a", "", false)]
    [InlineData("s3:ListBucket", "arn:aws:s3:::site", "copies/v1.0/", true)]
    [InlineData("s3:ListBucket", "arn:aws:s3:::site", "", false)]
    public void The_sandbox_judges_as_IAM_does(string action, string resource, string prefix, bool isAllowed)
    {
        var policy = AccessPolicy.Parse("""
            { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": "s3:Get*", "Resource": ["arn:aws:s3:::site/*"] },
                { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::site/secret/*" },
                { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::site", "Condition": { "StringLike": { "s3:prefix": "copies/*" } } } ] }
            """);
        Assert.Equal(isAllowed, policy.Allows(new(action, resource, prefix.Length > 0 ? [new("s3:prefix", prefix)] : [])));
    }
}
