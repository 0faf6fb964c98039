using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A file of which only the digest stays. It comes from its beginning to its end.</summary>
internal sealed class DigestedFile(Action<DigestedFile>? done = null) : ICapturedFile
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Length { get; private set; }

    /// <summary>The digest of what has come, in lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("A digest is made from the beginning to the end.");

    public void TakeIn(long count, BytesSeen seen) => throw new NotSupportedException("A digest is made from the beginning to the end.");

    public void Show(BytesSeen seen) => throw new NotSupportedException("Of what was seen only the digest is there.");

    public void Reset()
    {
        _ = _hash.GetHashAndReset();
        Length = 0;
    }

    public Task CommitAsync(ObjectRecord? record, CancellationToken cancel)
    {
        done?.Invoke(this);
        return Task.CompletedTask;
    }

    public void Dispose() => _hash.Dispose();
}
