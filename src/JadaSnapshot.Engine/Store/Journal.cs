using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace JadaSnapshot.Engine.Store;

/// <summary>One line of <c>journal.jsonl</c>: exactly one of its members.</summary>
internal sealed record JournalLine
{
    public JournalOrder? Order { get; init; }

    public JournalRun? Run { get; init; }

    public ManifestEntry? File { get; init; }

    public JournalResource? Resource { get; init; }

    public JournalProblem? Problem { get; init; }
}

/// <summary>The first line: what is being captured.</summary>
internal sealed record JournalOrder
{
    public required int Format { get; init; }

    public required string Name { get; init; }

    public required string Account { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public required IReadOnlyList<string> Layers { get; init; }

    public required IReadOnlyList<string> ExcludeKeys { get; init; }

    public bool AllVersions { get; init; }

    public IReadOnlyList<string>? Includes { get; init; }

    public IReadOnlyList<string>? ExcludeBuckets { get; init; }

    public KeptInS3? Keep { get; init; }

    public required string ToolVersion { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>A run begins. What follows, up to the next such line, is its work.</summary>
internal sealed record JournalRun(int Number, DateTimeOffset StartedAt, string? Base = null);

/// <summary>A resource was captured, with the files that this run noted before.</summary>
internal sealed record JournalResource(string Key, string Layer, string Name);

/// <summary>Something could not be captured.</summary>
internal sealed record JournalProblem(Problem Problem, string? Resource);

/// <summary>Appends to a journal. A line is with the operating system when <see cref="Append"/> returns: the end of the process does not lose it.</summary>
internal sealed class Journal : IDisposable
{
    internal const int Format = 1;

    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly SafeFileHandle _handle;
    private long _length;

    /// <summary>Opens a journal, or makes it, and drops what a run that was cut off left behind its last whole line.</summary>
    internal Journal(string path, long length)
    {
        _file = StoreFiles.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete, isSealed: false);
        _file.SetLength(_length = length);
        _handle = _file.SafeFileHandle;
    }

    internal void Append(JournalLine line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, StoreJson.Lines.JournalLine);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        try
        {
            lock (_lock)
            {
                RandomAccess.Write(_handle, bytes, _length);
                _length += bytes.Length;
            }
        }
        catch (IOException e) when (StoreException.IsDiskFull(e))
        {
            throw StoreException.DiskFull(e);
        }
    }

    internal ManifestEntry? ReadFile(long offset) =>
        LineReader.ReadAt(_handle, offset) is { } line ? JsonLine.Parse(line.Span, StoreJson.Lines.JournalLine)?.File : null;

    public void Dispose() => _file.Dispose();
}
