using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>Reads a file line by line as bytes, in bounded memory. A line is what ends in a line feed.</summary>
/// <param name="file">The file; disposed with the reader.</param>
/// <param name="longestLine">Longer lines are not read.</param>
internal sealed class LineReader(Stream file, int longestLine) : IDisposable
{
    /// <summary>No entry comes near it.</summary>
    internal const int LongestLine = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    internal LineReader(string path, long from = 0) : this(Open(path, from), LongestLine) => Position = from;

    /// <summary>Where in the file the next line begins.</summary>
    internal long Position { get; private set; }

    /// <summary>Where the line begins that was read last.</summary>
    internal long LineStart { get; private set; }

    /// <summary>Whether the file goes on behind the last line without a line feed, or with a line that is too long.</summary>
    internal bool IsTorn => _end > _start;

    /// <summary>The next line without its line feed, good until the next call; null at the end.</summary>
    internal ReadOnlyMemory<byte>? Read()
    {
        for (var searched = 0; ;)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + feed);
                LineStart = Position;
                Position += line.Length + 1;
                _start += line.Length + 1;
                return line;
            }
            searched = _end - _start;
            if (searched > longestLine) return null;
            MakeRoom();
            var read = file.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) return null;
            _end += read;
        }
    }

    /// <summary>The line that begins at a place, without its line feed; null where none does.</summary>
    internal static ReadOnlyMemory<byte>? ReadAt(SafeFileHandle file, long offset)
    {
        var buffer = new byte[4096];
        for (var length = 0; ;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(length), offset + length);
            var feed = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (feed >= 0) return buffer.AsMemory(0, length + feed);
            length += read;
            if (read == 0 || length > LongestLine) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    public void Dispose() => file.Dispose();

    private static FileStream Open(string path, long from)
    {
        var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
        file.Position = from;
        return file;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
