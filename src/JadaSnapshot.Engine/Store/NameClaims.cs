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

    /// <exception cref="NameClashException">Another path that folds to the same one was claimed before.</exception>
    public void Claim(string path)
    {
        var exact = PathHash.Of(path);
        if (_claims.GetOrAdd(PathHash.Of(NameFolding.Fold(path)), exact) != exact) throw new NameClashException(path);
    }
}

/// <summary>A file that some file systems would take for another one of the same snapshot.</summary>
public sealed class NameClashException(string path)
    : IOException($"'{path}' differs only in letter case or normalisation from a file of another resource, and some file systems take the two for one: it was not captured.");
