using System.Collections.Concurrent;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Keeps the documents of a capture in memory, and only those that are wanted. No bulk is fetched, and no secret is kept.</summary>
internal sealed class DocumentSink(string folder, Func<string, bool> wants, Action<string, Exception, string?> report) : ISnapshotSink
{
    private const string Withheld = "jada:withheld";

    private readonly ConcurrentDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    public ResourceDocuments Documents => new(_documents);

    public bool Wants(string path) => path.StartsWith(folder, StringComparison.Ordinal) && wants(path[folder.Length..]);

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        if (Wants(path)) _documents[path[folder.Length..]] = content.ToArray();
        return Task.CompletedTask;
    }

    public bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel) => true;

    public ICapturedFile Create(string path) => throw new NotSupportedException($"{path} is not a document. What comes in pieces is to be asked for with {nameof(Wants)}.");

    public void Report(string operation, Exception failure, string? item = null) => report(operation, failure, item);

    public string Fingerprint(string secret) => Withheld;
}
