using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Tests.Transfer;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Keeps what is captured in memory; a problem ends the test.</summary>
internal sealed class MemorySink : ISnapshotSink, IDisposable
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        Files[path] = content.ToArray();
        return Task.CompletedTask;
    }

    public ICapturedFile Create(string path) => new File(bytes => Files[path] = bytes);

    public bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel) => false;

    public void Report(string operation, Exception failure, string? item = null) => throw new InvalidOperationException(operation, failure);

    public string Fingerprint(string secret) => "fingerprint";

    public void Dispose() => Files.Clear();

    private sealed class File(Action<byte[]> onCommit) : ICapturedFile
    {
        private readonly MemoryFile _file = new();

        public long Length => _file.Length;

        public void Write(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

        public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => _file.WriteAhead(offset, bytes);

        public void TakeIn(long count, BytesSeen seen) => _file.TakeIn(count, seen);

        public void Show(BytesSeen seen) => _file.Show(seen);

        public void Reset() => _file.Reset();

        public Task CommitAsync(ObjectRecord? record, CancellationToken cancel)
        {
            onCommit(_file.Content.ToArray());
            return Task.CompletedTask;
        }

        public void Dispose()
        {
        }
    }
}
