using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Report;

/// <summary>
/// Writes <c>report.html</c>: what a snapshot holds, on one page that asks nobody for anything. Its length is bounded by the number of
/// resources shown, whatever the snapshot holds.
/// </summary>
internal static class SnapshotReport
{
    /// <summary>Its path in a snapshot.</summary>
    public const string File = "report.html";

    private static readonly string Style = ReadOwn("report.css"), Script = ReadOwn("report.js");
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Digest(Style)}'; script-src 'sha256-{Digest(Script)}'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page; it depends on nothing but its source.</summary>
    public static byte[] Write(ReportSource source)
    {
        var map = RouteMapper.Map(source);
        HtmlPage page = new();
        page.Add($"<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\"");
        page.AddOwn(Policy);
        page.Add($"\">\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n<meta name=referrer content=no-referrer>\n<meta name=robots content=noindex>\n<title>{source.Snapshot.Name}, a snapshot of {source.Snapshot.Account}</title>\n<style>");
        page.AddOwn(Style);
        page.Add($"</style>\n</head>\n<body>\n");
        HeaderSection.Write(page, source, map);
        page.Add($"<main>\n");
        ProblemsSection.Write(page, source);
        SizesSection.Write(page, source);
        MapSection.Write(page, source, map);
        CertificatesSection.Write(page, source);
        DifferencesSection.Write(page, source);
        ResourcesSection.Write(page, source);
        page.Add($"</main>\n<footer><p>All times are UTC. This page says what the snapshot held when it was made; Test-JadaSnapshot reads every file again. RECOVERY.md says how to bring things back.</p></footer>\n<script>");
        page.AddOwn(Script);
        page.Add($"</script>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>The layers of the estate, without the snapshot's own files.</summary>
    public static IEnumerable<SnapshotLayer> Captured(this ReportSource source) => source.Snapshot.Layers.Where(layer => layer.Name != SnapshotLayout.OwnLayer);

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // Browsers read line feeds alone, and hold the digest against those.
    private static string ReadOwn(string file)
    {
        using StreamReader reader = new(typeof(SnapshotReport).Assembly.GetManifestResourceStream(typeof(SnapshotReport), file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
