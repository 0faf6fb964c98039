using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>Sees a piece of a file.</summary>
internal delegate void PieceSeen(ReadOnlySpan<byte> piece);

/// <summary>Reads one file, and knows whether it stayed the same meanwhile.</summary>
/// <param name="path">The file.</param>
/// <param name="buffer">The room for a piece; a file that fits into it is read once.</param>
internal sealed class LocalFileReader(string path, byte[] buffer)
{
    private readonly FileInfo _before = new(path);

    public DateTimeOffset Modified => new(_before.LastWriteTimeUtc, TimeSpan.Zero);

    public long Length { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Whether the whole content lies in the buffer after it was read.</summary>
    public bool IsBuffered => Length < buffer.Length;

    public ReadOnlySpan<byte> Buffered => buffer.AsSpan(0, (int)Length);

    /// <summary>Reads all of it.</summary>
    /// <returns>False where it changed meanwhile.</returns>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="LocalFileException">It cannot be read.</exception>
    public bool Read(PieceSeen seen, CancellationToken cancel)
    {
        // Refreshed now: the runtime looks at a file only when it is first asked about it.
        _before.Refresh();
        (Length, Sha256) = Pass(seen, cancel);
        return IsUnchanged();
    }

    /// <summary>Reads it again.</summary>
    /// <returns>False where that gave other bytes.</returns>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="LocalFileException">It cannot be read.</exception>
    public bool ReadAgain(PieceSeen seen, CancellationToken cancel) => Pass(seen, cancel) == (Length, Sha256) && IsUnchanged();

    private bool IsUnchanged()
    {
        var after = new FileInfo(path);
        return after.Exists && after.LinkTarget is null && after.Length == _before.Length && after.LastWriteTimeUtc == _before.LastWriteTimeUtc;
    }

    private (long, string) Pass(PieceSeen seen, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = Reading(() => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan));
        long length = 0;
        for (int count; (count = Fill(file, length)) > 0; length += count)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            seen(buffer.AsSpan(0, count));
            if (count < buffer.Length) return (length + count, Digest());
            // One that grows as fast as it is read has no end. A file of the system may have content and no length.
            if (_before.Length > 0 && length > _before.Length) break;
        }
        return (length, Digest());

        string Digest() => Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private int Fill(SafeFileHandle file, long offset)
    {
        var filled = 0;
        for (int read; filled < buffer.Length && (read = Reading(() => RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled))) > 0; filled += read) ;
        return filled;
    }

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(exception.Message, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new LocalFileException("LocalAccessDenied", exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw new LocalFileException("LocalInputOutput", exception.Message, exception);
        }
    }
}
