using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

/// <summary>What a sync left behind, read without the engine.</summary>
internal sealed class CopiesOnDisk(string destination, string bucket)
{
    private readonly string _record = Path.Combine(destination, ".jada", bucket);

    /// <summary>The keys whose copies were completed: their lines reached the journal or the record.</summary>
    public HashSet<string> Completed()
    {
        HashSet<string> keys = [];
        foreach (var name in (string[])["record.jsonl", "journal.jsonl"])
            foreach (var line in Lines(name))
            {
                using var document = JsonDocument.Parse(line);
                var copy = document.RootElement.GetProperty("copy");
                var content = File.ReadAllBytes(Path.Combine(destination, bucket, copy.GetProperty("path").GetString()!));
                Assert.Equal(copy.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
                keys.Add(document.RootElement.GetProperty("key").GetString()!);
            }
        return keys;
    }

    /// <summary>Holds every file that bears a key's name against what the bucket holds.</summary>
    public int CountRightFiles(Func<string, byte[]> content)
    {
        var folder = Path.Combine(destination, bucket);
        if (!Directory.Exists(folder)) return 0;
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files) Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(content(Path.GetRelativePath(folder, file))), $"{file} is not the object.");
        return files.Length;
    }

    // A line without its end was cut off by the kill.
    private string[] Lines(string name)
    {
        var path = Path.Combine(_record, name);
        return File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
    }
}
