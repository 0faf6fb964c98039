using System.Text;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Guesses where in the key space later keys of a listing will be. A bad guess costs time and nothing else.</summary>
internal static class KeySpace
{
    private const int Sampled = 64;
    private const int Leading = 2;
    private const int Digits = 6;
    private const int LongestKey = 1024;

    /// <summary>All of them occur where one of the latter is seen.</summary>
    private static readonly (char From, char Seen, char To)[] Kinds = [('0', '0', '9'), ('a', 'a', 'f'), ('a', 'g', 'z'), ('A', 'A', 'F'), ('A', 'G', 'Z')];

    /// <summary>
    /// A text that lies so many times the distance of two keys behind the second: what differs in them is read as numbers, in the characters
    /// that occur there as digits.
    /// </summary>
    /// <param name="first">A key.</param>
    /// <param name="last">A later key.</param>
    /// <param name="times">How far to go.</param>
    /// <param name="page">Keys, to see what they are made of.</param>
    /// <returns>A text behind the second key; null where none can be guessed.</returns>
    public static string? Beyond(string first, string last, double times, IReadOnlyList<ListedObject> page)
    {
        var (from, to) = (Runes(first), Runes(last));
        var common = 0;
        while (common < from.Length && common < to.Length && from[common] == to[common]) common++;
        var start = Math.Max(0, common - Leading);

        var digits = DigitsOf(Enumerable.Range(0, Sampled).Select(i => page[i * page.Count / Sampled].Key).Append(first).Append(last), start);
        var end = Number(to, start, digits);
        var target = end + (end - Number(from, start, digits)) * times;
        // There cannot be as much behind these characters: what comes next begins with others.
        var beyond = Text(to.AsSpan(0, start)) + (target < Math.Pow(digits.Count + 1, Digits) ? Text(target, digits) : "\uFFFD");
        return Utf8Order.Instance.Compare(beyond, last) > 0 && Encoding.UTF8.GetByteCount(beyond) <= LongestKey ? beyond : null;
    }

    /// <summary>The characters at a place of some keys, and those that are likely to occur with them.</summary>
    private static List<Rune> DigitsOf(IEnumerable<string> keys, int start)
    {
        SortedSet<Rune> digits = [];
        foreach (var key in keys)
            foreach (var rune in key.EnumerateRunes().Skip(start).Take(Digits)) digits.Add(rune);
        foreach (var (from, seen, to) in Kinds)
            if (digits.GetViewBetween(new(seen), new(to)).Count > 0)
                for (var letter = from; letter <= to; letter++) digits.Add(new(letter));
        return [.. digits];
    }

    /// <summary>The first few characters from a place on as digits; 0 is the end of the text.</summary>
    private static double Number(Rune[] key, int start, List<Rune> digits)
    {
        double number = 0;
        for (var i = start; i < start + Digits; i++) number = number * (digits.Count + 1) + (i < key.Length ? digits.BinarySearch(key[i]) + 1 : 0);
        return number;
    }

    private static string Text(double number, List<Rune> digits)
    {
        var text = new StringBuilder();
        for (var weight = Math.Pow(digits.Count + 1, Digits - 1); weight >= 1; weight /= digits.Count + 1)
        {
            var digit = Math.Min((int)(number / weight), digits.Count);
            if (digit == 0) break;
            text.Append(digits[digit - 1].ToString());
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
