using System.IO.Compression;
using System.Text;

namespace JadaSnapshot.Sandbox.Estate.Content;

/// <summary>Zips of source files, the same bytes for the same files.</summary>
internal static class CodeArchive
{
    private const int ReadableFile = 0b1_000_000_110_100_100 << 16;

    public static byte[] Of(params IEnumerable<(string Name, string Text)> files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2025, 6, 1, 8, 30, 0, TimeSpan.Zero);
                entry.ExternalAttributes = ReadableFile;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        return stream.ToArray();
    }
}
