using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>Finds what a manifest says of a path, at 16 bytes a slot. May be used by many threads at once.</summary>
internal sealed class ManifestIndex : IDisposable
{
    private readonly PathIndex _files = new();
    private readonly SafeFileHandle _manifest;

    /// <summary>Opens the manifest in a folder.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: a line of it is none that is ever written.</exception>
    internal ManifestIndex(string folder, CancellationToken cancel)
    {
        _manifest = File.OpenHandle(Path.Combine(folder, SnapshotLayout.Manifest), share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            foreach (var line in ManifestLines.Read(folder))
            {
                cancel.ThrowIfCancellationRequested();
                if (line.Entry is not { } entry) throw new StoreException(StoreFault.Damaged, $"line {line.Number} of its manifest cannot be used: {line.Fault}");
                _files.Set(PathHash.Of(entry.Path), line.Offset);
            }
        }
        catch
        {
            _manifest.Dispose();
            throw;
        }
    }

    /// <summary>What the manifest says of a file.</summary>
    internal ManifestEntry? Find(string path) =>
        _files.Find(PathHash.Of(path)) is { } offset
        && LineReader.ReadAt(_manifest, offset) is { } line
        && JsonLine.Parse(line.Span, StoreJson.Lines.ManifestEntry) is { } entry
        && entry.Path == path ? entry : null;

    public void Dispose() => _manifest.Dispose();
}
