using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Tells what became of a local root by the document that an export of it leaves.</summary>
public static class LocalExport
{
    /// <summary>Reads an export.</summary>
    /// <param name="export">The export.</param>
    /// <exception cref="IOException">Its document cannot be read.</exception>
    public static LocalFileExport Read(ResourceExport export)
    {
        long files = 0, bytes = 0, links = 0, repositories = 0, excluded = 0;
        var source = "";
        List<LocalFileLeftOut> leftOut = [];
        var entries = Path.Join(export.Path, LocalPaths.Entries);
        foreach (var line in File.Exists(entries) ? File.ReadLines(entries) : [])
        {
            var item = JsonSerializer.Deserialize(line, StoreJson.Lines.LocalItem)!;
            if (item.Source is not null) source = item.Source;
            if (item.Kind == LocalKind.Link && item.LeftOut is null) links++;
            switch (item.LeftOut)
            {
                case null when item.Kind == LocalKind.File:
                    files++;
                    bytes += item.Size ?? 0;
                    break;
                case null:
                    break;
                case LocalFileReason.Repository:
                    repositories++;
                    break;
                case LocalFileReason.Excluded or LocalFileReason.Ignored:
                    excluded++;
                    break;
                case { } reason:
                    leftOut.Add(new() { Root = export.Name, Path = item.Path, Reason = reason, Detail = item.Detail, IsSealed = item.Sealed is not null });
                    break;
            }
        }
        return new()
        {
            Name = export.Name,
            Source = source,
            Path = export.Path,
            FileCount = files,
            TotalBytes = bytes,
            LinkCount = links,
            RepositoryCount = repositories,
            LeftOut = leftOut,
            ExcludedCount = excluded,
            ProblemCount = export.ProblemCount,
            IsEarlierKept = export.IsEarlierKept,
        };
    }
}
