using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Tests.Transfer;

/// <summary>A received file in memory. It refuses to hold more than there is room for, as a full disk does.</summary>
internal sealed class MemoryFile(long room = long.MaxValue) : IReceivedFile
{
    private const int NoSpaceLeft = 28;

    private byte[] _bytes = [];
    private readonly Lock _lock = new();

    public long Length { get; private set; }

    public int Resets { get; private set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, (int)Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        WriteAhead(Length, bytes);
        Length += bytes.Length;
    }

    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > room) throw new IOException("No space left on device", NoSpaceLeft);
        lock (_lock)
        {
            if (_bytes.Length < offset + bytes.Length) Array.Resize(ref _bytes, (int)Math.Max(_bytes.Length * 2L, offset + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan((int)offset));
        }
    }

    public void TakeIn(long count, BytesSeen seen)
    {
        lock (_lock) seen(_bytes.AsSpan((int)Length, (int)count));
        Length += count;
    }

    public void Show(BytesSeen seen) => seen(Content);

    public void Reset() => (Length, Resets, _bytes) = (0, Resets + 1, []);
}
