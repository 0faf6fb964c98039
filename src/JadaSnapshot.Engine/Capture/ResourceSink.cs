using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Puts what is captured of one resource into a snapshot, and counts it.</summary>
internal sealed class ResourceSink(SnapshotWriter writer, Resource resource, LayerProgress progress, ResourceSecrets secrets, Action<Problem> report) : ISnapshotSink
{
    private int _problems;

    /// <summary>Whether nothing of the resource had to be reported.</summary>
    public bool IsWhole => Volatile.Read(ref _problems) == 0;

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await writer.WriteAsync(resource, path, content, cancel);
        progress.AddFile(content.Length);
    }

    public ICapturedFile Create(string path) => new CapturedFile(writer.Create(resource, path), progress);

    public bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel)
    {
        if (writer.Keep(resource, path, ifUnchanged, cancel) is not { } kept) return false;
        progress.AddFile(kept.Size);
        return true;
    }

    public Stream? OpenOfBase(string path, CancellationToken cancel) => writer.OpenOfBase(resource, path, cancel);

    public void Report(string operation, Exception failure, string? item = null)
    {
        Interlocked.Increment(ref _problems);
        report(Failure.ToProblem(failure, resource, operation, item));
    }

    public string Fingerprint(string secret) => secrets.Fingerprint(secret);

    public Task SealAsync(string path, ReadOnlyMemory<byte> document, CancellationToken cancel) => secrets.SealAsync(this, path, document, cancel);

    private sealed class CapturedFile(StagedFile file, LayerProgress progress) : ICapturedFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

        public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => file.WriteAhead(offset, bytes);

        public void TakeIn(long count, Transfer.BytesSeen seen) => file.TakeIn(count, seen);

        public void Show(Transfer.BytesSeen seen) => file.Show(seen);

        public void Reset() => file.Reset();

        public async Task CommitAsync(ObjectRecord? record, CancellationToken cancel)
        {
            await file.CommitAsync(record, record?.LastModified, cancel);
            progress.AddFile(file.Length);
        }

        public async Task CommitCopiesAsync(ObjectTotals copies, CancellationToken cancel)
        {
            await file.CommitAsync(record: null, modified: null, cancel, copies);
            progress.AddFile(file.Length);
        }

        public void Dispose() => file.Dispose();
    }
}
