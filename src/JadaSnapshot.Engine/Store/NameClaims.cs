using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Sees that two files of different resources never fall on one name where a file system ignores case or normalisation. Objects
/// are told apart by <see cref="PathAssigner"/>; of functions, tables and zones that differ in case alone there is hardly ever one,
/// and readable names matter every day: the second one is a problem, never a file that silently replaced the first.
/// </summary>
internal sealed class NameClaims
{
    private readonly ConcurrentDictionary<ulong, ulong> _claims = new();

    /// <exception cref="NameClashException">Another path, or a folder on the way, that folds to the same was claimed before.</exception>
    public void Claim(string path)
    {
        if (!TryClaim(path)) throw new NameClashException(path);
    }

    /// <summary>Claims a path with each folder on the way: what lies below two folders that a file system takes for one is mixed up too.</summary>
    public bool TryClaim(string path)
    {
        for (var end = 0; end < path.Length;)
        {
            end = path.IndexOf('/', end + 1) is var slash and > 0 ? slash : path.Length;
            var exact = PathHash.Of(path.AsSpan(0, end));
            if (_claims.GetOrAdd(PathHash.Of(NameFolding.Fold(path[..end])), exact) != exact) return false;
        }
        return true;
    }
}

/// <summary>A file that some file systems would take for another one of the same snapshot.</summary>
public sealed class NameClashException(string path)
    : IOException($"'{path}' differs only in letter case or normalisation from a file of another resource, and some file systems take the two for one: it was not captured.");
