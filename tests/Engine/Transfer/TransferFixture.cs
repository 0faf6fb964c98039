using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

/// <summary>A sandbox with the bucket <c>bucket</c>, and the engine's S3 client for it, which does not wait long before it tries again.</summary>
internal sealed class TransferFixture : IAsyncDisposable
{
    private readonly RunningSandbox _sandbox;
    private readonly AwsConnection _connection;

    private TransferFixture(RunningSandbox sandbox)
    {
        _sandbox = sandbox;
        _connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host) with { Region = "us-east-1" });
        S3 = new(_connection, connections: 8) { FirstPause = TimeSpan.FromMilliseconds(1) };
    }

    public SandboxHost Host => _sandbox.Host;

    public SandboxClient Client => _sandbox.Client;

    public S3Client S3 { get; }

    public WorkPool Places { get; } = new(8);

    public static async Task<TransferFixture> StartAsync(SandboxOptions? options = null)
    {
        var fixture = new TransferFixture(await RunningSandbox.StartAsync(options ?? new()));
        await fixture.Client.PutAsync("/bucket");
        return fixture;
    }

    /// <summary>Bytes that follow from their number.</summary>
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Puts an object; back comes how a listing would show it.</summary>
    public async Task<ListedObject> PutAsync(string key, byte[] body, params (string Name, string Value)[] headers)
    {
        var answer = await Client.SendAsync("PUT", "/bucket/" + key, body, headers);
        Assert.Equal(200, answer.Status);
        return new(key, body.Length, answer.Headers["ETag"].Trim('"'), default, "STANDARD");
    }

    public void Add(string fault) => Host.Faults.Add(Fault.Parse(fault));

    public Task<ObjectRecord> DownloadAsync(ListedObject listed, IReceivedFile file, string bucket = "bucket") =>
        new ObjectDownload(S3, Places).DownloadAsync(bucket, listed, file, TestContext.Current.CancellationToken);

    /// <summary>The GETs of objects, whole or in part. The last is logged just after it was answered: so many are waited for.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> GetsAsync(int atLeast)
    {
        for (var wait = 0; wait < 500 && Host.Requests.Count("s3", "GetObject") < atLeast; wait++) await Task.Delay(10, TestContext.Current.CancellationToken);
        return [.. Host.Requests.Entries.Where(request => request.Operation == "GetObject").OrderBy(request => request.Sequence)];
    }

    public async ValueTask DisposeAsync()
    {
        Places.Dispose();
        S3.Dispose();
        _connection.Dispose();
        await _sandbox.DisposeAsync();
    }
}
