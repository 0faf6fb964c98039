using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>A file that is written under a temporary name, hashed on the way, and only whole and flushed gets its own.</summary>
internal sealed class TemporaryFile : IReadyFile
{
    private readonly string _temporary;
    private readonly FileStream _file;
    private readonly SafeFileHandle _handle;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _digest;
    private bool _isMoved;

    internal TemporaryFile(string temporary)
    {
        _temporary = temporary;
        _file = StoreFiles.Open(temporary, FileMode.CreateNew, FileShare.None, isSealed: true);
        _handle = _file.SafeFileHandle;
    }

    internal long Length { get; private set; }

    /// <summary>The SHA-256 of what was written; nothing can be written after it was asked for.</summary>
    internal string Sha256 => _digest ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        if (_digest is not null) throw new InvalidOperationException("The file is complete.");
        _hash.AppendData(bytes);
        RandomAccess.Write(_handle, bytes, Length);
        Length += bytes.Length;
    }

    internal void Reset()
    {
        if (_digest is not null) throw new InvalidOperationException("The file is complete.");
        _hash.GetHashAndReset();
        RandomAccess.SetLength(_handle, 0);
        Length = 0;
    }

    internal void Flush(DateTimeOffset? modified)
    {
        RandomAccess.FlushToDisk(_handle);
        if (modified is { } time) File.SetLastWriteTimeUtc(_handle, time.UtcDateTime);
        _file.Dispose();
        if (OperatingSystem.IsWindows()) File.SetAttributes(_temporary, FileAttributes.ReadOnly);
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
