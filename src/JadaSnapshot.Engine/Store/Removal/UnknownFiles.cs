using System.Security.Cryptography;

namespace JadaSnapshot.Engine.Store;

/// <summary>Finds what lies in a snapshot's folder and was not put there by whoever took it.</summary>
internal static class UnknownFiles
{
    /// <summary>The paths, in no order. Of a folder in which a snapshot is being taken there are none: what does not belong there goes at the end anyway.</summary>
    internal static IEnumerable<string> In(string folder, CancellationToken cancel)
    {
        if (SnapshotReader.IsHalfRemoved(folder) || Path.GetFileName(folder).StartsWith(SnapshotLayout.PartialPrefix, StringComparison.Ordinal)) yield break;
        var salt = RandomNumberGenerator.GetBytes(16);
        PathHashSet known = new();
        foreach (var line in ManifestLines.Read(folder))
        {
            cancel.ThrowIfCancellationRequested();
            if (line.Entry is { } entry) known.Add(PathHash.Of(entry.Path, salt));
        }
        foreach (var file in SnapshotTree.Walk(folder))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.IsLink || (!SnapshotLayout.IsBesideManifest(file.Path) && !known.Contains(PathHash.Of(file.Path, salt)))) yield return file.Path;
        }
    }

    /// <summary>What there is, in words that follow "holds"; null where there is nothing.</summary>
    internal static string? Describe(string folder, CancellationToken cancel)
    {
        const int Named = 3;
        var (count, first) = (0, new List<string>());
        foreach (var path in In(folder, cancel))
            if (++count <= Named) first.Add(path);
        return count == 0 ? null : $"{count:N0} {(count == 1 ? "file" : "files")} that no capture wrote ({string.Join(", ", first)}{(count > Named ? ", …" : "")})";
    }
}
