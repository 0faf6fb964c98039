namespace JadaSnapshot.Engine.Store;

/// <summary>
/// A file of a snapshot while it is being written. It belongs to the snapshot once <see cref="CommitAsync"/> has returned;
/// disposed before that, it leaves nothing. Not for use by several threads at once.
/// </summary>
public sealed class StagedFile : IDisposable
{
    private readonly SnapshotWriter _writer;
    private readonly TemporaryFile _file;
    private readonly string _resource;
    private readonly string _layer;

    internal StagedFile(SnapshotWriter writer, TemporaryFile file, Resource resource, string path)
    {
        (_writer, _file, _layer, _resource, Path) = (writer, file, resource.Layer, resource.Key, path);
    }

    /// <summary>The path below the snapshot's folder.</summary>
    public string Path { get; }

    /// <summary>The number of bytes written so far.</summary>
    public long Length => _file.Length;

    /// <summary>The SHA-256 of what was written, in lower-case hexadecimal digits. Nothing can be written after it was asked for.</summary>
    public string Sha256 => _file.Sha256;

    /// <summary>Appends bytes.</summary>
    /// <exception cref="StoreException">The disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    /// <summary>Writes bytes that belong further on; several threads may do so at once. They count once <see cref="TakeIn"/> has reached them.</summary>
    /// <exception cref="StoreException">The disk is full.</exception>
    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.WriteAhead(offset, bytes);
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    /// <summary>Appends the next bytes as they were written ahead, and shows them in their order.</summary>
    public void TakeIn(long count, Transfer.BytesSeen seen) => _file.TakeIn(count, seen);

    /// <summary>Shows what was written once more, from its beginning.</summary>
    public void Show(Transfer.BytesSeen seen) => _file.Show(seen);

    /// <summary>Throws away what was written so far.</summary>
    public void Reset() => _file.Reset();

    /// <summary>Flushes the file to disk, gives it its name, and notes it in the journal.</summary>
    /// <param name="record">What S3 said of the object; null for any other file.</param>
    /// <param name="modified">The time of last change that the file is given; null for now.</param>
    /// <param name="cancel">Looked at before anything is done: a commit that has begun goes through.</param>
    /// <param name="copies">What the copies in S3 come to that the file names; null for any other file.</param>
    /// <exception cref="StoreException">The disk is full.</exception>
    public Task<ManifestEntry> CommitAsync(ObjectRecord? record, DateTimeOffset? modified, CancellationToken cancel, ObjectTotals? copies = null)
    {
        cancel.ThrowIfCancellationRequested();
        ManifestEntry entry = new() { Path = Path, Size = _file.Length, Sha256 = _file.Sha256, Layer = _layer, Resource = _resource, Object = record, Copies = copies };
        try
        {
            _file.Flush(modified);
            _writer.Place(_file, entry);
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
        return Task.FromResult(entry);
    }

    /// <summary>Removes the file unless it was committed.</summary>
    public void Dispose() => _file.Dispose();
}
