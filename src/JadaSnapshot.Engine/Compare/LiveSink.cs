using System.Collections.Concurrent;
using System.Security.Cryptography;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Takes what is captured of a live resource to be compared: documents are kept, of everything else the digest is.</summary>
internal sealed class LiveSink(ComparisonRules rules, Func<string, string> fingerprint, Action<string, Exception, string?> report) : ISnapshotSink
{
    private readonly ConcurrentDictionary<string, SideFile> _files = new(StringComparer.Ordinal);
    private int _problems;

    /// <summary>Whether all of it came.</summary>
    public bool IsWhole => Volatile.Read(ref _problems) == 0;

    /// <summary>What came, in the order of paths.</summary>
    public IReadOnlyList<SideFile> Files => [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

    // Objects are held against their listing, which takes no byte of them.
    public bool Wants(string path) => !path.StartsWith("s3-buckets/", StringComparison.Ordinal) && rules.Compares(path);

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var kept = content.ToArray();
        if (Wants(path)) _files[path] = new(path, kept.Length, Convert.ToHexStringLower(SHA256.HashData(kept)), () => kept);
        return Task.CompletedTask;
    }

    public ICapturedFile Create(string path) => new DigestedFile(file =>
    {
        if (Wants(path)) _files[path] = new(path, file.Length, file.Sha256, null);
    });

    public bool TryKeep(string path, Func<ManifestEntry, ManifestEntry?> ifUnchanged, CancellationToken cancel) => false;

    public void Report(string operation, Exception failure, string? item = null)
    {
        Interlocked.Increment(ref _problems);
        report(operation, failure, item);
    }

    public string Fingerprint(string secret) => fingerprint(secret);
}
