using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JadaSnapshot.Engine.Store;

/// <summary>One of the snapshot's own files of lines, which gets its name once it is whole and flushed.</summary>
internal sealed class LineFile(string temporary) : IDisposable
{
    private readonly TemporaryFile _file = new(temporary);
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);

    internal void Append<T>(T document, JsonTypeInfo<T> type)
    {
        using (Utf8JsonWriter writer = new(_buffer, new() { Encoder = type.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, document, type);
        EndLine();
    }

    internal void Append(string line)
    {
        Encoding.UTF8.GetBytes(line, _buffer);
        EndLine();
    }

    internal void Append(ReadOnlySpan<byte> line)
    {
        _buffer.Write(line);
        EndLine();
    }

    internal (long Size, string Sha256) MoveTo(string target)
    {
        Drain();
        var written = (_file.Length, _file.Sha256);
        _file.Flush(modified: null);
        _file.MoveTo(target);
        return written;
    }

    public void Dispose() => _file.Dispose();

    private void EndLine()
    {
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= 1 << 16) Drain();
    }

    private void Drain()
    {
        _file.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
