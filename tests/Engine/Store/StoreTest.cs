using System.Text;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A store in a folder of its own, with a small estate to capture.</summary>
public abstract class StoreTest : IDisposable
{
    protected static readonly Resource Site = Bucket("site");
    protected static readonly Resource Media = Bucket("media");
    protected static readonly Resource Mailer = new() { Layer = "lambda", Kind = "function", Name = "mailer", Id = "mailer", Region = "us-west-2" };

    // A disk takes its time to flush, and these tests flush thousands of files.
    private static readonly string Home = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly string _home = Directory.CreateDirectory(Path.Combine(Home, $"jada-store-{Guid.NewGuid():n}")).FullName;

    protected string Store => Path.Combine(_home, "store");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_home, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static Resource Bucket(string name) => new() { Layer = "s3", Kind = "bucket", Name = name, Id = name, Region = "us-east-1" };

    protected SnapshotOrder Order(Action<string>? onStep = null, int sortRunSize = 20_000) => new()
    {
        Store = Store,
        Name = "v1.0",
        Account = "123456789012",
        Regions = ["us-east-1", "us-west-2"],
        Layers = ["s3", "lambda"],
        ExcludeKeys = ["logs/*"],
        ToolVersion = "0.1.0",
        OnStep = onStep,
        SortRunSize = sortRunSize,
    };

    /// <summary>Captures the estate as the orchestrator does: what an earlier run has is not captured again.</summary>
    protected static async Task<Snapshot> CaptureAsync(SnapshotOrder order, string mailer = "code")
    {
        await using var writer = await SnapshotWriter.OpenAsync(order, Cancel);
        if (writer.Finished is { } finished) return finished;
        foreach (var bucket in new[] { Site, Media })
        {
            if (writer.IsCaptured(bucket)) continue;
            PathAssigner paths = new();
            foreach (var key in new[] { "Index.html", "a b", "a//b", "dir/", "index.html", "é/ß.txt" })
                await WriteObjectAsync(writer, bucket, $"s3-buckets/{bucket.Name}/{paths.Assign(key)}", key, $"{bucket.Name} {key}");
            writer.CompleteResource(bucket);
        }
        if (!writer.IsCaptured(Mailer))
        {
            await writer.WriteAsync(Mailer, "lambda-functions/mailer/code.zip", Encoding.UTF8.GetBytes(mailer), Cancel);
            writer.CompleteResource(Mailer);
        }
        await writer.WriteAsync(SnapshotLayout.OwnFiles, "RECOVERY.md", "Read this first.\n"u8.ToArray(), Cancel);
        return await writer.FinishAsync([], Cancel);
    }

    protected static async Task WriteObjectAsync(SnapshotWriter writer, Resource bucket, string path, string key, string content)
    {
        using var file = writer.Create(bucket, path);
        file.Write(Encoding.UTF8.GetBytes(content));
        await file.CommitAsync(new() { Key = key, ETag = "e", LastModified = DateTimeOffset.UnixEpoch }, DateTimeOffset.UnixEpoch, Cancel);
    }

    protected static Problem Denied(Resource resource) =>
        new() { Layer = resource.Layer, Resource = resource.Name, Operation = "GetBucketPolicy", ErrorCode = "AccessDenied", Message = "Access Denied" };

    protected static async Task<StoreException> RefusalAsync(SnapshotOrder order) =>
        await Assert.ThrowsAsync<StoreException>(() => SnapshotWriter.OpenAsync(order, Cancel));
}
