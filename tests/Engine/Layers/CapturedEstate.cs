using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>An estate whose clock stands still, so that a service says the same whenever it is asked, and a snapshot of some of its layers.</summary>
internal sealed class CapturedEstate : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();

    private CapturedEstate(SandboxHost host)
    {
        Host = host;
        Connection = AwsConnection.Open(EstateFixture.OptionsFor(host) with { Regions = ["us-east-1"] });
    }

    public SandboxHost Host { get; }

    public AwsConnection Connection { get; }

    public ConcurrentQueue<Problem> Problems { get; } = [];

    public Snapshot Snapshot { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<CapturedEstate> TakeAsync(string layer, params string[] faults) => TakeAsync(layer, order => order, faults);

    public static async Task<CapturedEstate> TakeAsync(string layer, Func<CaptureOrder, CaptureOrder> with, params string[] faults)
    {
        var estate = new CapturedEstate(await SandboxHost.StartAsync(new() { Budgets = false, Clock = new ManualClock(DateTimeOffset.UtcNow) }, Cancel));
        foreach (var fault in faults) estate.Host.Faults.Add(Fault.Parse(fault));
        await estate.CaptureAsync("v1.0", layer, with);
        return estate;
    }

    public async Task<Snapshot> CaptureAsync(string name, string layer, Func<CaptureOrder, CaptureOrder> with) =>
        Snapshot = await new CaptureRun(Connection, with(new() { Store = _store.Path, Name = name, Layers = [layer] })).RunAsync(Problems.Enqueue, Cancel);

    public bool Has(string path) => File.Exists(Path.Combine(Snapshot.Path, path));

    public byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Snapshot.Path, path));

    /// <summary>Every file of the snapshot below a folder, by its path from there.</summary>
    public IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Snapshot.Path, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(Snapshot.Path, folder), path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>A file holds, byte for byte, what the service answers to a request.</summary>
    public async Task AssertVerbatimAsync(string path, WireClient service, WireRequest request)
    {
        var sent = (await service.SendAsync(request, Cancel)).Body;
        Assert.True(sent.AsSpan().SequenceEqual(Read(path)), $"{path} is not what {request.Operation} answers.");
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Host.DisposeAsync();
        _store.Dispose();
    }
}
