namespace JadaSnapshot.Engine.Capture;

/// <summary>The paths of a snapshot's documents.</summary>
/// <param name="paths">All of them, in ordinal order.</param>
internal sealed class DocumentPaths(IEnumerable<string> paths)
{
    private readonly string[] _paths = [.. paths];

    /// <summary>Whether there is such a document.</summary>
    public bool Has(string path) => Array.BinarySearch(_paths, path, StringComparer.Ordinal) >= 0;

    /// <summary>The documents whose path begins so.</summary>
    public IEnumerable<string> Below(string prefix)
    {
        var start = Array.BinarySearch(_paths, prefix, StringComparer.Ordinal);
        for (var i = start < 0 ? ~start : start; i < _paths.Length && _paths[i].StartsWith(prefix, StringComparison.Ordinal); i++) yield return _paths[i];
    }
}
