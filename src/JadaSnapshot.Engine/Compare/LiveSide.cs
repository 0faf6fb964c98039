using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>What is there now as a side of a comparison: every document as a snapshot would have it, and objects as they are listed.</summary>
/// <param name="connection">The account.</param>
/// <param name="options">What is asked of the layers.</param>
/// <param name="layers">The layers to look into.</param>
/// <param name="reference">With what it is compared: fingerprints are made with the same key, so that secrets can be compared without being known.</param>
internal sealed class LiveSide(AwsConnection connection, LayerOptions options, IReadOnlyList<string> layers, SnapshotFiles reference) : IEstateSide, IDisposable
{
    private readonly ConcurrentBag<Problem> _unlisted = [];
    private readonly ConcurrentBag<Resource> _found = [];
    private LayerContext? _context;
    private ObjectListings? _listings;

    /// <summary>Says which resources are read; the others are only listed.</summary>
    public Func<Resource, bool> Reads { get; init; } = _ => true;

    /// <summary>Says, once all are listed, which of the others are read as well.</summary>
    public Func<IReadOnlyCollection<Resource>, Func<Resource, bool>> ReadsThen { get; init; } = _ => _ => false;

    /// <summary>Is told of every secret that is met, with its fingerprint.</summary>
    public Action<string, string>? OnSecret { get; init; }

    /// <summary>When the oldest of the reports was made that were used so far; null where none was.</summary>
    public DateTimeOffset? ListedAt { get; private set; }

    /// <summary>All resources that were listed, read or not.</summary>
    public IReadOnlyCollection<Resource> Listed => _found;

    public string Name => "live";

    public IReadOnlyList<string> Layers => layers;

    /// <summary>How far each layer is.</summary>
    public IReadOnlyList<LayerProgress> Progress { get; } = [.. layers.Select(layer => new LayerProgress(layer))];

    public bool IsListed(string layer) => !_unlisted.Any(problem => problem.Layer == layer);

    /// <summary>Whether everything of a kind is among them, where it is known what the service lists it by.</summary>
    public bool IsListed(string layer, string? operation) => operation is null ? IsListed(layer) : !_unlisted.Any(problem => problem.Layer == layer && (problem.Operation.Length == 0 || problem.Operation == operation));

    public async Task<IReadOnlyList<SideResource>> ReadAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        ConcurrentBag<SideResource> found = [];
        _context = new(connection, options, Unlisted);
        _listings = new(_context.S3, _context.Transfers, options.FromInventory is not { } told ? null : origin =>
        {
            if (origin.ListedAt is { } listed && !(ListedAt <= listed)) ListedAt = listed;
            told(origin);
        });
        // No name stands for all of them.
        var all = layers.Count == 0 ? [] : LayerCatalog.Create(_context, layers);
        await CaptureAsync(all, SinkIfRead, null);
        var (readsThen, read) = (ReadsThen(_found), found.Select(side => side.Resource.Key).ToHashSet(StringComparer.Ordinal));
        var others = _found.Where(resource => !read.Contains(resource.Key) && readsThen(resource)).ToLookup(resource => resource.Layer);
        await CaptureAsync(all.Where(layer => others.Contains(layer.Name)), SinkOf, others);
        return [.. found.OrderBy(each => each.Resource.Key, StringComparer.Ordinal)];

        Task CaptureAsync(IEnumerable<ILayer> chosen, Func<Resource, LiveSink?> sinkOf, ILookup<string, Resource>? listed)
        {
            var captures = chosen.Select(layer =>
                new LayerCapture<LiveSink>(layer, Progress.Single(progress => progress.Layer == layer.Name), sinkOf, (resource, sink) => found.Add(new(resource, sink.IsWhole, sink.Files)), Unlisted) { Listed = listed?[layer.Name] });
            return Together.RunAsync(captures.Select(capture => (Func<CancellationToken, Task>)capture.RunAsync), cancel);
        }

        LiveSink? SinkIfRead(Resource resource)
        {
            _found.Add(resource);
            return Reads(resource) ? SinkOf(resource) : null;
        }

        LiveSink SinkOf(Resource resource) =>
            new(ComparisonRules.Of(resource.Layer), Fingerprint, (operation, failure, item) => onProblem(Failure.ToProblem(failure, resource, operation, item)));

        string Fingerprint(string secret)
        {
            var fingerprint = reference.Fingerprints.Of(secret);
            OnSecret?.Invoke(fingerprint, secret);
            return fingerprint;
        }

        void Unlisted(Problem problem)
        {
            _unlisted.Add(problem);
            onProblem(problem);
        }
    }

    public Task RequireAsync(IEnumerable<SideFile> required, CancellationToken cancel) => Task.CompletedTask;

    public IAsyncEnumerable<SideObject> ObjectsAsync(Resource bucket, CancellationToken cancel)
    {
        var place = new BucketPlace(bucket.Name);
        return new ObjectSides(_context!.S3, _context.Transfers, _listings).ListAsync(place, place, cancel).Where(side => !options.ExcludeKeys.Match(side.Key));
    }

    public void Dispose()
    {
        _listings?.Dispose();
        _context?.Dispose();
    }
}
