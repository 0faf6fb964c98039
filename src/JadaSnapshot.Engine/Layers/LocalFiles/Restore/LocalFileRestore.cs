using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Brings one file of a root back.</summary>
/// <param name="order">What is brought back.</param>
/// <param name="place">Where to.</param>
/// <param name="workshop">A folder on the same volume for what is not whole yet.</param>
/// <param name="captured">The files in the snapshot.</param>
internal sealed class LocalFileRestore(LocalRestoreOrder order, LocalPlace place, string workshop, IReadOnlyDictionary<string, ManifestEntry> captured)
{
    /// <summary>What a file that is as it was is said to be.</summary>
    public const string Equal = "equal";

    // Some file systems keep times by two seconds.
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(2);

    private readonly string _folder = new LocalRootView().Folder(order.Root);
    private int _number;

    /// <summary>Puts a file into its place, or says what would be done.</summary>
    /// <returns>What was there (null for nothing), the size of what is there now, and what a person has to know instead.</returns>
    /// <exception cref="LocalFileException">Something is in the way.</exception>
    /// <exception cref="StoreException">The captured file is not as it was captured.</exception>
    public async Task<(string? Was, long Size, string? Note)> PutAsync(LocalItem item, CancellationToken cancel)
    {
        place.RequireFolders(item.Path);
        if (item.Sealed is null) return await PutAsync(item, Entry(item.File ?? item.Path), null, cancel);
        var content = await OpenAsync(item.Sealed, cancel);
        if (content is not null) return await PutAsync(item, null, content, cancel);
        return (null, 0, $"{item.Path} is sealed ({item.Detail?.TrimEnd('.')}), and no key that opens it is here: it is {(place.KindAt(item.Path) is null ? "not there" : "left as it is")}.");
    }

    /// <summary>A captured file, by its path below the root's folder.</summary>
    /// <exception cref="StoreException">The manifest has none.</exception>
    public ManifestEntry Entry(string path) => captured.GetValueOrDefault(_folder + path) ?? throw CapturedFile.Damaged(order.Snapshot.Of(_folder + path));

    private async Task<byte[]?> OpenAsync(string path, CancellationToken cancel)
    {
        foreach (var extension in SealedFile.Extensions)
            if (captured.TryGetValue(_folder + path + extension, out var entry)) return await order.OpenAsync(entry, cancel);
        throw CapturedFile.Damaged(order.Snapshot.Of(_folder + path));
    }

    private async Task<(string? Was, long Size, string? Note)> PutAsync(LocalItem item, ManifestEntry? entry, byte[]? content, CancellationToken cancel)
    {
        var path = place.At(item.Path);
        var (size, sha256) = entry is null ? (content!.LongLength, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))) : (entry.Size, entry.Sha256);
        var kind = place.KindAt(item.Path);
        if (kind is not (null or LocalKind.File or LocalKind.Link)) throw new LocalFileException("InTheWay", $"There is a {kind.ToString()!.ToLowerInvariant()} where the snapshot has a file.");
        var was = kind is null ? null : kind == LocalKind.Link ? $"a link to {new FileInfo(path).LinkTarget}" : Difference(path, item, size, sha256, cancel);
        if (was == Equal) return (was, size, null);
        if (kind is not null && !order.MayReplace) throw new LocalFileException("InTheWay", "There is something already, which is not replaced.");
        if (order.PlanOnly) return (was, size, null);
        if (was is OtherTime or OtherMode) LocalPlace.Describe(path, item, isFolder: false);
        else await WriteAsync(path, item, entry, content, sha256, cancel);
        return (was, size, null);
    }

    private const string OtherTime = "a file with another time";
    private const string OtherMode = "a file with other permissions";

    private static string Difference(string path, LocalItem item, long size, string sha256, CancellationToken cancel)
    {
        var file = new FileInfo(path);
        if (file.Length != size) return $"a file of {file.Length} bytes";
        if (FileDigest.Of(path, size, cancel) != (size, sha256)) return "a file of other bytes";
        if (LocalPlace.ModeOf(item) is { } mode && !OperatingSystem.IsWindows() && file.UnixFileMode != mode) return OtherMode;
        return item.Modified is { } time && (time.UtcDateTime - file.LastWriteTimeUtc).Duration() >= SameTime ? OtherTime : Equal;
    }

    private async Task WriteAsync(string path, LocalItem item, ManifestEntry? entry, byte[]? content, string sha256, CancellationToken cancel)
    {
        var name = Path.Join(workshop, $"{Interlocked.Increment(ref _number)}");
        using var file = new TemporaryFile(name, isSealed: false);
        if (entry is null) file.Write(content);
        else await order.Snapshot.UseAsync(entry, source =>
        {
            Copy(source, entry, file, cancel);
            return Task.CompletedTask;
        }, cancel);
        if (file.Sha256 != sha256) throw CapturedFile.Damaged(order.Snapshot.Of(entry?.Path ?? ""));
        file.Flush(null);
        LocalPlace.Describe(name, item, isFolder: false);
        // Looked at once more: it is now that something could be written through a link.
        place.RequireFolders(item.Path);
        File.Move(name, path, order.MayReplace);
    }

    private static void Copy(string source, ManifestEntry entry, TemporaryFile file, CancellationToken cancel)
    {
        CapturedFile.RequireLength(source, entry.Size);
        using var captured = File.OpenRead(source);
        var piece = new byte[256 << 10];
        for (int read; (read = captured.Read(piece)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            file.Write(piece.AsSpan(0, read));
        }
    }
}
