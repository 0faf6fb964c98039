using System.IO.Compression;
using System.Text.Json;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>The items of a table that were captured, each as the service sent it.</summary>
internal sealed class TableItems
{
    // An item has at most 400 KB, and up to nine times that in JSON.
    private const int LongestItem = 16 << 20;

    private readonly Snapshot _snapshot;
    private readonly string _folder;
    private readonly Dictionary<string, ManifestEntry> _files;

    /// <summary>Finds them.</summary>
    public TableItems(SnapshotSide side, Resource table)
    {
        (_snapshot, _folder) = (side.Snapshot, TableView.FolderOf(table));
        _files = side.AllFiles(table.Key).Where(entry => entry.Path.StartsWith(_folder, StringComparison.Ordinal)).ToDictionary(entry => entry.Path[_folder.Length..], StringComparer.Ordinal);
    }

    /// <summary>Reads them, once every file has been held against its digest.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.IncompleteSource"/>: they were not captured, or not all; <see cref="StoreFault.Damaged"/>: they are not what was captured.
    /// </exception>
    public IEnumerable<JsonElement> Read(CancellationToken cancel)
    {
        const string List = TableDocuments.ItemFiles + ".json";
        if (!_files.TryGetValue(List, out var list))
            throw new StoreException(StoreFault.IncompleteSource, $"{_snapshot.Name} does not hold the items of {_folder.Split('/')[^2]}, or not all of them. They are captured with New-JadaSnapshot -IncludeData.");
        (string Path, long Count)[] segments = [.. ReadLines(Verified(list, cancel), isCompressed: false).Select(line => (line.Text("dataFileS3Key") ?? "", line.Number("itemCount") ?? 0))];
        string[] paths = [.. segments.Select(segment => _files.TryGetValue(segment.Path, out var file) ? Verified(file, cancel) : throw CapturedFile.Damaged(Path.Combine(_snapshot.Path, _folder + segment.Path)))];
        foreach (var (path, count) in paths.Zip(segments, (path, segment) => (path, segment.Count)))
        {
            var read = 0L;
            foreach (var line in ReadLines(path, isCompressed: true))
            {
                cancel.ThrowIfCancellationRequested();
                if (line.Member("Item") is not { ValueKind: JsonValueKind.Object } item) throw CapturedFile.Damaged(path);
                read++;
                yield return item;
            }
            if (read != count) throw CapturedFile.Damaged(path);
        }
    }

    private string Verified(ManifestEntry entry, CancellationToken cancel)
    {
        var path = Path.Combine(_snapshot.Path, entry.Path);
        CapturedFile.RequireBytes(path, entry.Size, entry.Sha256, cancel);
        return path;
    }

    private static IEnumerable<JsonElement> ReadLines(string path, bool isCompressed)
    {
        Stream file = File.OpenRead(path);
        using LineReader lines = new(isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file, LongestItem);
        while (lines.Read() is { } line) yield return Parse(path, line);
        if (lines.IsTorn) throw CapturedFile.Damaged(path);
    }

    private static JsonElement Parse(string path, ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonElement.Parse(line.Span);
        }
        catch (JsonException)
        {
            throw CapturedFile.Damaged(path);
        }
    }
}
