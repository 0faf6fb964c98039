namespace JadaSnapshot.Engine.Store;

/// <summary>What a snapshot that is being taken holds so far.</summary>
/// <param name="Documents">Whatever is no object of a bucket, by path in ordinal order.</param>
/// <param name="Objects">How much the objects of each bucket come to, by the bucket's key.</param>
internal sealed record CapturedFiles(IReadOnlyList<ManifestEntry> Documents, IReadOnlyDictionary<string, ObjectTotals> Objects)
{
    /// <summary>Reads the journal. Of the lines that count for a resource, no two are about one path.</summary>
    internal static CapturedFiles Read(string folder, Confirmation confirmation)
    {
        SortedDictionary<string, ManifestEntry> documents = new(StringComparer.Ordinal);
        Dictionary<string, (long Count, long Bytes)> objects = new(StringComparer.Ordinal);
        var run = 0;
        foreach (var line in JournalHistory.Lines(folder))
        {
            if (line.Run is { } begun) run = begun.Number;
            else if (line.File is not { } file) continue;
            else if (file.Object is not null) AddObject(file, run);
            else if (confirmation.Holds(file.Resource, run)) documents[file.Path] = file;
            else documents.Remove(file.Path);
        }
        return new([.. documents.Values], objects.ToDictionary(bucket => bucket.Key, bucket => new ObjectTotals(bucket.Value.Count, bucket.Value.Bytes), StringComparer.Ordinal));

        void AddObject(ManifestEntry file, int lineRun)
        {
            if (!SnapshotLayout.IsCurrentObject(file) || !confirmation.Holds(file.Resource, lineRun)) return;
            var (count, bytes) = objects.GetValueOrDefault(file.Resource);
            objects[file.Resource] = (count + 1, bytes + file.Size);
        }
    }
}
