using JadaSnapshot.Sandbox.Estate.Content;

namespace JadaSnapshot.Sandbox.Estate.Functions;

/// <summary>Four versions of three layers.</summary>
internal static class LayerCatalogue
{
    public static IReadOnlyList<LayerVersion> Versions { get; } =
    [
        new("jada-common", 1, ["python3.11", "python3.12"], "python/jada/__init__.py", "EDITION = 1\n"),
        new("jada-common", 2, ["python3.11", "python3.12", "python3.13"], "python/jada/__init__.py", "EDITION = 2\n\n\ndef boat():\n    return \"JADA\"\n"),
        new("jada-pandas", 1, ["python3.13"], "python/frames/__init__.py", "def frame(rows):\n    return list(rows)\n"),
        new("jada-node-tools", 1, ["nodejs20.x", "nodejs22.x"], "nodejs/node_modules/jada-tools/index.js", "exports.boat = () => 'JADA';\n"),
    ];
}

internal sealed record LayerVersion(string Name, int Number, IReadOnlyList<string> Runtimes, string Path, string Text)
{
    public string Key => $"layers/{Name}/{Number}.zip";

    public byte[] Zip() => CodeArchive.Of((Path, Text), ("LICENSE.txt", "For JADA's own use.\n"));
}
