using System.Text.Json;

namespace JadaSnapshot.Engine.Store;

/// <summary>Makes the manifest and the description of what the journal says was captured, and removes what does not belong to it.</summary>
internal sealed class SnapshotFinisher(SnapshotOrder order, PartialFolder folder, SnapshotWriter writer, Confirmation confirmation)
{
    private readonly LayerCounts _counts = new([.. order.Layers, SnapshotLayout.OwnLayer]);
    private readonly PathHashSet _files = new();

    internal SnapshotDescription Describe(IReadOnlyList<string> failedLayers, CancellationToken cancel)
    {
        StoreFiles.MakeFolder(folder.Temporary);
        using ExternalSort<SortItem> sort = new(folder.Temporary, order.SortRunSize, SortItem.Compare, StoreJson.Lines.SortItem);
        ReadJournal(sort, failedLayers, cancel);
        var manifest = WriteManifest(sort.Sorted(), cancel);
        Sweep(cancel);
        foreach (var resource in confirmation.Resources) _counts.AddResource(resource.Layer);
        return WriteDescription(manifest);
    }

    private void ReadJournal(ExternalSort<SortItem> sort, IReadOnlyList<string> failedLayers, CancellationToken cancel)
    {
        using LineFile problems = new(Temporary(SnapshotLayout.Problems));
        DistinctProblems distinct = new();
        var (run, sequence) = (0, 0L);
        foreach (var line in JournalHistory.Lines(folder.Path))
        {
            cancel.ThrowIfCancellationRequested();
            sequence++;
            if (line.Run is { } begun) run = begun.Number;
            else if (line.File is { } file) sort.Add(new(file, sequence, confirmation.Holds(file.Resource, run)));
            else if (line.Problem is { } problem && confirmation.Holds(problem, run)) Add(problem.Problem);
        }
        foreach (var layer in failedLayers)
            if (_counts.Of(layer).ProblemCount == 0)
                Add(new() { Layer = layer, ErrorCode = "LayerFailed", Message = "Not everything of this layer could be listed.", At = order.Clock.GetUtcNow() });
        var (size, sha256) = problems.MoveTo(folder.Of(SnapshotLayout.Problems));
        folder.Step("problems written");
        sort.Add(new(new() { Path = SnapshotLayout.Problems, Size = size, Sha256 = sha256, Layer = SnapshotLayout.OwnLayer, Resource = SnapshotLayout.OwnFiles.Key }, sequence + 1, IsWanted: true));

        void Add(Problem problem)
        {
            if (!distinct.Add(problem)) return;
            problems.Append(problem, StoreJson.Lines.Problem);
            _counts.AddProblem(problem.Layer);
        }
    }

    private string WriteManifest(IEnumerable<SortItem> sorted, CancellationToken cancel)
    {
        using LineFile manifest = new(Temporary(SnapshotLayout.Manifest));
        using LineFile sums = new(Temporary(SnapshotLayout.Sums));
        foreach (var entry in LastOfEachPath(sorted))
        {
            cancel.ThrowIfCancellationRequested();
            manifest.Append(entry, StoreJson.Lines.ManifestEntry);
            sums.Append(Sha256Text.SumLine(entry.Sha256, entry.Path));
            _counts.AddFile(entry);
            _files.Add(Digest(entry.Path, entry.Size));
        }
        var (_, sha256) = manifest.MoveTo(folder.Of(SnapshotLayout.Manifest));
        folder.Step("manifest written");
        sums.MoveTo(folder.Of(SnapshotLayout.Sums));
        folder.Step("sums written");
        return sha256;
    }

    // What was written last lies on disk. Were that another resource's, the first one's file would be lost without a word.
    private static IEnumerable<ManifestEntry> LastOfEachPath(IEnumerable<SortItem> sorted)
    {
        SortItem? last = null;
        foreach (var item in sorted)
        {
            if (last is not null && last.Entry.Path != item.Entry.Path)
            {
                if (last.IsWanted) yield return last.Entry;
            }
            else if (last is { IsWanted: true } && last.Entry.Resource != item.Entry.Resource)
                throw new StoreException(StoreFault.Damaged, $"Two resources were captured to '{item.Entry.Path}': {last.Entry.Resource} and {item.Entry.Resource}. Use -Restart to begin anew.");
            last = item;
        }
        if (last is { IsWanted: true }) yield return last.Entry;
    }

    private void Sweep(CancellationToken cancel)
    {
        var (found, swept) = (0, 0);
        foreach (var file in SnapshotTree.Walk(folder.Path))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.Path is SnapshotLayout.Manifest or SnapshotLayout.Sums or SnapshotLayout.Journal || file.Path.StartsWith(SnapshotLayout.Temporary + "/", StringComparison.Ordinal)) continue;
            if (!file.IsLink && _files.Contains(Digest(file.Path, file.Size)))
            {
                found++;
                continue;
            }
            swept++;
            var path = folder.Of(file.Path);
            if (file.IsLink && Directory.Exists(path)) Directory.Delete(path);
            else StoreFiles.Delete(path);
        }
        if (found != _files.Count)
            throw new StoreException(StoreFault.Damaged, $"{_files.Count - found} captured files of '{order.Name}' are no longer there, or not as they were written. Run the same command again: what is missing is captured again.");
        if (swept > 0) SnapshotTree.DeleteEmptyFolders(folder.Path);
        folder.Step("swept");
    }

    private SnapshotDescription WriteDescription(string manifestSha256)
    {
        var description = SnapshotDescription.Of(order, writer, _counts, manifestSha256);
        StoreFiles.MakeFolder(folder.Temporary);
        using LineFile file = new(Temporary(SnapshotLayout.Description));
        file.Append(JsonSerializer.Serialize(description, StoreJson.Pages.SnapshotDescription));
        file.MoveTo(folder.Of(SnapshotLayout.Description));
        folder.Step("described");
        return description;
    }

    private static ulong Digest(string path, long size) => PathHash.Of($"{size}\n{path}");

    private string Temporary(string name) => Path.Combine(folder.Temporary, name);
}
