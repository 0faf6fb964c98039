using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>Keys made of what has broken somebody's file system before.</summary>
internal static class NastyKeys
{
    private static readonly string[] Fragments =
    [
        ".", "..", "...", "/", "//", "../", "/..", "\\", "..\\", ":", "C:", "*", "?", "\"", "<", ">", "|", "~", "$", "-", "a", "A", "b", "dir", "DIR", "Dir", ".git",
        "CON", "con", "nul", "NUL.txt", "Aux ", "COM1", "com0", "LPT\u00B9", "COM\u00B2.x", "conin$", "CONOUT$", "clock$", "prn .x", ".txt", " ", "  ",
        "%", "%2E", "%2e", "%+", "%_", "%~", "%~01234567", "%25", "+", "_",
        "\u00E9", "e\u0301", "\u00C9", "\u212A", "\u212B", "\u00C5", "\u017F", "\u00DF", "\u1E9E", "ss", "SS", "\uFB01", "fi", "\u0131", "\u0130", "i\u0307", "I", "i",
        "\u0149", "\u1E9A", "\u0587", "\uFB13", "\u0345", "\u03B9", "\u03C3", "\u03C2", "\u03A3", "\u1F80", "\u0390", "\uAC00", "\u1100\u1161", "\u2126", "\u03A9", "\u037E", ";",
        "\0", "\u0001", "\t", "\n", "\r", "\u001F", "\u007F", "\u0080", "\u0085", "\u00A0", "\u00AD", "\u200D", "\u202E", "\u2028", "\u2066", "\uFEFF", "\uFE0F", "\uFFFD", "\uFFFE", "\uFFFF",
        "\U0001F600", "\U0001F3F4\u200D\u2620\uFE0F", "\U00010400", "\U00010428", "\U000E0041", "\U0001FFFE", "\U0010FFFF", "\uE000", "\uD800", "\uDC00", "\u3042", "\u5B57",
        new('x', 100), new('\u00E9', 60), new('\u5B57', 80), new('*', 90), new('.', 120),
    ];

    private static Gen<string> Fragment => Gen.Frequency(
        (8, Gen.Elements(Fragments)),
        (1, Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString())),
        (1, Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32)));

    internal static Arbitrary<string> Any => Keys(12);

    /// <summary>Short keys of few fragments, so that many of a set conflict.</summary>
    internal static Arbitrary<string[]> Sets => Gen.Sized(size => Gen.Choose(0, size)
        .SelectMany(count => Gen.ArrayOf(Gen.OneOf(Keys(4).Generator, Crowded), count))
        .Select(keys => keys.Select(Whole).Distinct(StringComparer.Ordinal).Order(JadaSnapshot.Engine.Store.Utf8Order.Instance).ToArray())).ToArbitrary();

    private static Gen<string> Crowded =>
        Gen.Choose(1, 5).SelectMany(count => Gen.ArrayOf(Gen.Elements("a", "A", "/", "\u00E9", "e\u0301", "\u00C9", "b", new string('x', 239)), count)).Select(string.Concat);

    private static Arbitrary<string> Keys(int longest) =>
        Gen.Choose(1, longest).SelectMany(count => Gen.ArrayOf(Fragment, count)).Select(string.Concat).ToArbitrary();

    // In a set, keys are what S3 can hold: text that UTF-8 can write.
    private static string Whole(string key) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(key));
}
