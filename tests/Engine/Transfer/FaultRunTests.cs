using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class FaultRunTests
{
    private static readonly SyntheticBucket Small = new() { Name = "small", Count = 4_800, Size = 3_000 };
    private static readonly SyntheticBucket Middling = new() { Name = "middling", Count = 200, Size = 300_000 };

    /// <summary>Each meets one GET of an object in sixty; the first eight also pages of listings. Together they meet one request in five.</summary>
    private static readonly string[] Faults =
    [
        "kind=error,status=500,code=InternalError", "kind=error,status=503,code=ServiceUnavailable", "kind=throttle", "kind=reset", "kind=resetmidbody",
        "kind=truncatebody", "kind=expirecredentials", "kind=longbody",
        "kind=corruptbody", "kind=wrongchecksum", "kind=redirect", "kind=change", "kind=vanish", "kind=deny",
    ];

    [Fact]
    public async Task Of_5000_objects_while_one_request_in_five_fails_each_arrives_right_or_is_named()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await SandboxHost.StartAsync(new()
        {
            Estate = SandboxEstate.Empty,
            Budgets = false,
            Seed = 5000,
            SyntheticBuckets = [Small, Middling],
            Faults =
            [
                .. Faults.Select(fault => Fault.Parse(fault + ",service=s3,operation=GetObject,rate=0.016")),
                .. Faults.Take(8).Select(fault => Fault.Parse(fault + ",service=s3,operation=ListObjectsV2,rate=0.03")),
            ],
        }, cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var problems = new ConcurrentQueue<Problem>();
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "faulty", Layers = ["s3"] }).RunAsync(problems.Enqueue, cancel);

        var arrived = await CheckAsync(snapshot, cancel);
        var named = problems.Where(problem => problem.Operation == "GetObject").Select(problem => problem.Resource).ToHashSet();
        Assert.DoesNotContain(problems, problem => problem.Operation != "GetObject");
        Assert.All(problems, problem => Assert.Contains(problem.ErrorCode, (string[])["AccessDenied", "NoSuchKey", "ChecksumMismatch", "ExpiredToken", "PreconditionFailed", "PermanentRedirect", "SlowDown", "InternalError"]));
        Assert.Empty(arrived.Intersect(named));
        Assert.Equal(Small.Count + Middling.Count, arrived.Count + named.Count);
        Assert.InRange(named.Count, 50, 400);

        var requests = host.Requests.Entries.Where(request => request.Operation is "GetObject").ToList();
        Assert.InRange(requests.Count(request => request.Fault is not null), requests.Count * 0.17, requests.Count * 0.23);
        Assert.Equal(Enum.GetValues<FaultKind>().Except([FaultKind.Delay, FaultKind.ClockSkew, FaultKind.NoChecksum, FaultKind.Busy, FaultKind.Drop, FaultKind.Partial]).Count(), requests.Select(request => request.Fault).OfType<string>().Distinct().Count());
    }

    private static async Task<HashSet<string>> CheckAsync(Snapshot snapshot, CancellationToken cancel)
    {
        HashSet<string> arrived = [];
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path))
        {
            if (entry.Object is null) continue;
            var bucket = entry.Path.StartsWith("s3-buckets/small/", StringComparison.Ordinal) ? Small : Middling;
            var number = SyntheticContent.NumberOf(bucket, entry.Object.Key);
            Assert.Equal(bucket.Key(number), entry.Object.Key);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(snapshot.Path, entry.Path), cancel);
            Assert.True(bytes.AsSpan().SequenceEqual(SyntheticContent.Of(bucket, entry.Object.Key)), $"{entry.Path} is not the object.");
            Assert.True(arrived.Add($"{bucket.Name}/{entry.Object.Key}"));
        }
        return arrived;
    }
}
