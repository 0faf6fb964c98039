using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Kept;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Compares a snapshot with another, or with what there is now.</summary>
public sealed class SnapshotComparison : IDisposable
{
    private readonly IEstateSide _reference, _changed;
    private readonly EstateComparison _comparison;

    private SnapshotComparison(IEstateSide reference, IEstateSide changed, IReadOnlyList<string> layers, Action<Problem> onProblem, bool knowsSecrets = true)
    {
        (_reference, _changed) = (reference, changed);
        _comparison = new(reference, changed, Common(reference, changed, layers), onProblem) { KnowsSecrets = knowsSecrets };
    }

    /// <summary>How far each layer is that is looked at as it is now; none where two snapshots are compared.</summary>
    public IReadOnlyList<LayerProgress> Progress => (_changed as LiveSide)?.Progress ?? [];

    /// <summary>What was found of each layer; complete once the differences have been read to their end.</summary>
    public IReadOnlyList<ComparisonSummary> Summaries =>
        [.. _comparison.Summaries.Select(summary => summary.Layer == Layers.S3.S3Layer.LayerName ? summary with { ListedAt = (_changed as LiveSide)?.ListedAt } : summary)];

    /// <summary>Compares two snapshots.</summary>
    /// <param name="reference">The snapshot that is compared against.</param>
    /// <param name="changed">The other.</param>
    /// <param name="layers">The layers to compare; all that both have where none is named.</param>
    /// <param name="onProblem">Is told of what cannot be compared, from any thread.</param>
    /// <param name="connect">Who looks at objects that they keep in S3, where what they note does not decide; asked when it is first needed. Without it, such objects are problems.</param>
    /// <exception cref="StoreException">One of them is not finished, or its description cannot be read.</exception>
    public static SnapshotComparison Of(SnapshotFiles reference, SnapshotFiles changed, IReadOnlyList<string> layers, Action<Problem> onProblem, Func<AwsConnection>? connect = null) =>
        new(new SnapshotSide(Finished(reference), connect), new SnapshotSide(Finished(changed), connect), layers, onProblem);

    /// <summary>Compares a snapshot with what there is now in the same account. Nothing is downloaded that a checksum or an ETag can decide.</summary>
    /// <param name="reference">The snapshot.</param>
    /// <param name="connection">The account.</param>
    /// <param name="options">What is asked of the layers. Keys that the snapshot left out are left out; local files are compared where local roots are given; script projects are the snapshot's where none are.</param>
    /// <param name="layers">The layers to compare; all that the snapshot has where none is named.</param>
    /// <param name="onProblem">Is told of what cannot be compared, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">The snapshot is not finished, its description cannot be read, or it is of another account.</exception>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public static async Task<SnapshotComparison> LiveAsync(SnapshotFiles reference, AwsConnection connection, LayerOptions options, IReadOnlyList<string> layers, Action<Problem> onProblem, CancellationToken cancel)
    {
        var caller = await connection.GetCallerIdentityAsync(cancel);
        var snapshot = Finished(reference).Snapshot;
        if (snapshot.Account != caller.Account)
            throw new StoreException(StoreFault.OtherAccount, $"'{snapshot.Name}' was taken of the account {snapshot.Account}, and this one is {caller.Account}. Name the credentials of the snapshot's account.");
        var side = new SnapshotSide(reference, () => connection);
        var now = options with
        {
            ExcludeKeys = KeyPatterns.Of(snapshot.ExcludeKeys),
            ExcludeBuckets = KeyPatterns.Of(KeptBuckets.NotIn(snapshot)),
            ScriptProjects = options.ScriptProjects.Count > 0 ? options.ScriptProjects : ScriptProjectsOf(reference),
        };
        // What of a root was left out on purpose only those know who declare it.
        var known = Common(side, side, layers).Where(layer => layer != LocalFilesLayer.LayerName || options.LocalRoots.Count > 0);
        return new(side, new LiveSide(connection, now, [.. known], reference), layers, onProblem, reference.HasKey);
    }

    /// <summary>Every difference, resource after resource.</summary>
    /// <exception cref="StoreException">A snapshot's manifest, or a document of it, is not as it was written.</exception>
    public IAsyncEnumerable<Difference> CompareAsync(CancellationToken cancel) => _comparison.CompareAsync(cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        (_reference as IDisposable)?.Dispose();
        (_changed as IDisposable)?.Dispose();
    }

    /// <summary>The script projects of a snapshot, which Google lists to nobody.</summary>
    internal static Dictionary<string, string> ScriptProjectsOf(SnapshotFiles files) =>
        ResourceList.Read(files.Folder).Values.Where(resource => resource.Layer == AppsScriptLayer.LayerName).ToDictionary(project => project.Name, project => project.Id, StringComparer.Ordinal);

    /// <inheritdoc cref="Finished(Snapshot)"/>
    internal static SnapshotFiles Finished(SnapshotFiles files)
    {
        Finished(files.Snapshot);
        return files;
    }

    /// <summary>A snapshot that can be read as a whole.</summary>
    /// <exception cref="StoreException">It is unfinished or damaged.</exception>
    internal static Snapshot Finished(Snapshot snapshot) => snapshot.Status switch
    {
        SnapshotStatus.Unfinished => throw new StoreException(StoreFault.NotASnapshot, $"'{snapshot.Name}' is not finished: the command that began it continues it."),
        SnapshotStatus.Damaged => throw new StoreException(StoreFault.Damaged, $"'{snapshot.Name}' is damaged: {snapshot.Remark}"),
        _ => snapshot,
    };

    private static IReadOnlyList<string> Common(IEstateSide reference, IEstateSide changed, IReadOnlyList<string> layers) =>
        [.. reference.Layers.Intersect(changed.Layers, StringComparer.Ordinal).Where(layer => layers.Count == 0 || layers.Contains(layer, StringComparer.OrdinalIgnoreCase))];
}
