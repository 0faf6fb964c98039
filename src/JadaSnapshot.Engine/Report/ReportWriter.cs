using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Report;

/// <summary>Makes the report of a snapshot that is there, with what differs from an earlier one.</summary>
public static class ReportWriter
{
    /// <summary>The folder of a store that reports are made into where nobody says where to.</summary>
    public const string Folder = ".reports";

    /// <summary>Makes the page, in UTF-8. Only documents that it speaks of are read.</summary>
    /// <param name="files">A snapshot that is finished.</param>
    /// <param name="reference">The snapshot to compare it with; null for none.</param>
    /// <param name="folder">The folder that the page is to lie in: links lead from there into the snapshot.</param>
    /// <param name="isReferenceChosen">Whether somebody asked for this reference. If not, and it cannot be compared, the page says so and is made all the same.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.NotASnapshot"/>: one of the two is not finished; <see cref="StoreFault.Damaged"/>: it cannot be read.</exception>
    public static async Task<byte[]> WriteAsync(SnapshotFiles files, SnapshotFiles? reference, string folder, bool isReferenceChosen, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(folder);
        var snapshot = SnapshotComparison.Finished(files).Snapshot;
        var contents = await SnapshotContents.ReadAsync(files, ReportSource.Layers.Contains, cancel);
        await contents.RequireAsync(_ => true, cancel);
        await foreach (var problem in SnapshotReader.ReadProblemsAsync(files.Folder).WithCancellation(cancel)) contents.Sums.Problems.Add(problem);
        return SnapshotReport.Write(new(contents.Documents)
        {
            Snapshot = snapshot,
            Resources = contents.Resources,
            Sums = contents.Sums,
            Read = contents.Read,
            Root = RootOf(snapshot.Path, folder),
            Differences = reference is null ? null : await CompareAsync(reference, files, isReferenceChosen, cancel),
        });
    }

    /// <summary>Puts a page into its place, for its owner's eyes alone; what is there is replaced, and nothing half-written is left.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static async Task SaveAsync(byte[] page, string path, CancellationToken cancel)
    {
        StoreFiles.MakeFolder(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{Guid.NewGuid():n}";
        try
        {
            await using (var file = StoreFiles.Open(aside, FileMode.CreateNew, FileShare.None, isSealed: false)) await file.WriteAsync(page, cancel);
            StoreFiles.Replace(aside, path);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static async Task<ReportDifferences> CompareAsync(SnapshotFiles reference, SnapshotFiles files, bool isReferenceChosen, CancellationToken cancel)
    {
        try
        {
            return await ReportDifferences.FindAsync(reference, files, cancel);
        }
        catch (StoreException exception) when (!isReferenceChosen)
        {
            return new() { Reference = reference.Snapshot, Failure = exception.Message };
        }
    }

    // Relative, so that a store can be moved; another volume, and S3, have no relative path.
    private static string RootOf(string snapshot, string folder)
    {
        if (S3Place.IsMeant(snapshot)) return $"{snapshot}/";
        var relative = Path.GetRelativePath(folder, snapshot);
        return relative == "." ? "" : Path.IsPathRooted(relative)
            ? new Uri(snapshot + Path.DirectorySeparatorChar).AbsoluteUri
            : string.Concat(relative.Split(Path.DirectorySeparatorChar).Select(segment => Uri.EscapeDataString(segment) + "/"));
    }
}
