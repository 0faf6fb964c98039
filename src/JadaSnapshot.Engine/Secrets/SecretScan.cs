using System.Text;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>Looks for secrets in content that comes in pieces. Not for use by several threads at once.</summary>
internal sealed class SecretScan
{
    private const int Overlap = 4096;
    private const int TextProbe = 8000;

    private string _tail = "";
    private bool? _isText;

    /// <summary>What was found first, in words; null where nothing was.</summary>
    public string? Found { get; private set; }

    /// <summary>What a whole text shows; null where it shows nothing.</summary>
    public static string? Find(string text) => SecretSign.All.FirstOrDefault(sign => sign.IsIn(text))?.What;

    /// <summary>Looks at the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (Found is not null || piece.IsEmpty) return;
        _isText ??= piece is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || !piece[..Math.Min(TextProbe, piece.Length)].Contains((byte)0);
        // What is sought is ASCII, so that any encoding that leaves it alone will do; UTF-16 is that with noughts between.
        var text = Encoding.Latin1.GetString(piece);
        if (piece.Contains((byte)0)) text = text.Replace("\0", "", StringComparison.Ordinal);
        if (_tail.Length > 0) text = _tail + text;
        Found = SecretSign.All.FirstOrDefault(sign => (_isText == true || !sign.IsTextOnly) && sign.IsIn(text))?.What;
        _tail = text.Length > Overlap ? text[^Overlap..] : text;
    }
}
