using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>Holds the manifest of a snapshot against the listing of the place in which it lies, both in their order.</summary>
internal static class RemoteFiles
{
    /// <summary>Each file and each object that is there, together where they belong together. Documents are left out; what has a long path comes last.</summary>
    public static async IAsyncEnumerable<CopyStep> JoinAsync(S3Client s3, S3Place place, IAsyncEnumerable<ManifestEntry> entries, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<ManifestEntry> longOnes = [];
        Dictionary<string, ListedObject> theirs = new(StringComparer.Ordinal);
        var there = s3.ListObjectsAsync(place.Bucket, cancel, place.Prefix).Select(listed => listed with { Key = listed.Key[place.Prefix.Length..] }).Where(listed => !SnapshotDocuments.Names.Contains(listed.Key) && !IsAside(listed));
        await foreach (var (entry, listed) in MergeJoin.JoinAsync(entries.Where(entry => !IsLong(entry)), entry => entry.Path, there, listed => listed.Key, Utf8Order.Instance, cancel)) yield return new(entry, listed);
        foreach (var entry in longOnes) yield return new(entry, theirs.Remove(S3Place.LongName(entry.Path), out var listed) ? listed : null);
        foreach (var listed in theirs.Values) yield return new(null, listed);

        bool IsLong(ManifestEntry entry)
        {
            if (!place.IsLong(entry.Path)) return false;
            longOnes.Add(entry);
            return true;
        }

        bool IsAside(ListedObject listed) => listed.Key.StartsWith(S3Place.LongPaths, StringComparison.Ordinal) && theirs.TryAdd(listed.Key, listed);
    }
}
