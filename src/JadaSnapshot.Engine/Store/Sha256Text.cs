using System.Buffers;

namespace JadaSnapshot.Engine.Store;

/// <summary>Digests as text.</summary>
internal static class Sha256Text
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    internal static bool IsDigest(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(Digits);

    /// <summary>A line of <c>SHA256SUMS</c> without its line feed, as GNU coreutils write it.</summary>
    internal static string SumLine(string digest, string path) => path.AsSpan().ContainsAny('\\', '\n', '\r')
        ? $"\\{digest}  {path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal)}"
        : $"{digest}  {path}";
}
