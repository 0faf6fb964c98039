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

    private readonly SnapshotFiles _snapshot;
    private readonly string _folder;
    private readonly Dictionary<string, ManifestEntry> _files;

    /// <summary>Finds them.</summary>
    public TableItems(SnapshotSide side, Resource table)
    {
        (_snapshot, _folder) = (side.Files, TableView.FolderOf(table));
        _files = side.AllFiles(table.Key).Where(entry => entry.Path.StartsWith(_folder, StringComparison.Ordinal)).ToDictionary(entry => entry.Path[_folder.Length..], StringComparer.Ordinal);
    }

    /// <summary>Hands them out, once every file has been held against its digest.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.IncompleteSource"/>: they were not captured, or not all; <see cref="StoreFault.Damaged"/>: they are not what was captured.
    /// </exception>
    public async Task UseAsync(Func<IEnumerable<JsonElement>, Task> use, CancellationToken cancel)
    {
        const string List = TableDocuments.ItemFiles + ".json";
        if (!_files.TryGetValue(List, out var list))
            throw new StoreException(StoreFault.IncompleteSource, $"{_snapshot.Snapshot.Name} does not hold the items of {_folder.Split('/')[^2]}, or not all of them. They are captured with New-JadaSnapshot -IncludeData.");
        var segments = await _snapshot.UseAsync(list, path => Task.FromResult(Segments(Verified(path, list, cancel)).ToList()), cancel);
        await _snapshot.UseAllAsync([.. segments.Select(segment => segment.File)], paths =>
        {
            foreach (var (path, segment) in paths.Zip(segments)) Verified(path, segment.File, cancel);
            return use(Read(paths.Zip(segments, (path, segment) => (path, segment.Count)), cancel));
        }, cancel);
    }

    private IEnumerable<(ManifestEntry File, long Count)> Segments(string list) =>
        from line in ReadLines(list, isCompressed: false)
        let path = line.Text("dataFileS3Key") ?? ""
        select (_files.GetValueOrDefault(path) ?? throw CapturedFile.Damaged(_snapshot.Of(_folder + path)), line.Number("itemCount") ?? 0);

    private static IEnumerable<JsonElement> Read(IEnumerable<(string Path, long Count)> segments, CancellationToken cancel)
    {
        foreach (var (path, count) in segments)
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

    private static string Verified(string path, ManifestEntry entry, CancellationToken cancel)
    {
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
