namespace JadaSnapshot.Engine.Capture;

/// <summary>Where a layer puts what it captured of one resource. Paths are made of safe segments by the caller (<see cref="Store.PathNames"/>).</summary>
public interface ISnapshotSink
{
    /// <summary>Whether a document, or a file that comes in pieces, is wanted at all. What is not need not be asked for.</summary>
    bool Wants(string path) => true;

    /// <summary>Writes a document as it was received.</summary>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>Opens a file to be written in pieces. Nothing has its final name before it is committed.</summary>
    ICapturedFile Create(string path);

    /// <summary>
    /// Takes a file over that an interrupted run of the same snapshot, or the base, captured under this path. Where it cannot, because there
    /// is none or it is not as it was captured, the answer is false, and the file is to be captured.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="ifUnchanged">Is given what is known of such a file; gives what is to be noted of it now, or null where it has changed.</param>
    /// <param name="cancel">Ends it.</param>
    bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel);

    /// <summary>Reads the same file of the base, once it is known to be as it was captured; null where there is none.</summary>
    Stream? OpenOfBase(string path, CancellationToken cancel) => null;

    /// <summary>Notes that something of this resource could not be captured; <paramref name="item"/> names it where it is one of many (a key).</summary>
    void Report(string operation, Exception failure, string? item = null);

    /// <summary>The keyed fingerprint that stands in a document in place of a secret.</summary>
    string Fingerprint(string secret);

    /// <summary>Keeps a document with its secrets for those who may open it, beside the one without; does nothing where nobody was named.</summary>
    Task SealAsync(string path, ReadOnlyMemory<byte> document, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A file of a snapshot while it is being written. Disposed without a commit, it leaves nothing behind.</summary>
public interface ICapturedFile : Transfer.IReceivedFile, IDisposable
{
    /// <summary>Gives the file its final name and its line in the manifest.</summary>
    Task CommitAsync(ObjectRecord? record, CancellationToken cancel);

    /// <summary>The same for a file that names copies in S3.</summary>
    /// <param name="copies">What they come to.</param>
    /// <param name="cancel">Ends it.</param>
    Task CommitCopiesAsync(ObjectTotals copies, CancellationToken cancel) => CommitAsync(null, cancel);
}
