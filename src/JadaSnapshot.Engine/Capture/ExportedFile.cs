using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Capture;

/// <summary>A file of an export. It waits under a temporary name for the rest of its resource.</summary>
internal sealed class ExportedFile(TemporaryFile file, Action<ExportedFile> onCommit) : ICapturedFile
{
    private bool _isWhole;

    public long Length => file.Length;

    public string Sha256 => file.Sha256;

    public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => file.WriteAhead(offset, bytes);

    public void TakeIn(long count, BytesSeen seen) => file.TakeIn(count, seen);

    public void Show(BytesSeen seen) => file.Show(seen);

    public void Reset() => file.Reset();

    public Task CommitAsync(ObjectRecord? record, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        file.Flush(record?.LastModified);
        _isWhole = true;
        onCommit(this);
        return Task.CompletedTask;
    }

    public void MoveTo(string target) => file.MoveTo(target);

    public void Discard() => file.Dispose();

    public void Dispose()
    {
        if (!_isWhole) file.Dispose();
    }
}
