using System.Buffers;
using System.Security.Cryptography;
using JadaSnapshot.Engine.Transfer;
using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>A file that is written under a temporary name, hashed on the way, and only whole and flushed gets its own.</summary>
internal sealed class TemporaryFile : IReadyFile, IReceivedFile
{
    private const int BlockSize = 256 << 10;

    private readonly string _temporary;
    private readonly bool _isSealed;
    private readonly FileStream _file;
    private readonly SafeFileHandle _handle;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _digest;
    private bool _isMoved;

    internal TemporaryFile(string temporary, bool isSealed = true)
    {
        (_temporary, _isSealed) = (temporary, isSealed);
        _file = StoreFiles.Open(temporary, FileMode.CreateNew, FileShare.None, isSealed);
        _handle = _file.SafeFileHandle;
    }

    public long Length { get; private set; }

    /// <summary>The SHA-256 of what was written; nothing can be written after it was asked for.</summary>
    internal string Sha256 => _digest ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_digest is not null) throw new InvalidOperationException("The file is complete.");
        _hash.AppendData(bytes);
        RandomAccess.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Writes bytes further on in the file, by several threads at once.</summary>
    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, offset);

    /// <summary>Takes the next bytes, which were written ahead, as if they were written now.</summary>
    public void TakeIn(long count, BytesSeen seen) => Read(Length, count, bytes =>
    {
        _hash.AppendData(bytes);
        seen(bytes);
        Length += bytes.Length;
    });

    /// <summary>Shows what was written once more.</summary>
    public void Show(BytesSeen seen) => Read(0, Length, seen);

    private void Read(long from, long count, BytesSeen seen)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (int read; count > 0; count -= read, from += read)
            {
                read = RandomAccess.Read(_handle, block.AsSpan(0, (int)Math.Min(BlockSize, count)), from);
                if (read == 0) throw new EndOfStreamException("The file has lost bytes that were written to it.");
                seen(block.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public void Reset()
    {
        if (_digest is not null) throw new InvalidOperationException("The file is complete.");
        _hash.GetHashAndReset();
        RandomAccess.SetLength(_handle, 0);
        Length = 0;
    }

    /// <summary>Ends the file, which is on disk then, and gives it the time of last change.</summary>
    internal void Flush(DateTimeOffset? modified)
    {
        _ = Sha256;
        RandomAccess.FlushToDisk(_handle);
        if (modified is { } time) File.SetLastWriteTimeUtc(_handle, time.UtcDateTime);
        _file.Dispose();
        if (_isSealed && OperatingSystem.IsWindows()) File.SetAttributes(_temporary, FileAttributes.ReadOnly);
    }

    public void MoveTo(string target)
    {
        StoreFiles.Replace(_temporary, target);
        _isMoved = true;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
        if (!_isMoved) StoreFiles.Delete(_temporary);
    }
}
