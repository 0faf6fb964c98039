namespace JadaSnapshot.Engine.Estate;

/// <summary>Looks whether the folders that an estate file speaks of can be used.</summary>
internal sealed class LocalCheck(EstateFile estate, EstateFindings findings)
{
    public void Run()
    {
        if (estate.Store is { } store && File.Exists(store)) findings.Error("/store", $"{store} is a file, and snapshots are kept in a folder.");
        foreach (var root in estate.LocalRoots)
        {
            var path = EstateFindings.Pointer("localRoots", root.Name, "path");
            if (!Path.Exists(root.Path)) findings.Error(path, $"There is nothing at {root.Path}.");
            else if (estate.Store is { } kept && (kept + Path.DirectorySeparatorChar).StartsWith(root.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                findings.Warning(path, $"{root.Path} holds the store {kept}: each snapshot would hold those before it. Exclude it.");
        }
        if (estate.Snapshot.Base is { } name && IsAbsent(name)) findings.Warning("/snapshot/base", $"There is no snapshot {name}.");
    }

    private bool IsAbsent(string name) =>
        name != Store.LatestSnapshot.Word && !Directory.Exists(Path.IsPathFullyQualified(name) ? name : Path.Join(estate.Store ?? estate.Folder, name));
}
