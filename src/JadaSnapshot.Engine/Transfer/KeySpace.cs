using System.Text;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Guesses where in the key space later pages of a listing will be.</summary>
internal static class KeySpace
{
    private const int Sampled = 128;
    private const int Leading = 2;
    private const int Digits = 6;
    private const int LongestKey = 1024;

    /// <summary>
    /// A text that so many pages are likely to lie before, if keys go on as they do on this page: the keys at its ends are read as numbers,
    /// in the characters that occur there as digits, and the distance is taken so many times. Any text would do; a good guess makes stretches of equal length.
    /// </summary>
    /// <returns>A text behind the last key of the page; null where none can be guessed.</returns>
    public static string? Beyond(IReadOnlyList<ListedObject> page, int pages)
    {
        if (page.Count < 2) return null;
        var (first, last) = (Runes(page[0].Key), Runes(page[^1].Key));
        var common = 0;
        while (common < first.Length && common < last.Length && first[common] == last[common]) common++;
        var start = Math.Max(0, common - Leading);

        var digits = DigitsOf(page, start);
        var distance = Number(last, start, digits) - Number(first, start, digits);
        var target = Number(last, start, digits) + distance * pages;
        // More than there can be behind these characters: what comes next begins with others.
        var beyond = target < Math.Pow(digits.Count + 1, Digits) ? Text(last.AsSpan(0, start), target, digits) : Text(last.AsSpan(0, start)) + '\uFFFD';
        return Utf8Order.Instance.Compare(beyond, page[^1].Key) > 0 && Encoding.UTF8.GetByteCount(beyond) <= LongestKey ? beyond : null;
    }

    private static List<Rune> DigitsOf(IReadOnlyList<ListedObject> page, int start)
    {
        SortedSet<Rune> digits = [];
        for (var i = 0; i < Sampled; i++)
            foreach (var rune in Runes(page[(int)((long)i * (page.Count - 1) / (Sampled - 1))].Key).AsSpan() is var key && key.Length > start ? key[start..Math.Min(key.Length, start + Digits)] : default)
                digits.Add(rune);
        return [.. digits];
    }

    /// <summary>The first few characters from a place on as digits; 0 is the end of the text.</summary>
    private static double Number(Rune[] key, int start, List<Rune> digits)
    {
        double number = 0;
        for (var i = start; i < start + Digits; i++) number = number * (digits.Count + 1) + (i < key.Length ? digits.BinarySearch(key[i]) + 1 : 0);
        return number;
    }

    private static string Text(ReadOnlySpan<Rune> before, double number, List<Rune> digits)
    {
        var text = new StringBuilder(Text(before));
        for (var weight = Math.Pow(digits.Count + 1, Digits - 1); weight >= 1; weight /= digits.Count + 1)
        {
            var digit = (int)(number / weight);
            if (digit == 0) break;
            text.Append(digits[Math.Min(digit, digits.Count) - 1].ToString());
            number -= digit * weight;
        }
        return text.ToString();
    }

    private static string Text(ReadOnlySpan<Rune> runes)
    {
        var text = new StringBuilder(runes.Length);
        foreach (var rune in runes) text.Append(rune.ToString());
        return text.ToString();
    }

    private static Rune[] Runes(string key) => [.. key.EnumerateRunes()];
}
