using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Copies;

/// <summary>A bucket for copies, in an account of its own, so that whatever is read of a snapshot can be told from all else.</summary>
internal sealed class Offsite : IAsyncDisposable
{
    private const string Bucket = "offsite";
    private const string Store = $"s3://{Bucket}/copies";

    private readonly SandboxHost _host;

    private Offsite(SandboxHost host) => (_host, Connection) = (host, AwsConnection.Open(EstateFixture.OptionsFor(host)));

    public AwsConnection Connection { get; }

    public static async Task<Offsite> StartAsync()
    {
        Offsite offsite = new(await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, SyncTest.Cancel));
        await offsite.SendAsync("CreateBucket", null, "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>"u8.ToArray());
        return offsite;
    }

    /// <summary>Copies a snapshot here, and forgets the one that was copied.</summary>
    public async Task<Snapshot> MoveAsync(Snapshot snapshot)
    {
        await new SnapshotCopy(Connection, new() { Snapshot = snapshot, Destination = Store }).RunAsync(problem => Xunit.Assert.Fail($"{problem}"), SyncTest.Cancel);
        StoreFiles.DeleteTree(snapshot.Path);
        return await RemoteStore.ReadAsync(Connection, $"{Store}/{snapshot.Name}", SyncTest.Cancel);
    }

    public Task PutAsync(string path, byte[] content) => SendAsync("PutObject", $"copies/{path}", content);

    public Task<byte[]> GetAsync(string path)
    {
        using var s3 = new S3Client(Connection, 1);
        return s3.GetDocumentAsync(new() { Operation = "GetObject", Bucket = Bucket, Key = $"copies/{path}" }, SyncTest.Cancel);
    }

    /// <summary>The files of a snapshot that were read since this was asked last, in the order of their paths.</summary>
    public async Task<string[]> ReadAsync(string snapshot)
    {
        // What was answered is logged just after.
        await Task.Delay(50, SyncTest.Cancel);
        string[] read = [.. _host.Requests.Entries.Where(request => request.Operation == "GetObject").Select(request => Uri.UnescapeDataString(request.Target.Split('?')[0])[$"/{Bucket}/copies/{snapshot}/".Length..]).Order(StringComparer.Ordinal)];
        _host.Requests.Clear();
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await _host.DisposeAsync();
    }

    private async Task SendAsync(string operation, string? key, byte[] body)
    {
        using var s3 = new S3Client(Connection, 1);
        await s3.ChangeAsync(new() { Operation = operation, Method = HttpMethod.Put, Bucket = Bucket, Key = key, Body = body }, SyncTest.Cancel);
    }
}
