namespace JadaSnapshot.Engine.Store;

/// <summary>What a snapshot that is being taken holds so far.</summary>
/// <param name="Documents">Whatever is no object of a bucket, by path in ordinal order.</param>
/// <param name="Sums">What all of it comes to.</param>
/// <param name="Counts">The same by layer.</param>
internal sealed record CapturedFiles(IReadOnlyList<ManifestEntry> Documents, SnapshotSums Sums, LayerCounts Counts)
{
    /// <summary>Notes something that could not be captured.</summary>
    public void Add(Problem problem)
    {
        Sums.Problems.Add(problem);
        Counts.AddProblem(problem.Layer);
    }

    /// <summary>Reads the journal. Of the lines that count for a resource, no two are about one object's path.</summary>
    internal static CapturedFiles Read(string folder, Confirmation confirmation, IEnumerable<string> layers)
    {
        SortedDictionary<string, ManifestEntry> documents = new(StringComparer.Ordinal);
        CapturedFiles captured = new([], new(), new([.. layers, SnapshotLayout.OwnLayer]));
        DistinctProblems problems = new();
        var run = 0;
        foreach (var line in JournalHistory.Lines(folder))
        {
            if (line.Run is { } begun) run = begun.Number;
            else if (line.Problem is { } problem && confirmation.Holds(problem, run) && problems.Add(problem.Problem)) captured.Add(problem.Problem);
            else if (line.File is not { } file) continue;
            else if (file.Object is not null && confirmation.Holds(file.Resource, run)) captured.Add(file);
            else if (file.Object is not null) continue;
            else if (confirmation.Holds(file.Resource, run)) documents[file.Path] = file;
            else documents.Remove(file.Path);
        }
        foreach (var document in documents.Values) captured.Add(document);
        foreach (var resource in confirmation.Resources) captured.Counts.AddResource(resource.Layer);
        return captured with { Documents = [.. documents.Values] };
    }

    private void Add(ManifestEntry file)
    {
        Sums.Add(file);
        Counts.AddFile(file);
    }
}
