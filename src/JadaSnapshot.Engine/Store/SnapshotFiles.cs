using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// A snapshot with its files at hand, wherever it lies: of one on disk they are where they are; of one in S3 they come as they are asked for, each held
/// against the manifest, into a private folder that goes with this.
/// </summary>
public abstract class SnapshotFiles : IDisposable
{
    private readonly Lazy<Fingerprinter> _fingerprints;

    private protected SnapshotFiles(Snapshot snapshot, string home)
    {
        (Snapshot, Home) = (snapshot, home);
        _fingerprints = new(OpenFingerprints);
    }

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The folder of what belongs to the store and to no snapshot: the key of its fingerprints, journals of restores, reports. It need not exist.</summary>
    public string Home { get; }

    /// <summary>The folder that has the manifest and the lists of problems and resources, and every file that was required.</summary>
    internal abstract string Folder { get; }

    /// <summary>Whether fingerprints that are made now can be held against those of the snapshot.</summary>
    internal virtual bool HasKey => true;

    /// <summary>What fingerprints are made with.</summary>
    internal Fingerprinter Fingerprints => _fingerprints.Value;

    /// <summary>A snapshot on disk.</summary>
    /// <param name="snapshot">The snapshot. Nobody removes it as long as this is not disposed of.</param>
    public static SnapshotFiles OnDisk(Snapshot snapshot) => new SnapshotOnDisk(snapshot);

    /// <summary>A snapshot in S3, of which the manifest and the lists are fetched.</summary>
    /// <param name="connection">Who calls.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="home">The folder of this machine that stands for the store (<see cref="Home"/>); null for one of the user's own.</param>
    /// <param name="onWarning">Is told in words of what is no failure and yet should be known, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">It is not finished, or its manifest is not the one that it describes.</exception>
    /// <exception cref="Wire.ServiceException">It cannot be read.</exception>
    public static async Task<SnapshotFiles> InS3Async(AwsConnection connection, Snapshot snapshot, string? home, Action<string>? onWarning, CancellationToken cancel) =>
        await SnapshotInS3.OpenAsync(connection, snapshot, home, onWarning, cancel);

    /// <summary>Where a file lies that was required.</summary>
    internal string Of(ManifestEntry file) => Of(file.Path);

    /// <inheritdoc cref="Of(ManifestEntry)"/>
    internal string Of(string path) => Path.Combine(Folder, path);

    /// <summary>Where a file lies in the snapshot, as people know it.</summary>
    internal abstract string PlaceOf(ManifestEntry file);

    /// <summary>Whether a file is there, as far as that can be said without reading it.</summary>
    internal abstract bool Has(ManifestEntry file);

    /// <summary>Makes sure that files can be read in the folder, and stay there: documents.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: one that had to be fetched is not what was captured.</exception>
    internal abstract Task RequireAsync(IEnumerable<ManifestEntry> files, CancellationToken cancel);

    /// <summary>Has something done with a file that need not stay: an object, a package, items.</summary>
    /// <param name="file">The file.</param>
    /// <param name="use">Is given its full path. It has not been held against its digest on disk.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it had to be fetched and is not what was captured.</exception>
    internal abstract Task<T> UseAsync<T>(ManifestEntry file, Func<string, Task<T>> use, CancellationToken cancel);

    /// <inheritdoc cref="UseAsync{T}"/>
    internal Task UseAsync(ManifestEntry file, Func<string, Task> use, CancellationToken cancel) => UseAsync(file, async path =>
    {
        await use(path);
        return true;
    }, cancel);

    /// <summary>The same with several files at once.</summary>
    internal Task UseAllAsync(IReadOnlyList<ManifestEntry> files, Func<IReadOnlyList<string>, Task> use, CancellationToken cancel) => UseAllAsync(files, [], use, cancel);

    private Task UseAllAsync(IReadOnlyList<ManifestEntry> files, IReadOnlyList<string> here, Func<IReadOnlyList<string>, Task> use, CancellationToken cancel) => here.Count == files.Count
        ? use(here)
        : UseAsync(files[here.Count], path => UseAllAsync(files, [.. here, path], use, cancel), cancel);

    /// <summary>A file, whole under a temporary name and held against its digest.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: it is not what was captured.</exception>
    internal abstract Task<TemporaryFile> FetchAsync(ManifestEntry file, string temporary, CancellationToken cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what is held.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected abstract void Dispose(bool disposing);

    private protected virtual Fingerprinter OpenFingerprints() => Fingerprinter.Open(Home);
}
