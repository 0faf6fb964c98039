namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The order of keys in listings: that of their UTF-8 octets, which is that of their code points.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length ? left.Length.CompareTo(right.Length) : Rank(left[common]) - Rank(right[common]);
    }

    /// <summary>Surrogates stand for code points beyond all other UTF-16 units.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
