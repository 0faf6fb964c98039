using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>Keys that are no file names, or not the file names that they look like.</summary>
internal static class OddKeys
{
    /// <summary>As long as a key may be: 1,024 bytes of UTF-8.</summary>
    public static string Longest { get; } = MakeLongest();

    public static IReadOnlyList<string> All { get; } =
    [
        "a", "a/b", "a b", "a//b", "/a", "a+b", "%41", "a%2Fb", "A",
        "../x", "../../etc/passwd", "./here", "up/../../x", ".", "..",
        "dir/", "dir/file.txt", "empty/",
        "Readme.md", "README.md",
        "con.txt", "CON", "nul", "aux.tar.gz", "COM1",
        "trailing.", "trailing ", " leading", "trailing./in/the./middle",
        "back\\slash", "co:lon", "star*", "what?", "pipe|", "quote\"", "<angle>", "caret^~`", "hash#tag", "am&per=sand;",
        "caf\u00e9.txt", "cafe\u0301.txt",
        "control\u0001.txt", "tab\there", "line\nbreak", "delete\u007f",
        "\u26f5/\U0001F30A.txt", "日本/横浜.txt", "\u202Egnp.exe",
        "AUX/inside.txt", "file.txt:stream",
        new string('s', 300),
        Longest,
    ];

    public static IEnumerable<ObjectPlan> Plans() => All.Select(key => key.EndsWith('/')
        ? new ObjectPlan(key, ReadOnlyMemory<byte>.Empty, "application/x-directory")
        : ObjectPlan.Words(key, $"The key is {Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key))} in hex.\n"));

    private static string MakeLongest()
    {
        var start = string.Join('/', Enumerable.Range(1, 20).Select(month => $"guest uploads of the season {month:00} é"));
        var left = 1024 - Encoding.UTF8.GetByteCount(start);
        return left >= 0 ? start + new string('z', left) : throw new InvalidOperationException("The longest key is too long.");
    }
}
