using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Store;

/// <summary>Reads snapshots. Nothing in them is believed: paths, sizes, digests and their order are checked on the way.</summary>
public static class SnapshotReader
{
    private const long LongestDescription = 16 << 20;

    /// <summary>What a snapshot's folder says of itself. A description that cannot be read, or contradicts itself, gives <see cref="SnapshotStatus.Damaged"/> and a remark.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: there is no such folder, or it is something else.</exception>
    public static Snapshot Read(string folder)
    {
        var path = FullPath(folder);
        if (!Directory.Exists(path)) throw new StoreException(StoreFault.NotASnapshot, $"There is no snapshot at {path}: {(File.Exists(path) ? "it is a file" : "no such folder")}.");
        if (IsHalfRemoved(path)) throw new StoreException(StoreFault.NotASnapshot, $"{path} is what is left of a snapshot whose removal was interrupted. Remove-JadaSnapshot finishes it.");
        if (IsPartial(path)) return Unfinished(path);
        if (!File.Exists(Path.Combine(path, SnapshotLayout.Description)) && !File.Exists(Path.Combine(path, SnapshotLayout.Manifest)))
            throw new StoreException(StoreFault.NotASnapshot, $"{path} is not a snapshot: it has neither {SnapshotLayout.Description} nor {SnapshotLayout.Manifest}.{(Directory.EnumerateDirectories(path).Any(IsSnapshot) ? " It holds snapshots: name one of them." : "")}");
        return TryDescribe(path, out var remark)?.ToSnapshot(path) ?? Damaged(path, remark);
    }

    /// <summary>Every snapshot of a store, unfinished ones too, in order of name. What is not a snapshot is left out.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: there is no such folder.</exception>
    public static IEnumerable<Snapshot> List(string store)
    {
        var path = FullPath(store);
        if (!Directory.Exists(path)) throw new StoreException(StoreFault.NotASnapshot, $"There is no store at {path}: {(File.Exists(path) ? "it is a file" : "no such folder")}.");
        return Directory.EnumerateDirectories(path).Where(IsSnapshot).Select(TryRead).OfType<Snapshot>().OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal).ThenBy(snapshot => snapshot.Status);
    }

    /// <summary>The files of a snapshot, in the manifest's order.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the manifest is not there, or a line of it is none that is ever written.</exception>
    public static IAsyncEnumerable<ManifestEntry> ReadManifestAsync(string folder)
    {
        var path = FullPath(folder);
        return ManifestLines.Read(path).Select(line => line.EntryOf(path)).ToAsyncEnumerable();
    }

    /// <summary>The resources of a snapshot, as they were called when it was taken; none where it does not say them.</summary>
    public static IReadOnlyCollection<Resource> ReadResources(string folder) => [.. ResourceList.Read(FullPath(folder)).Values];

    /// <summary>What could not be captured.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the list is not there or cannot be read.</exception>
    public static IAsyncEnumerable<Problem> ReadProblemsAsync(string folder) => ReadProblems(FullPath(folder)).ToAsyncEnumerable();

    /// <summary>Refuses to write into a snapshot: it stays as it was taken.</summary>
    /// <param name="path">The full path of what would be written.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.StoreNotWritable"/>: it is a snapshot, or lies in one.</exception>
    public static void RequireOutside(string path)
    {
        for (var place = path; place is not null; place = Path.GetDirectoryName(place))
            if (Directory.Exists(place) && IsSnapshot(place))
                throw new StoreException(StoreFault.StoreNotWritable, $"{path} {(place == path ? "is a snapshot" : $"lies in the snapshot {place}")}, which stays as it was taken. Name another place.");
    }

    internal static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    internal static bool IsPartial(string path) =>
        Path.GetFileName(path).StartsWith(SnapshotLayout.PartialPrefix, StringComparison.Ordinal) || File.Exists(Path.Combine(path, SnapshotLayout.Journal));

    internal static bool IsHalfRemoved(string path) => Path.GetFileName(path).StartsWith(SnapshotLayout.RemovingPrefix, StringComparison.Ordinal);

    /// <summary>Whether a file is there, is no link, and may be opened: a pipe, which would never answer, has no length.</summary>
    internal static bool IsReadable(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 } file && (file.Attributes & FileAttributes.ReparsePoint) == 0;

    internal static string? DigestOf(string path)
    {
        if (!IsReadable(path)) return null;
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    internal static SnapshotDescription? TryDescribe(string folder, out string? remark)
    {
        var path = Path.Combine(folder, SnapshotLayout.Description);
        remark = !File.Exists(path) ? "is missing" : !IsReadable(path) || new FileInfo(path).Length > LongestDescription ? "is not a file of ours" : null;
        if (remark is null)
        {
            try
            {
                if (SnapshotDescription.TryParse(File.ReadAllBytes(path), out remark) is { } description) return description;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                remark = $"cannot be read: {e.Message}";
            }
        }
        remark = $"{SnapshotLayout.Description} {remark}.";
        return null;
    }

    internal static IEnumerable<Problem> ReadProblems(string folder)
    {
        var path = Path.Combine(folder, SnapshotLayout.Problems);
        if (!File.Exists(path)) throw new StoreException(StoreFault.Damaged, $"{path} is missing.");
        if (!IsReadable(path)) yield break;
        using LineReader lines = new(path);
        for (var number = 1; lines.Read() is { } line; number++)
            yield return JsonLine.Parse(line.Span, StoreJson.Lines.Problem) ?? throw new StoreException(StoreFault.Damaged, $"{path}, line {number}: it cannot be read.");
        if (lines.IsTorn) throw new StoreException(StoreFault.Damaged, $"{path} ends within a line.");
    }

    // One that is finished or removed while the store is being listed is no longer there.
    private static Snapshot? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception e) when (e is StoreException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsSnapshot(string path) => !IsHalfRemoved(path) && (IsPartial(path)
        || (!Path.GetFileName(path).StartsWith('.') && (File.Exists(Path.Combine(path, SnapshotLayout.Description)) || File.Exists(Path.Combine(path, SnapshotLayout.Manifest)))));

    private static Snapshot Damaged(string path, string? remark) => new()
    {
        Name = Path.GetFileName(path),
        Path = path,
        Store = Path.GetDirectoryName(path) ?? path,
        Status = SnapshotStatus.Damaged,
        Remark = remark,
    };

    private static Snapshot Unfinished(string path)
    {
        var name = Path.GetFileName(path);
        Snapshot snapshot = new()
        {
            Name = name.StartsWith(SnapshotLayout.PartialPrefix, StringComparison.Ordinal) ? name[SnapshotLayout.PartialPrefix.Length..] : name,
            Path = path,
            Store = Path.GetDirectoryName(path) ?? path,
            Status = SnapshotStatus.Unfinished,
        };
        return FirstLine(Path.Combine(path, SnapshotLayout.Journal)) is { } order
            ? snapshot with
            {
                Account = order.Account,
                Regions = order.Regions,
                StartedAt = order.StartedAt,
                ToolVersion = order.ToolVersion,
                ExcludeKeys = order.ExcludeKeys,
                AllVersions = order.AllVersions,
                Includes = order.Includes ?? [],
                ExcludeBuckets = order.ExcludeBuckets ?? [],
                KeptInS3 = order.Keep,
            }
            : snapshot;
    }

    private static JournalOrder? FirstLine(string journal)
    {
        if (!IsReadable(journal)) return null;
        using LineReader lines = new(journal);
        return lines.Read() is { } line ? JsonLine.Parse(line.Span, StoreJson.Lines.JournalLine)?.Order : null;
    }
}
