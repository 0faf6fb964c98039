using System.Collections.Concurrent;
using System.Text;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

/// <summary>An empty sandbox, a folder, and the words to change the one and sync it to the other.</summary>
internal sealed class SyncTest : IAsyncDisposable
{
    private const string Region = "us-west-2";

    private readonly TemporaryStore _folder = new();
    private readonly AwsConnection _connection;

    private SyncTest(SandboxHost host)
    {
        Host = host;
        _connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SandboxHost Host { get; }

    public string Destination => _folder.Path;

    public ConcurrentQueue<ObjectChange> Changes { get; } = new();

    public ConcurrentQueue<Problem> Problems { get; } = new();

    public static async Task<SyncTest> StartAsync(params string[] buckets)
    {
        var test = new SyncTest(await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel));
        foreach (var bucket in buckets)
            await test.CallAsync("PUT", "/" + bucket, Encoding.UTF8.GetBytes($"<CreateBucketConfiguration><LocationConstraint>{Region}</LocationConstraint></CreateBucketConfiguration>"));
        return test;
    }

    public Task PutAsync(string bucket, string key, string content, params KeyValuePair<string, string>[] headers) =>
        CallAsync("PUT", $"/{bucket}/{Uri.EscapeDataString(key)}", Encoding.UTF8.GetBytes(content), headers);

    public Task DeleteAsync(string bucket, string key) => CallAsync("DELETE", $"/{bucket}/{Uri.EscapeDataString(key)}", []);

    public async Task<BucketSyncResult> SyncAsync(string bucket, Func<SyncOrder, SyncOrder>? change = null, int? stopAfter = null)
    {
        Changes.Clear();
        Problems.Clear();
        Host.Requests.Clear();
        var order = new SyncOrder { Destination = Destination };
        using var sync = new BucketSync(_connection, change?.Invoke(order) ?? order);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        return await sync.SyncAsync(bucket, done =>
        {
            Changes.Enqueue(done);
            if (Changes.Count == stopAfter) stop.Cancel();
        }, Problems.Enqueue, stop.Token);
    }

    public string[] Done => [.. Changes.Where(change => change.Action != ObjectAction.Keep).Select(change => $"{change.Action} {change.Key} {change.Reason}").Order(StringComparer.Ordinal)];

    public string Read(string bucket, string path) => File.ReadAllText(Path.Combine(Destination, bucket, path));

    public long Calls(string operation) => Host.Requests.Count("s3", operation);

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _folder.Dispose();
        await Host.DisposeAsync();
    }

    private async Task CallAsync(string method, string path, byte[] body, params KeyValuePair<string, string>[] headers) =>
        await new InProcessCaller(Host.World).CallAsync("s3", Region, method, path, [], headers, body, Cancel);
}
