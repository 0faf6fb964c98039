using System.Collections.Concurrent;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The buckets of the account.</summary>
internal sealed class S3Store(SandboxWorld world)
{
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>When the name of a deleted bucket is free again.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _deleted = new(StringComparer.Ordinal);

    public SandboxWorld World => world;

    /// <summary>The canonical user id of the account.</summary>
    public string OwnerId { get; } = SandboxWorld.HashId("canonical user of " + world.Account, 64).ToLowerInvariant();

    public IEnumerable<Bucket> Buckets => _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    /// <exception cref="SandboxException">A bucket of this name has just been deleted.</exception>
    public bool Add(Bucket bucket)
    {
        if (_deleted.TryGetValue(bucket.Name, out var settled) && !world.IsSettled(settled)) throw S3Errors.OperationAborted(bucket.Name);
        return _buckets.TryAdd(bucket.Name, bucket);
    }

    public void Remove(Bucket bucket)
    {
        _buckets.TryRemove(bucket.Name, out _);
        _deleted[bucket.Name] = world.SettledAfter(world.Settling.Buckets);
    }

    public string NewVersionId() => world.NewId(32, IdLetters);

    public string NewUploadId() => world.NewId(96, IdLetters);
}
