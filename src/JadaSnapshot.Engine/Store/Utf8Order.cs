namespace JadaSnapshot.Engine.Store;

/// <summary>Compares strings by the bytes of their UTF-8, as S3 lists keys and <c>LC_ALL=C sort</c> sorts lines.</summary>
public sealed class Utf8Order : IComparer<string>
{
    /// <summary>The only instance.</summary>
    public static Utf8Order Instance { get; } = new();

    private Utf8Order()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var common = x.AsSpan().CommonPrefixLength(y);
        return common == x.Length || common == y.Length
            ? x.Length.CompareTo(y.Length)
            : Rank(x[common]).CompareTo(Rank(y[common]));
    }

    // Surrogates stand for code points above U+FFFF, though their own values lie below U+E000.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
