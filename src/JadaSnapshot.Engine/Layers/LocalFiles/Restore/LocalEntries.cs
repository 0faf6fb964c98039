using System.Text.Json;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>What a snapshot says of a local root. Its lines are believed no more than its manifest: a path leads nowhere but into the root.</summary>
internal sealed class LocalEntries
{
    private readonly string _path;

    /// <param name="snapshot">The snapshot, of which the file with the lines was required (<see cref="IsOf"/>).</param>
    /// <param name="resource">The root.</param>
    public LocalEntries(SnapshotFiles snapshot, Resource resource) => _path = snapshot.Of(PathOf(resource));

    /// <summary>Whether a file is the one with the lines.</summary>
    public static bool IsOf(Resource root, ManifestEntry file) => file.Path == PathOf(root);

    /// <summary>The lines, each folder before what lies in it.</summary>
    /// <exception cref="StoreException">They are not as they were captured.</exception>
    public IEnumerable<LocalItem> Read()
    {
        if (!File.Exists(_path)) throw CapturedFile.Damaged(_path);
        foreach (var line in File.ReadLines(_path))
        {
            LocalItem? item = null;
            try
            {
                item = JsonSerializer.Deserialize(line, StoreJson.Lines.LocalItem);
            }
            catch (JsonException)
            {
            }
            yield return item is not null && IsInside(item.Path) ? item : throw CapturedFile.Damaged(_path);
        }
    }

    private static string PathOf(Resource root) => new LocalRootView().Folder(root) + LocalPaths.Entries;

    /// <summary>Whether a path has no segment that leads elsewhere.</summary>
    public static bool IsInside(string path) =>
        path.Length == 0 || (!Path.IsPathRooted(path) && !path.Contains('\0', StringComparison.Ordinal) && !(OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':')) && path.Split('/').All(segment => segment is not ("" or "." or "..")));
}
