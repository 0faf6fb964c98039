using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Where the files of a root lie in a snapshot. Names that are the house's own, in any case, are kept free.</summary>
internal sealed class LocalPaths
{
    public const string Own = ".jada";
    public const string Entries = $"{Own}/entries.jsonl";

    private readonly PathAssigner _files = new();
    private readonly PathAssigner _own = new();

    public LocalPaths()
    {
        _files.Assign(Own);
        _files.Assign(SnapshotLayout.Sums);
    }

    /// <summary>Whether a sealed file, by its path on disk, is one of a root.</summary>
    public static bool IsSealed(string path)
    {
        var place = path.Replace('\\', '/');
        return place.Contains($"/{Own}/sealed/", StringComparison.Ordinal) || place.Contains($"/{Own}/git/", StringComparison.Ordinal);
    }

    /// <summary>The path of a file; paths come in the order of their UTF-8.</summary>
    public string File(string path) => _files.Assign(path);

    /// <summary>The path of something that is kept about a file or a folder.</summary>
    public string About(string kind, string path) => $"{Own}/{_own.Assign($"{kind}/{path}")}";
}
