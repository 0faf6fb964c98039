using System.Text;

namespace JadaSnapshot.Engine.Store;

/// <summary>
/// What a file system that ignores case and normalisation takes two names for. It folds at least as much as NTFS, APFS, HFS+
/// and ext4 with casefold do: names that it leaves apart, they leave apart.
/// </summary>
internal static class NameFolding
{
    /// <summary>Whether a name is what it folds to, as just one is of all that fold to it.</summary>
    internal static bool IsFolded(string name) => Fold(name) == name;

    internal static string Fold(string name)
    {
        if (Ascii.IsValid(name)) return name.ToLowerInvariant();
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (IsIgnorable(rune.Value)) continue;
            if (Expansion(rune.Value) is { } expansion) folded.Append(expansion);
            else folded.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
        }
        return folded.ToString().Normalize(NormalizationForm.FormD);
    }

    // Default_Ignorable_Code_Point, without the format characters, which never stand in a path.
    private static bool IsIgnorable(int c) => c is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
        or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    // Full case foldings that simple case mapping does not give. Those that begin in ASCII alone never stand in a path.
    private static string? Expansion(int c) => c switch
    {
        0x149 => "\u02BCn",
        0x345 => "\u03B9",
        0x587 => "\u0565\u0582",
        0x1E9A => "a\u02BE",
        0xFB13 => "\u0574\u0576",
        0xFB14 => "\u0574\u0565",
        0xFB15 => "\u0574\u056B",
        0xFB16 => "\u057E\u0576",
        0xFB17 => "\u0574\u056D",
        _ => null,
    };
}
