using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>What a snapshot is to hold, and where it goes.</summary>
public sealed record CaptureOrder
{
    /// <summary>The folder that holds snapshots.</summary>
    public required string Store { get; init; }

    /// <summary>The snapshot's name.</summary>
    public required string Name { get; init; }

    /// <summary>The layers to capture; all where there are none.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Patterns of object keys to leave out, as the <c>aws</c> command line reads them.</summary>
    public IReadOnlyList<string> ExcludeKeys { get; init; } = [];

    /// <summary>Patterns of buckets to leave out.</summary>
    public IReadOnlyList<string> ExcludeBuckets { get; init; } = [];

    /// <summary>Which buckets are kept as copies in S3 instead of files, and where; null for none.</summary>
    public KeptInS3? Keep { get; init; }

    /// <summary>How jobs of S3 Batch Operations make those copies; null where CopyObject does.</summary>
    public Batch.BatchOrder? KeepBatch { get; init; }

    /// <summary>Whether noncurrent versions of objects are captured as well.</summary>
    public bool AllVersions { get; init; }

    /// <summary>Whether the items of tables are captured as well.</summary>
    public bool IncludeData { get; init; }

    /// <summary>Whether a snapshot of each Lightsail instance is made, and waited for.</summary>
    public bool IncludeInstanceSnapshot { get; init; }

    /// <summary>The names of the only instances of which a snapshot is made; null for all.</summary>
    public IReadOnlyList<string>? InstanceSnapshots { get; init; }

    /// <summary>How long an instance snapshot may take.</summary>
    public TimeSpan InstanceSnapshotPatience { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>The script projects to capture: their ids, by the names that they are to have.</summary>
    public IReadOnlyDictionary<string, string> ScriptProjects { get; init; } = new Dictionary<string, string>();

    /// <summary>Who we are to Google, and where we call it.</summary>
    public GoogleOptions Google { get; init; } = new();

    /// <summary>The folders of this machine to capture.</summary>
    public IReadOnlyList<LocalRoot> LocalRoots { get; init; } = [];

    /// <summary>What is asked of each distribution beyond its configuration and tags.</summary>
    public DistributionDetail DistributionDetail { get; init; } = DistributionDetail.InUse;

    /// <summary>
    /// The finished snapshot of the same account whose files are taken over where they are unchanged: its name in the store, or a path
    /// (which has a slash).
    /// </summary>
    public string? Base { get; init; }

    /// <summary>Who keeps documents with their secrets for those who may open them. The snapshot's own documents have fingerprints in any case.</summary>
    public IReadOnlyList<ISealer> Sealers { get; init; } = [];

    /// <summary>Is told in words of what is no failure and yet should be known, from any thread.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The number of S3 requests that are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Whether an interrupted run of the same name is thrown away instead of continued.</summary>
    public bool Restart { get; init; }

    /// <summary>The version of JadaSnapshot that is noted in the snapshot.</summary>
    public string ToolVersion { get; init; } = typeof(CaptureOrder).Assembly.GetName().Version!.ToString(3);
}

/// <summary>Takes one snapshot: every layer at once, every resource independently of every other.</summary>
public sealed class CaptureRun
{
    private readonly AwsConnection _connection;
    private readonly CaptureOrder _order;
    private readonly Dictionary<string, LayerProgress> _progress;

    /// <summary>Prepares a run.</summary>
    /// <exception cref="ArgumentException">The order names a layer that there is not.</exception>
    public CaptureRun(AwsConnection connection, CaptureOrder order)
    {
        (_connection, _order) = (connection, order);
        _progress = LayerCatalog.Select(order.Layers).ToDictionary(name => name, name => new LayerProgress(name), StringComparer.Ordinal);
        Progress = [.. _progress.Values];
    }

    /// <summary>How far each layer is.</summary>
    public IReadOnlyList<LayerProgress> Progress { get; }

    /// <summary>Takes the snapshot. Cancelled, it leaves what it has so far, and the same order continues it.</summary>
    /// <param name="onProblem">Is told of each thing that cannot be captured, as it happens, from any thread.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="StoreException">The store refuses: a bad name, no room, no right to write.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public async Task<Snapshot> RunAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        var caller = await _connection.GetCallerIdentityAsync(cancel);
        SnapshotWriter? writer = null;
        using var context = new LayerContext(_connection, ToLayerOptions(), Report);
        if (_order.Keep is { } keep && _progress.ContainsKey(S3Layer.LayerName)) await KeptBuckets.RequireVersionsAsync(context.S3, keep, cancel);
        await using var opened = writer = await SnapshotWriter.OpenAsync(ToSnapshotOrder(caller.Account, context.Regions), cancel);
        var secrets = new ResourceSecrets(_order.Store, _order.Sealers);

        if (writer.Finished is { } finished) return finished;

        List<LayerCapture<ResourceSink>> captures = [.. LayerCatalog.Create(context, [.. _progress.Keys]).Select(layer => LayerCapture.Into(writer, layer, _progress[layer.Name], secrets, Note))];
        await Together.RunAsync(captures.Select(capture => (Func<CancellationToken, Task>)capture.RunAsync), cancel);
        await new SummaryCapture(writer, secrets, Report).RunAsync(_order.Name, caller.Account, _progress.Keys, captures.SelectMany(capture => capture.Found), cancel);
        return await writer.FinishAsync([], cancel);

        void Report(Problem problem) => Note(problem, null);

        void Note(Problem problem, Resource? resource)
        {
            if (_progress.TryGetValue(problem.Layer, out var layer)) layer.AddProblem();
            writer!.Report(problem, resource);
            onProblem(problem);
        }
    }

    private LayerOptions ToLayerOptions() => new()
    {
        ThrottleLimit = _order.ThrottleLimit,
        ExcludeKeys = KeyPatterns.Of(_order.ExcludeKeys),
        ExcludeBuckets = KeyPatterns.Of(_order.ExcludeBuckets),
        Keep = _order.Keep,
        KeepBatch = _order.KeepBatch,
        AllVersions = _order.AllVersions,
        IncludeData = _order.IncludeData,
        IncludeInstanceSnapshot = _order.IncludeInstanceSnapshot,
        InstanceSnapshots = _order.InstanceSnapshots,
        InstanceSnapshotPatience = _order.InstanceSnapshotPatience,
        DistributionDetail = _order.DistributionDetail,
        ScriptProjects = _order.ScriptProjects,
        Google = _order.Google,
        LocalRoots = _order.LocalRoots,
        Destination = _order.Store,
        OnWarning = _order.OnWarning,
        OnDoing = (layer, words) => _progress[layer].Current = words,
        Sealers = _order.Sealers,
    };

    private SnapshotOrder ToSnapshotOrder(string account, IReadOnlyList<string> regions) => new()
    {
        Store = _order.Store,
        Name = _order.Name,
        Account = account,
        Regions = regions,
        Layers = [.. _progress.Keys],
        ExcludeKeys = _order.ExcludeKeys,
        ExcludeBuckets = _order.ExcludeBuckets,
        Keep = _order.Keep,
        AllVersions = _order.AllVersions,
        Includes = [.. Includes()],
        Base = _order.Base,
        OnWarning = _order.OnWarning,
        ToolVersion = _order.ToolVersion,
        Restart = _order.Restart,
    };

    private IEnumerable<string> Includes()
    {
        if (_order.IncludeData) yield return "tableItems";
        if (_order.IncludeInstanceSnapshot) yield return "instanceSnapshots";
    }
}
