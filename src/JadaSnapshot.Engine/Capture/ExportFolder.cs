using System.Text;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>
/// The folder of one exported resource. Its <c>SHA256SUMS</c> says which files are an export's: those that a later export does not
/// have any more are deleted, and files of anyone else are never touched.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    private readonly string _relative;
    private readonly string _staging;

    /// <param name="destination">Where all exports go.</param>
    /// <param name="relative">The resource's folder in a snapshot, ending in a slash.</param>
    public ExportFolder(string destination, string relative)
    {
        _relative = relative;
        Path = System.IO.Path.Join(destination, relative.TrimEnd('/'));
        _staging = System.IO.Path.Join(destination, ".export-" + Guid.NewGuid().ToString("n"));
        StoreFiles.MakeFolder(_staging);
    }

    public string Path { get; }

    /// <summary>Whether an export of the resource is there.</summary>
    public bool HasEarlier => SnapshotReader.IsReadable(Sums);

    private string Sums => System.IO.Path.Join(Path, SnapshotLayout.Sums);

    public TemporaryFile NewFile() => new(System.IO.Path.Join(_staging, Guid.NewGuid().ToString("n")), isSealed: false);

    /// <summary>Whether a snapshot's path lies below the resource's folder.</summary>
    public bool Holds(string path) => path.StartsWith(_relative, StringComparison.Ordinal);

    /// <summary>The part of a snapshot's path below the resource's folder.</summary>
    /// <exception cref="ArgumentException">The path leads elsewhere.</exception>
    public string Locate(string path) =>
        SnapshotLayout.IsLegal(path) && Holds(path)
            ? path[_relative.Length..]
            : throw new ArgumentException($"'{path}' does not lie below '{_relative}'.", nameof(path));

    /// <summary>Moves the files of an export into their places, and deletes those that an earlier one had besides.</summary>
    public void Place(IReadOnlyDictionary<string, ExportedFile> files)
    {
        List<string> earlier = [.. Earlier()];
        StoreFiles.MakeFolder(Path);
        // With the union of both named first, a crash leaves no file that nobody knows of.
        WriteSums(files, earlier);
        foreach (var (name, file) in files) file.MoveTo(System.IO.Path.Join(Path, name));
        foreach (var name in earlier.Where(name => !files.ContainsKey(name))) StoreFiles.Delete(System.IO.Path.Join(Path, name));
        if (earlier.Count > 0) WriteSums(files, []);
    }

    public void Dispose() => StoreFiles.DeleteTree(_staging);

    private IEnumerable<string> Earlier()
    {
        if (!HasEarlier) return [];
        return from line in File.ReadLines(Sums)
               where line.Length > 66 && !line.StartsWith('\\')
               let name = line[66..]
               where SnapshotLayout.IsLegal(name) && File.Exists(System.IO.Path.Join(Path, name))
               select name;
    }

    private void WriteSums(IReadOnlyDictionary<string, ExportedFile> files, IReadOnlyList<string> besides)
    {
        var lines = files.Select(file => (Name: file.Key, Line: Sha256Text.SumLine(file.Value.Sha256, file.Key)))
            .Concat(besides.Where(name => !files.ContainsKey(name)).Select(name => (Name: name, Line: Sha256Text.SumLine(new('0', 64), name))))
            .OrderBy(line => line.Name, StringComparer.Ordinal).Select(line => line.Line + "\n");
        using var sums = NewFile();
        sums.Write(Encoding.UTF8.GetBytes(string.Concat(lines)));
        sums.Flush(null);
        sums.MoveTo(Sums);
    }
}
