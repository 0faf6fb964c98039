using System.Collections.Concurrent;
using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>A bucket whose objects follow from a formula and are never held: a million of them cost nothing. It can be read and listed, not written.</summary>
public sealed record SyntheticBucket
{
    /// <summary>The bucket's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its region.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>How many objects it holds.</summary>
    public required int Count { get; init; }

    /// <summary>The bytes of each object.</summary>
    public required int Size { get; init; }

    /// <summary>What stands before the nine digits of a key's number; keys are <c>data/000000000.bin</c>, <c>data/000000001.bin</c>, …</summary>
    public string Prefix { get; init; } = "data/";

    /// <summary>What stands after them.</summary>
    public string Suffix { get; init; } = ".bin";

    /// <summary>The bucket to which a report of S3 Inventory on this one is delivered, made where it is not there; null for none.</summary>
    public string? InventoryTo { get; init; }

    /// <summary>The key of an object, counted from 0.</summary>
    public string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index:D9}{Suffix}");

    /// <summary>Reads <c>name=big,count=1000000,size=100</c>; <c>region</c>, <c>prefix</c>, <c>suffix</c> and <c>inventory</c> (to which bucket) may be said too.</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static SyntheticBucket Parse(string text)
    {
        var bucket = new SyntheticBucket { Name = "", Count = -1, Size = 1_024 };
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var value = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
            bucket = pair.Split('=')[0] switch
            {
                "name" => bucket with { Name = value },
                "region" => bucket with { Region = value },
                "prefix" => bucket with { Prefix = value },
                "suffix" => bucket with { Suffix = value },
                "inventory" => bucket with { InventoryTo = value },
                "count" => bucket with { Count = Whole(value, 1_000_000_000) },
                "size" => bucket with { Size = Whole(value, Array.MaxLength) },
                var name => throw new FormatException($"A synthetic bucket has no '{name}'; it has name, count, size, region, prefix, suffix and inventory."),
            };
        }
        return bucket is { Name.Length: > 0, Count: >= 0 } ? bucket : throw new FormatException($"'{text}' needs at least a name and a count: name=big,count=1000000,size=100.");
    }

    private static int Whole(string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : throw new FormatException($"'{value}' is not a whole number of at most {most}.");
}

/// <summary>A <see cref="SyntheticBucket"/> as the operations see it.</summary>
internal sealed class FormulaBucket(SyntheticBucket formula, DateTimeOffset created) : Bucket(formula.Name, formula.Region, created)
{
    private const int MostRemembered = 100_000;
    private const int Period = 64 * 1_024;
    private const int LargestWithMd5 = 1_024 * 1_024;

    private static readonly byte[] Pattern = MakePattern();

    private readonly ConcurrentDictionary<int, (string ETag, Checksum Checksum)> _digests = new();
    private int _remembered;

    public override int KeyCount => formula.Count;
    public override bool IsEmpty => formula.Count == 0;
    public override string KeyAt(int index) => formula.Key(index);
    public override IReadOnlyList<ObjectVersion> Versions(string key) => Index(key) is { } index ? [Version(index)] : [];
    public override void Add(ObjectVersion version) => throw ReadOnly();
    public override void Replace(ObjectVersion version) => throw ReadOnly();
    public override ObjectVersion? Remove(string key, string versionId) => throw ReadOnly();

    private int? Index(string key) =>
        key.Length == formula.Prefix.Length + 9 + formula.Suffix.Length
        && int.TryParse(key.AsSpan(formula.Prefix.Length, 9), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index < formula.Count && formula.Key(index) == key
            ? index : null;

    private ObjectVersion Version(int index)
    {
        var segments = Segments(index);
        if (!_digests.TryGetValue(index, out var digests))
        {
            digests = (ETag(index, segments), new(Checksums.Default, Convert.ToBase64String(Checksums.Digest(Checksums.Default, segments))));
            // To count what a concurrent dictionary holds takes all of its locks.
            if (Volatile.Read(ref _remembered) < MostRemembered && _digests.TryAdd(index, digests)) Interlocked.Increment(ref _remembered);
        }
        return new() { Key = formula.Key(index), LastModified = Created, Size = formula.Size, Segments = segments, ETag = digests.ETag, Checksum = digests.Checksum };
    }

    private ReadOnlyMemory<byte>[] Segments(int index)
    {
        var start = (int)((uint)index * 2_654_435_761u % Period);
        var segments = new ReadOnlyMemory<byte>[(formula.Size + Period - 1) / Period];
        for (var i = 0; i < segments.Length; i++) segments[i] = Pattern.AsMemory(start, Math.Min(Period, formula.Size - i * Period));
        return segments;
    }

    /// <summary>Beyond a megabyte, an ETag as of a multipart upload, which nobody takes for an MD5.</summary>
    private string ETag(int index, ReadOnlyMemory<byte>[] segments) => formula.Size > LargestWithMd5
        ? SandboxWorld.HashId(formula.Key(index), 32).ToLowerInvariant() + "-2"
        : Md5.Hex(segments);

    private static byte[] MakePattern()
    {
        var pattern = new byte[2 * Period];
        new Random(20_070_313).NextBytes(pattern.AsSpan(0, Period));
        pattern.AsSpan(0, Period).CopyTo(pattern.AsSpan(Period));
        return pattern;
    }

    private static SandboxException ReadOnly() => new(403, "AccessDenied", "The objects of a synthetic bucket follow from its formula.");
}
