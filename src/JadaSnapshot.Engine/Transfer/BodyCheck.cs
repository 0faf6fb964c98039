namespace JadaSnapshot.Engine.Transfer;

/// <summary>Holds an object's bytes, as they come, against what S3 stated of them.</summary>
/// <param name="stated">What it stated.</param>
/// <param name="parts">The sizes of the parts that it is made of, in their order; null for a checksum of the whole.</param>
internal sealed class BodyCheck(ServiceChecksum stated, long[]? parts = null) : IDisposable
{
    private readonly Digest _digest = new(stated.Algorithm);
    private readonly Digest? _ofParts = parts is null ? null : new(stated.Algorithm);
    private long _left = parts?[0] ?? long.MaxValue;
    private int _part;

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _left)
        {
            _digest.Append(bytes[..(int)_left]);
            bytes = bytes[(int)_left..];
            _ofParts!.Append(_digest.Finish());
            _left = ++_part < parts!.Length ? parts[_part] : long.MaxValue;
        }
        _digest.Append(bytes);
        _left -= bytes.Length;
    }

    /// <summary>Whether the bytes are those that S3 spoke of.</summary>
    public bool Agrees()
    {
        var checksum = _digest.Finish();
        if (_ofParts is null) return stated.Is(checksum);
        _ofParts.Append(checksum);
        return stated.Is(_ofParts.Finish());
    }

    public void Dispose()
    {
        _digest.Dispose();
        _ofParts?.Dispose();
    }
}
