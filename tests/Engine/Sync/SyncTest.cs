using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Compare;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

/// <summary>An empty sandbox, a folder, and the words to change the one and sync it to the other.</summary>
internal sealed class SyncTest : IAsyncDisposable
{
    private const string Region = "us-west-2";

    private readonly TemporaryStore _folder = new();

    private SyncTest(SandboxHost host)
    {
        Host = host;
        Connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SandboxHost Host { get; }

    public AwsConnection Connection { get; }

    public string Destination => _folder.Path;

    public ConcurrentQueue<ObjectChange> Changes { get; } = new();

    public ConcurrentQueue<Problem> Problems { get; } = new();

    public static async Task<SyncTest> StartAsync(params string[] buckets)
    {
        var test = await StartAsync((_, _, _) => { });
        foreach (var bucket in buckets) await test.CreateAsync(bucket);
        return test;
    }

    /// <summary>Without buckets, and told of every answer before it is sent.</summary>
    public static async Task<SyncTest> StartAsync(Action<ISandboxService, SandboxRequest, SandboxResponse> onAnswer, Settling? settling = null) =>
        new(await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, OnAnswer = onAnswer, Settling = settling ?? new() }, Cancel));

    public Task CreateAsync(string bucket, string region = Region, params KeyValuePair<string, string>[] headers) =>
        CallAsync("PUT", "/" + bucket, Encoding.UTF8.GetBytes($"<CreateBucketConfiguration><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"), region, headers);

    public async Task<(SandboxResponse Answer, string Content)> GetAsync(string bucket, string key)
    {
        var answer = await CallAsync("GET", $"/{bucket}/{Uri.EscapeDataString(key)}", []);
        if (answer.Write is null) return (answer, Encoding.UTF8.GetString(answer.Body.Span));
        using var content = new MemoryStream();
        await answer.Write(content, Cancel);
        return (answer, Encoding.UTF8.GetString(content.ToArray()));
    }

    public async Task<string[]> KeysAsync(string bucket)
    {
        using var s3 = new S3Client(Connection, 1);
        return await s3.ListObjectsAsync(bucket, Cancel).Select(listed => listed.Key).ToArrayAsync(Cancel);
    }

    public Task PutAsync(string bucket, string key, string content, params KeyValuePair<string, string>[] headers) =>
        CallAsync("PUT", $"/{bucket}/{Uri.EscapeDataString(key)}", Encoding.UTF8.GetBytes(content), Region, headers);

    public Task DeleteAsync(string bucket, string key) => CallAsync("DELETE", $"/{bucket}/{Uri.EscapeDataString(key)}", []);

    public async Task<BucketSyncResult> SyncAsync(string bucket, Func<SyncOrder, SyncOrder>? change = null, int? stopAfter = null)
    {
        Changes.Clear();
        Problems.Clear();
        Host.Requests.Clear();
        var order = new SyncOrder { Destination = Destination };
        using var sync = new BucketSync(Connection, change?.Invoke(order) ?? order);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        return await sync.SyncAsync(bucket, done =>
        {
            Changes.Enqueue(done);
            if (Changes.Count == stopAfter) stop.Cancel();
        }, Problems.Enqueue, stop.Token);
    }

    public async Task<BucketCopyResult> CopyAsync(BucketCopyOrder order, PartRule? parts = null, CancellationToken? cancel = null)
    {
        Changes.Clear();
        Problems.Clear();
        Host.Requests.Clear();
        using var copy = new BucketCopy(Connection, order) { Parts = parts };
        return await copy.RunAsync(Changes.Enqueue, Problems.Enqueue, cancel ?? Cancel);
    }

    public Task<Snapshot> CaptureAsync(string name, Func<CaptureOrder, CaptureOrder>? with = null)
    {
        var order = new CaptureOrder { Store = Destination, Name = name, Layers = ["s3"] };
        return new CaptureRun(Connection, with?.Invoke(order) ?? order).RunAsync(Problems.Enqueue, Cancel);
    }

    internal async Task<ObjectCounts> RestoreAsync(Snapshot snapshot, string bucket, Func<BucketRestoreOrder, BucketRestoreOrder>? change = null, PartRule? parts = null, int? stopAfter = null)
    {
        Changes.Clear();
        Problems.Clear();
        Host.Requests.Clear();
        var order = new BucketRestoreOrder { Side = await snapshot.ReadAsync(Cancel, Connection), Bucket = new() { Layer = "s3", Kind = "bucket", Region = Region, Id = bucket, Name = bucket } };
        using var context = new LayerContext(Connection, new() { ThrottleLimit = 8 }, Problems.Enqueue);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        return await new BucketRestore(context, change?.Invoke(order) ?? order) { Parts = parts ?? new() }.RunAsync(done =>
        {
            Changes.Enqueue(done);
            if (Changes.Count == stopAfter) stop.Cancel();
        }, Problems.Enqueue, stop.Token);
    }

    /// <summary>Puts an object in parts.</summary>
    public async Task PutInPartsAsync(string bucket, string key, IReadOnlyList<string> parts, params KeyValuePair<string, string>[] headers)
    {
        var path = $"/{bucket}/{Uri.EscapeDataString(key)}";
        var begun = XElement.Parse(Encoding.UTF8.GetString((await CallAsync("POST", path + "?uploads", [], Region, headers)).Body.Span));
        var upload = begun.Elements().Single(element => element.Name.LocalName == "UploadId").Value;
        var sent = new StringBuilder();
        for (var number = 1; number <= parts.Count; number++)
        {
            var etag = (await CallAsync("PUT", $"{path}?partNumber={number}&uploadId={upload}", Encoding.UTF8.GetBytes(parts[number - 1]))).Headers.Single(header => header.Key == "ETag").Value;
            sent.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{number}</PartNumber><ETag>{etag.Replace("\"", "&quot;", StringComparison.Ordinal)}</ETag></Part>");
        }
        await CallAsync("POST", $"{path}?uploadId={upload}", Encoding.UTF8.GetBytes($"<CompleteMultipartUpload>{sent}</CompleteMultipartUpload>"));
    }

    /// <summary>Has an archived object be readable for a day.</summary>
    public Task ThawAsync(string bucket, string key) => CallAsync("POST", $"/{bucket}/{Uri.EscapeDataString(key)}?restore", []);

    public async Task EmptyAsync(string bucket)
    {
        foreach (var key in await KeysAsync(bucket)) await DeleteAsync(bucket, key);
    }

    public string[] Done => [.. Changes.Where(change => change.Action != ObjectAction.Keep).Select(change => $"{change.Action} {change.Key} {change.Reason}").Order(StringComparer.Ordinal)];

    public string Read(string bucket, string path) => File.ReadAllText(Path.Combine(Destination, bucket, path));

    public long Calls(string operation) => Host.Requests.Count("s3", operation);

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        _folder.Dispose();
        await Host.DisposeAsync();
    }

    public async Task<SandboxResponse> CallAsync(string method, string target, byte[] body, string region = Region, params KeyValuePair<string, string>[] headers)
    {
        var (path, query) = target.Split('?') is [var before, var after] ? (before, after) : (target, "");
        KeyValuePair<string, string>[] parameters = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair.ElementAtOrDefault(1) ?? ""))];
        return await new InProcessCaller(Host.World).CallAsync("s3", region, method, path, parameters, headers, body, Cancel);
    }
}
