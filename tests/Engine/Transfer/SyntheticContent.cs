using System.Globalization;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Engine.Tests.Transfer;

/// <summary>What the formula of a synthetic bucket says, worked out apart from it: a pattern of 64 KiB, entered at a place that follows from the number.</summary>
internal static class SyntheticContent
{
    private static readonly byte[] Pattern = MakePattern();

    public static int NumberOf(SyntheticBucket bucket, string key) => int.Parse(key.AsSpan(bucket.Prefix.Length, 9), CultureInfo.InvariantCulture);

    public static byte[] Of(SyntheticBucket bucket, string key)
    {
        var start = (uint)NumberOf(bucket, key) * 2_654_435_761u % 65_536;
        return [.. Enumerable.Range(0, bucket.Size).Select(at => Pattern[(start + at) % 65_536])];
    }

    private static byte[] MakePattern()
    {
        var pattern = new byte[65_536];
        new Random(20_070_313).NextBytes(pattern);
        return pattern;
    }
}
