using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// Brings what a snapshot holds back: looks at what is there, makes the steps, and carries them out. A run that is cut off is continued by
/// the next: what was done is equal then, and what was made is known by the journal.
/// </summary>
public sealed class RestoreRun : IDisposable
{
    private readonly RestoreSession _session;
    private readonly LiveSide _live;
    private readonly IReadOnlyList<SideResource> _resources;
    private readonly IReadOnlyList<string> _layers;
    private readonly RestoreSelection _selection;
    private IReadOnlyList<PlannedStep>? _steps;

    private RestoreRun(RestoreSession session, IReadOnlyList<SideResource> resources, RestoreSelection selection, LiveSide live, IReadOnlyList<string> layers) =>
        (_session, _resources, _selection, _live, _layers) = (session, resources, selection, live, layers);

    /// <summary>How far the look at what is there is.</summary>
    public IReadOnlyList<LayerProgress> Progress => _live.Progress;

    /// <summary>The differences that no restore takes away, each with its reason; known once the plan is made.</summary>
    public IReadOnlyCollection<RecoveryFinding> Losses => _session.Losses;

    /// <summary>Opens a run; reads the snapshot, and changes nothing.</summary>
    /// <param name="files">The snapshot. It is not disposed of.</param>
    /// <param name="target">Where it is restored to.</param>
    /// <param name="selection">What of it.</param>
    /// <param name="onProblem">Is told of what cannot be looked at, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">The snapshot is not finished, or cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no layer of one of the names.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public static async Task<RestoreRun> OpenAsync(SnapshotFiles files, RestoreTarget target, RestoreSelection selection, Action<Problem> onProblem, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(selection);
        var names = LayerCatalog.Select(selection.Layers);
        var (session, resources) = await RestoreSession.OpenAsync(files, target, onProblem, cancel);
        await RequireAsync(session, resources, LayersOf(session, names), selection, cancel);
        if (selection.As is { } restored) resources = [.. resources.Select(side => selection.Wants(side.Resource) ? restored(side) : side)];
        var layers = LayersOf(session, names);
        var wanted = resources.Where(side => layers.Contains(side.Resource.Layer) && selection.Wants(side.Resource)).ToList();
        var options = target.Options with
        {
            OmitMissing = true,
            // What the snapshot was to say nothing about is none of the restore's, and -Prune must not delete it.
            ExcludeBuckets = KeyPatterns.Of(KeptBuckets.NotIn(files.Snapshot)),
            ScriptProjects = ScriptProjects(session, wanted),
            LocalRoots = LocalRoots(session, wanted),
            // What a snapshot does not hold of a distribution need not be asked for, and what it holds has to be.
            DistributionDetail = resources.Any(side => side.Files.Any(file => file.Path.EndsWith("/" + DistributionRestorer.Monitoring, StringComparison.Ordinal))) ? DistributionDetail.All : DistributionDetail.Configuration,
        };
        // In another place the ids of everything are others, so that all of it is listed.
        var listed = session.IsSamePlace ? layers.Union((await Prerequisites.OfAsync(session, wanted, resources, _ => true, cancel)).Keys.Select(side => side.Resource.Layer)) : session.Side.Layers;
        var reading = new RestoreReading(session, wanted, layers, options.ScriptProjects.Values);
        var live = new LiveSide(target.Connection, options, [.. listed.Where(layer => IsAsked(layer, options)).Order(StringComparer.Ordinal)], files)
        {
            Reads = reading.Reads,
            ReadsThen = reading.ReadsThen,
            OnSecret = session.Secrets.Learn,
        };
        return new(session, resources, selection, live, layers);
    }

    /// <summary>Looks at what is there and makes the steps, in the order in which they are taken. Changes nothing.</summary>
    /// <exception cref="StoreException">A document of the snapshot is not as it was captured.</exception>
    public async Task<IReadOnlyList<RestoreStep>> PlanAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        List<ManifestEntry> sealedFiles = [.. _resources.Where(side => _layers.Contains(side.Resource.Layer) && _selection.Wants(side.Resource) && RestoreReading.HasDocuments(side.Resource))
            .SelectMany(side => _session.Side.AllFiles(side.Resource.Key)).Where(file => SealedFile.IsSealed(file.Path))];
        await _session.Files.RequireAsync(sealedFiles, cancel);
        foreach (var file in sealedFiles) await _session.Secrets.LearnAsync(_session.Files.Of(file), cancel);
        var read = await _live.ReadAsync(onProblem, cancel);
        var matching = new RestoreMatching(_session, _resources, _live.Listed, read);
        await matching.MatchAsync(cancel);
        var planner = new RestorePlanner(_session, _resources, matching, _live.IsListed);
        _steps = await planner.PlanAsync(_selection.Wants, _layers, cancel);
        return [.. _steps.Select(step => step.Step)];
    }

    /// <summary>Carries steps out that <see cref="PlanAsync"/> made. What fails is one result, and the rest goes on.</summary>
    /// <param name="steps">The ids of the steps (<see cref="RestoreStep.Id"/>).</param>
    /// <param name="cancel">Ends it; what was begun is not undone.</param>
    public async IAsyncEnumerable<RestoreResult> ApplyAsync(IReadOnlySet<string> steps, [EnumeratorCancellation] CancellationToken cancel)
    {
        var planned = _steps ?? throw new InvalidOperationException("There is no plan yet.");
        await foreach (var result in new RestoreExecutor(_session).RunAsync([.. planned.Where(step => steps.Contains(step.Step.Id))], cancel)) yield return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _live.Dispose();
        _session.Dispose();
    }

    private static List<string> LayersOf(RestoreSession session, IReadOnlyList<string> names) => [.. session.Side.Layers.Intersect(names)];

    // Where ids stay, only what is wanted is looked at; elsewhere all that it may speak of is called otherwise.
    private static async Task RequireAsync(RestoreSession session, IReadOnlyList<SideResource> resources, List<string> layers, RestoreSelection selection, CancellationToken cancel)
    {
        List<SideResource> wanted = [.. resources.Where(side => layers.Contains(side.Resource.Layer) && selection.Wants(side.Resource))];
        await session.RequireAsync(session.IsSamePlace ? wanted : resources, cancel);
        await session.Files.RequireAsync(wanted.Where(side => side.Resource.Layer == LocalFilesLayer.LayerName).SelectMany(side => session.Side.AllFiles(side.Resource.Key).Where(file => LocalEntries.IsOf(side.Resource, file))), cancel);
    }

    // Google lists no projects: they are where an earlier restore made them, where the caller says, or where they were.
    private static Dictionary<string, string> ScriptProjects(RestoreSession session, IEnumerable<SideResource> wanted) => wanted.Select(side => side.Resource).Where(resource => resource.Layer == AppsScriptLayer.LayerName)
        .ToDictionary(project => project.Name, project => session.Journal.Made(project.Key) is [var made, ..] ? made : session.Target.Options.ScriptProjects.GetValueOrDefault(project.Name, project.Id), StringComparer.Ordinal);

    private static List<LocalRoot> LocalRoots(RestoreSession session, IEnumerable<SideResource> wanted) =>
    [
        .. from side in wanted
           where side.Resource.Layer == LocalFilesLayer.LayerName
           let path = LocalDestination.Of(session, side.Resource)
           where path is not null
           select new LocalRoot { Name = side.Resource.Name, Path = path },
    ];

    // Nobody is asked for what has to be named and is not.
    private static bool IsAsked(string layer, LayerOptions options) => layer switch
    {
        LocalFilesLayer.LayerName => options.LocalRoots.Count > 0,
        AppsScriptLayer.LayerName => options.ScriptProjects.Count > 0,
        _ => true,
    };
}
