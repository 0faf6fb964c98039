using System.Buffers;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// Takes files over from a snapshot: by a hard link, which needs neither room nor reading, or by a copy where the file system
/// has no links between the two. A file that is not as it was captured is not taken.
/// </summary>
internal sealed class BaseFiles(Snapshot snapshot, Action<string> warn)
{
    private const UnixFileMode Sealed = UnixFileMode.UserRead;
    private const int BlockSize = 256 << 10;

    private int _toldOfCopies, _toldOfDamage;

    internal IReadyFile? Take(ManifestEntry entry, string temporary, CancellationToken cancel)
    {
        var source = Path.Combine(snapshot.Path, entry.Path);
        try
        {
            if (HardLink.TryMake(source, temporary) is not { } refusal) return Linked(entry, temporary, cancel) ?? Damaged(entry);
            if (!File.Exists(source)) return Damaged(entry);
            Once(ref _toldOfCopies, $"Files of the base '{snapshot.Name}' cannot be linked ({refusal}). They are copied, which takes room for them again.");
            return Copied(source, entry, temporary, cancel) ?? Damaged(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !StoreException.IsDiskFull(e))
        {
            return Damaged(entry);
        }
    }

    // What was linked is looked at, not what will be, so that nothing can come in between.
    private static LinkedFile? Linked(ManifestEntry entry, string temporary, CancellationToken cancel)
    {
        LinkedFile file = new(temporary);
        if (IsAsCaptured(entry, temporary, cancel)) return file;
        file.Dispose();
        return null;
    }

    private static bool IsAsCaptured(ManifestEntry entry, string path, CancellationToken cancel)
    {
        FileInfo file = new(path);
        if ((file.Attributes & FileAttributes.ReparsePoint) != 0 || file.Length != entry.Size) return false;
        if (!OperatingSystem.IsWindows() && file.UnixFileMode != Sealed) return false;
        // A file that has no time of its own, as that of an object has, tells nothing before it is read.
        return entry.Object is { } record
            ? new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds() == record.LastModified.ToUnixTimeSeconds()
            : FileDigest.Of(path, entry.Size, cancel).Digest == entry.Sha256;
    }

    /// <summary>A copy of a file of a snapshot; null where it is not as it was captured.</summary>
    internal static TemporaryFile? Copied(string source, ManifestEntry entry, string temporary, CancellationToken cancel)
    {
        TemporaryFile copy = new(temporary);
        try
        {
            Copy(source, entry.Size, copy, cancel);
            if (copy.Length == entry.Size && copy.Sha256 == entry.Sha256)
            {
                copy.Flush(entry.Object?.LastModified);
                return copy;
            }
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        copy.Dispose();
        return null;
    }

    private static void Copy(string source, long expected, TemporaryFile copy, CancellationToken cancel)
    {
        if (!SnapshotReader.IsReadable(source)) return;
        using var file = File.OpenHandle(source, options: FileOptions.SequentialScan);
        var block = ArrayPool<byte>.Shared.Rent((int)Math.Min(expected + 1, BlockSize));
        try
        {
            for (int read; copy.Length <= expected && (read = RandomAccess.Read(file, block, copy.Length)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                copy.Write(block.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private IReadyFile? Damaged(ManifestEntry entry)
    {
        Once(ref _toldOfDamage, $"'{entry.Path}' in the base '{snapshot.Name}' is not as it was captured, and is fetched anew. Test-JadaSnapshot says whether there is more.");
        return null;
    }

    private void Once(ref int told, string words)
    {
        if (Interlocked.Exchange(ref told, 1) == 0) warn(words);
    }

    private sealed class LinkedFile(string temporary) : IReadyFile
    {
        public void MoveTo(string target)
        {
            StoreFiles.Replace(temporary, target);
            // Windows keeps the mark that a file must not be written with the file, and deleting another of its names takes it off.
            if (OperatingSystem.IsWindows()) File.SetAttributes(target, FileAttributes.ReadOnly);
        }

        // Renaming over another name of the same file does nothing on Unix, and leaves both.
        public void Dispose() => StoreFiles.Delete(temporary);
    }
}
