using System.Text;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Kept;

/// <summary>A bucket that snapshots keep as copies, and the versioned bucket that holds them.</summary>
internal sealed class KeptTest : IAsyncDisposable
{
    public const string Place = "s3://vault/kept";
    public const string Document = "aws-configs/s3/site/copies.jsonl";

    private KeptTest(SyncTest test) => Test = test;

    public SyncTest Test { get; }

    public static async Task<KeptTest> StartAsync(Action<ISandboxService, SandboxRequest, SandboxResponse>? onAnswer = null)
    {
        KeptTest test = new(await SyncTest.StartAsync(onAnswer ?? ((_, _, _) => { })));
        foreach (var bucket in (string[])["site", "vault"]) await test.Test.CreateAsync(bucket);
        await test.VersionAsync("vault", "Enabled");
        return test;
    }

    public Task VersionAsync(string bucket, string status) =>
        Test.CallAsync("PUT", $"/{bucket}?versioning", Encoding.UTF8.GetBytes($"<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>{status}</Status></VersioningConfiguration>"));

    public Task PutAsync(string key, string content, params KeyValuePair<string, string>[] headers) => Test.PutAsync("site", key, content, headers);

    public Task<Snapshot> CaptureAsync(string name, string? @base = null, Func<CaptureOrder, CaptureOrder>? with = null)
    {
        Test.Problems.Clear();
        Test.Host.Requests.Clear();
        return Test.CaptureAsync(name, order =>
        {
            order = order with { Base = @base, Keep = new() { Place = Place } };
            return with?.Invoke(order) ?? order;
        });
    }

    public Task<SnapshotVerification> VerifyAsync(Snapshot snapshot, bool isQuick = false) =>
        SnapshotVerifier.VerifyAsync(snapshot.Path, new CopiesCheck(() => Test.Connection, isQuick, 8), null, SyncTest.Cancel);

    public static List<KeptObject> Lines(Snapshot snapshot) => [.. CopiesDocument.Read(File.OpenRead(Path.Combine(snapshot.Path, Document)), Document, CopiesDocument.PlaceOf(snapshot.KeptInS3!, "site"))];

    /// <summary>Lets the second pass in which an object was written, so that a later copy is known to be later.</summary>
    public static Task PassSecondAsync() => Task.Delay(1000 - DateTime.UtcNow.Millisecond + 20, SyncTest.Cancel);

    /// <summary>Deletes one version of a copy.</summary>
    public Task DeleteAsync(KeptCopy copy) => Test.CallAsync("DELETE", $"/{copy.Bucket}/{Uri.EscapeDataString(copy.Key)}?versionId={copy.VersionId}", []);

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
