using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>A snapshot on disk, which nobody removes meanwhile.</summary>
internal sealed class SnapshotOnDisk(Snapshot snapshot) : SnapshotFiles(snapshot, snapshot.Store)
{
    private readonly SafeFileHandle? _hold = SnapshotHold.Share(snapshot.Path);

    internal override string Folder => Snapshot.Path;

    internal override string PlaceOf(ManifestEntry file) => Of(file);

    internal override bool Has(ManifestEntry file) => File.Exists(Of(file));

    internal override Task RequireAsync(IEnumerable<ManifestEntry> files, CancellationToken cancel) => Task.CompletedTask;

    internal override Task<T> UseAsync<T>(ManifestEntry file, Func<string, Task<T>> use, CancellationToken cancel) => use(Of(file));

    internal override Task<TemporaryFile> FetchAsync(ManifestEntry file, string temporary, CancellationToken cancel) =>
        Task.FromResult(BaseFiles.Copied(Of(file), file, temporary, cancel) ?? throw CapturedFile.Damaged(Of(file)));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hold?.Dispose();
    }
}
