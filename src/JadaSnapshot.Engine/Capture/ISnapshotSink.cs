namespace JadaSnapshot.Engine.Capture;

/// <summary>Where a layer puts what it captured of one resource. Paths are made of safe segments by the caller (<see cref="Store.PathNames"/>).</summary>
public interface ISnapshotSink
{
    /// <summary>Writes a document as it was received.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>Opens a file to be written in pieces. Nothing has its final name before it is committed.</summary>
    ICapturedFile Create(string path);

    /// <summary>The entry under which an interrupted run of the same snapshot captured this path; null where there is none.</summary>
    ManifestEntry? Find(string path);

    /// <summary>Takes over a file that <see cref="Find"/> found, unchanged.</summary>
    void Keep(ManifestEntry entry);

    /// <summary>Notes that something of this resource could not be captured; <paramref name="item"/> names it where it is one of many (a key).</summary>
    void Report(string operation, Exception failure, string? item = null);

    /// <summary>The keyed fingerprint that stands in a document in place of a secret.</summary>
    string Fingerprint(string secret);
}

/// <summary>A file of a snapshot while it is being written. Disposed without a commit, it leaves nothing behind.</summary>
public interface ICapturedFile : Transfer.IReceivedFile, IDisposable
{
    /// <summary>Gives the file its final name and its line in the manifest.</summary>
    Task CommitAsync(ObjectRecord? record, CancellationToken cancel);
}
