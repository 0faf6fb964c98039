using System.Collections.Concurrent;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Copies;

/// <summary>A snapshot of a bucket, a bucket to copy it to, and a folder to copy it back to.</summary>
internal sealed class CopyTest : IAsyncDisposable
{
    public const string Offsite = "s3://offsite/copies";
    public const int FiveMegabytes = 5 << 20;

    private static readonly PartRule Parts = new() { From = FiveMegabytes, Size = FiveMegabytes };

    private readonly TemporaryStore _back = new();

    private CopyTest(SyncTest test) => Test = test;

    public SyncTest Test { get; }

    public string Back => _back.Path;

    public ConcurrentQueue<Problem> Problems { get; } = new();

    public static async Task<CopyTest> StartAsync(Action<ISandboxService, SandboxRequest, SandboxResponse>? onAnswer = null)
    {
        CopyTest test = new(await SyncTest.StartAsync(onAnswer ?? ((_, _, _) => { })));
        foreach (var bucket in (string[])["site", "offsite"]) await test.Test.CreateAsync(bucket);
        return test;
    }

    public async Task<Snapshot> CaptureAsync(string name, params string[] keys)
    {
        foreach (var key in keys) await Test.PutAsync("site", key, $"{name} {key}");
        return await Test.CaptureAsync(name, order => order with { ExcludeKeys = ["copies/*"] });
    }

    public async Task<SnapshotCopyResult> CopyAsync(Snapshot snapshot, string destination, Func<SnapshotCopyOrder, SnapshotCopyOrder>? change = null, AwsConnection? connection = null)
    {
        Problems.Clear();
        Test.Host.Requests.Clear();
        SnapshotCopyOrder order = new() { Snapshot = snapshot, Destination = destination };
        return await new SnapshotCopy(connection ?? Test.Connection, change?.Invoke(order) ?? order) { Parts = Parts }.RunAsync(Problems.Enqueue, SyncTest.Cancel);
    }

    public Task<Snapshot> RemoteAsync(string name) => RemoteStore.ReadAsync(Test.Connection, $"{Offsite}/{name}", SyncTest.Cancel);

    public async Task<string[]> SentAsync()
    {
        // What was answered is logged just after.
        await Task.Delay(50, SyncTest.Cancel);
        return [.. Test.Host.Requests.Entries.Where(request => request.Operation is "PutObject" or "CompleteMultipartUpload").Select(request => Uri.UnescapeDataString(request.Target.Split('?')[0])).Order(StringComparer.Ordinal)];
    }

    /// <summary>What lies below a folder: each file's path, bytes and mode.</summary>
    public static string[] Tree(string folder) => [.. SnapshotTree.Walk(folder).Select(file => Path.Combine(folder, file.Path)).Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetRelativePath(folder, path)} {FileDigest.Of(path, new FileInfo(path).Length, SyncTest.Cancel).Digest} {(OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path))}")];

    public Task PutAsync(string key, string content) => Test.PutAsync("offsite", key, content);

    public async ValueTask DisposeAsync()
    {
        _back.Dispose();
        await Test.DisposeAsync();
    }
}
