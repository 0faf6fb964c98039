using System.Buffers;
using System.Security.Cryptography;

namespace JadaSnapshot.Engine.Store;

/// <summary>The SHA-256 of a file.</summary>
internal static class FileDigest
{
    private const int BlockSize = 256 << 10;
    private const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Reads a file that is expected to have a certain length; one of another length is not read.</summary>
    internal static (long Length, string? Digest) Of(string path, long expected, CancellationToken cancel)
    {
        // A pipe has no length, and opening it would wait for ever.
        if (expected == 0 || new FileInfo(path).Length != expected) return (new FileInfo(path).Length, OfNothing);
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var block = ArrayPool<byte>.Shared.Rent((int)Math.Min(expected, BlockSize));
        try
        {
            return Read(file, expected, block, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static (long, string?) Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long expected, byte[] block, CancellationToken cancel)
    {
        var read = RandomAccess.Read(file, block, 0);
        if (read == expected) return (read, Convert.ToHexStringLower(SHA256.HashData(block.AsSpan(0, read))));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        for (; read > 0; read = RandomAccess.Read(file, block, length))
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
            length += read;
            if (length > expected) break;
        }
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
