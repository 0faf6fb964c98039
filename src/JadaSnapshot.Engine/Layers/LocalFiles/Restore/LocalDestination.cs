using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Where a local root comes back to.</summary>
internal static class LocalDestination
{
    /// <summary>
    /// The path that the caller names, that of the root that is declared under the name, or where it was. Null where nobody names any and the
    /// restore goes to another place than the snapshot's: this machine is no part of that.
    /// </summary>
    public static string? Of(RestoreSession session, Resource resource)
    {
        var first = First(new LocalEntries(session.Files, resource));
        var target = session.Target;
        // Of a single file the folder is named.
        if (target.LocalPathOf(resource.Name) is { } named) return first is { Path: { Length: > 0 } file } ? Path.Join(named, file) : named;
        if (target.IsElsewhere || !session.IsSamePlace) return null;
        return target.Options.LocalRoots.FirstOrDefault(root => root.Name == resource.Name)?.Path ?? first?.Source ?? resource.Description;
    }

    private static LocalItem? First(LocalEntries entries)
    {
        try
        {
            return entries.Read().FirstOrDefault();
        }
        catch (StoreException)
        {
            // What reads all of it says so.
            return null;
        }
    }
}
