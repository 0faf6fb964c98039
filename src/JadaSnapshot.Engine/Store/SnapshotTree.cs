using System.IO.Enumeration;

namespace JadaSnapshot.Engine.Store;

/// <summary>Something in a snapshot's folder that is not a folder.</summary>
internal readonly record struct TreeFile(string Path, long Size, bool IsLink);

/// <summary>What really lies in a folder.</summary>
internal static class SnapshotTree
{
    /// <summary>Every file below a folder with its path in forward slashes, in no order. A link is reported as such and not followed.</summary>
    internal static IEnumerable<TreeFile> Walk(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new FileSystemEnumerable<TreeFile>(root,
            (ref entry) => new(Relative(ref entry), IsLink(ref entry) ? 0 : entry.Length, IsLink(ref entry)),
            new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref entry) => !IsLink(ref entry),
        };
    }

    /// <summary>Deletes every folder below this one that holds nothing.</summary>
    internal static void DeleteEmptyFolders(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if ((File.GetAttributes(child) & FileAttributes.ReparsePoint) != 0) continue;
            DeleteEmptyFolders(child);
            if (!Directory.EnumerateFileSystemEntries(child).Any()) Directory.Delete(child);
        }
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static string Relative(ref FileSystemEntry entry)
    {
        var folder = entry.Directory[entry.RootDirectory.Length..].TrimStart(Path.DirectorySeparatorChar);
        var path = folder.IsEmpty ? entry.FileName.ToString() : $"{folder}/{entry.FileName}";
        return Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
    }
}
