using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Copies;

/// <summary>The documents of a snapshot that is to be copied: what it says of itself. They are held against each other before anything is done.</summary>
internal static class SnapshotDocuments
{
    /// <summary>The files beside those that the manifest names, in the order in which they are written: the one that makes it a snapshot comes last.</summary>
    public static IReadOnlyList<string> Names { get; } = [SnapshotLayout.Manifest, SnapshotLayout.Sums, SnapshotLayout.Description];

    /// <summary>Makes sure that the manifest is the one that the description means, that every line of it is fit to be used, and that the digests beside it are the same.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: something is otherwise.</exception>
    public static void Require(SnapshotFiles source, CancellationToken cancel)
    {
        var (snapshot, folder) = (source.Snapshot, source.Folder);
        if (snapshot.Status is not (SnapshotStatus.Complete or SnapshotStatus.Incomplete)) throw Damaged(snapshot, $"it is {snapshot.Status}{(snapshot.Remark is { } remark ? $": {remark}" : "")}");
        if (SnapshotReader.DigestOf(Path.Combine(folder, SnapshotLayout.Manifest)) != snapshot.ManifestSha256) throw Damaged(snapshot, $"its {SnapshotLayout.Manifest} is not the one that {SnapshotLayout.Description} describes");
        Findings findings = new();
        var (files, bytes) = (0L, (Int128)0);
        using (SumLines sums = new(Path.Combine(folder, SnapshotLayout.Sums), findings))
        {
            foreach (var line in ManifestLines.Read(folder))
            {
                cancel.ThrowIfCancellationRequested();
                if (line.Entry is not { } entry) throw Damaged(snapshot, $"line {line.Number} of its {SnapshotLayout.Manifest} cannot be used: {line.Fault}");
                sums.Compare(entry);
                (files, bytes) = (files + 1, bytes + entry.Size);
            }
            sums.End();
        }
        if (findings.Count > 0) throw Damaged(snapshot, $"{SnapshotLayout.Sums}: {findings.ToList()[0].Message.TrimEnd('.')}");
        if ((files, bytes) != (snapshot.FileCount, snapshot.TotalBytes)) throw Damaged(snapshot, $"{SnapshotLayout.Description} counts other files than {SnapshotLayout.Manifest} has");
    }

    /// <summary>Those documents as files to be copied, once they have been held against each other.</summary>
    public static IEnumerable<ManifestEntry> Of(SnapshotFiles source)
    {
        foreach (var name in Names)
        {
            var path = source.Of(name);
            yield return new() { Path = name, Size = new FileInfo(path).Length, Sha256 = name == SnapshotLayout.Manifest ? source.Snapshot.ManifestSha256 : SnapshotReader.DigestOf(path)!, Layer = SnapshotLayout.OwnLayer, Resource = SnapshotLayout.OwnFiles.Key };
        }
    }

    private static StoreException Damaged(Snapshot snapshot, string words) =>
        new(StoreFault.Damaged, $"{snapshot.Path} is not copied: {words}. Test-JadaSnapshot says what else is the matter.");
}
