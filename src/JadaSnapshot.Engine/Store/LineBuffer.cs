using System.Buffers;

namespace JadaSnapshot.Engine.Store;

/// <summary>Takes bytes that are only good until it returns.</summary>
internal delegate void BytesSink(ReadOnlySpan<byte> bytes);

/// <summary>Gathers lines, so that they are written many at a time.</summary>
internal sealed class LineBuffer(BytesSink write)
{
    private const int WriteSize = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(WriteSize);

    /// <summary>Adds a line, without its line feed.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        _lines.Write(line);
        _lines.Write("\n"u8);
        if (_lines.WrittenCount >= WriteSize) Drain();
    }

    /// <summary>Writes what is left.</summary>
    public void Drain()
    {
        write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }
}
