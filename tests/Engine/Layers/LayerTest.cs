using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>What the tests of layers share: a store, the problems that were met, and the ways to a resource.</summary>
public abstract class LayerTest : IDisposable
{
    private readonly TemporaryStore _store = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected string Store => _store.Path;

    private protected ConcurrentQueue<Problem> Problems { get; } = new();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _store.Dispose();
    }

    private protected async Task<List<T>> ReadAsync<T>(ConnectionOptions options, ResourceView<T> view) where T : class
    {
        using var connection = AwsConnection.Open(options);
        return await new ResourceReader<T>(connection, view).ReadAsync(_ => true, Problems.Enqueue, Cancel).ToListAsync(Cancel);
    }

    private protected async Task<List<ResourceExport>> ExportAsync(ConnectionOptions options, ResourceView view, Func<Resource, bool>? wanted = null, LayerOptions? layers = null)
    {
        using var connection = AwsConnection.Open(options);
        var exporter = new ResourceExporter(connection, view, layers ?? new());
        return await exporter.ExportAsync(Store, resource => ValueTask.FromResult(wanted?.Invoke(resource) ?? true), Problems.Enqueue, Cancel).ToListAsync(Cancel);
    }

    private protected async Task<Snapshot> CaptureAsync(ConnectionOptions options, string layer)
    {
        using var connection = AwsConnection.Open(options);
        return await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = [layer] }).RunAsync(Problems.Enqueue, Cancel);
    }
}
