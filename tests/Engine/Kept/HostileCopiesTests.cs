using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Kept;

/// <summary>A document of copies that somebody wrote who could also make every digest of the snapshot fit it.</summary>
public sealed class HostileCopiesTests
{
    [Theory]
    [InlineData("{\"key\":\"a\"", "it is not an entry")]
    [InlineData("KEY b\nKEY a", "'a' is out of order")]
    [InlineData("KEY a\nKEY a", "'a' is out of order")]
    [InlineData("SIZE -1", "its size is less than nothing")]
    [InlineData("SIZE 99999999999999999999", "it is not an entry")]
    [InlineData("BUCKET other", "its copy does not lie in s3://vault/kept/site")]
    [InlineData("COPYKEY kept/site/../../secret", "its copy does not lie in s3://vault/kept/site")]
    [InlineData("VERSION null", "its copy is no version that stays as it is")]
    [InlineData("LINES 2", "It names 2 objects")]
    public async Task It_is_found_out_and_nothing_is_restored_from_there_on(string lines, string words)
    {
        await using var test = await KeptTest.StartAsync();
        await test.PutAsync("a", "a");
        var snapshot = await test.CaptureAsync("v1");
        Rewrite(snapshot, lines);

        var found = await test.VerifyAsync(SnapshotReader.Read(snapshot.Path));
        Assert.Equal(VerificationResult.Damaged, found.Result);
        Assert.Contains(found.Findings, finding => finding.Message.Contains(words, StringComparison.Ordinal));
        if (lines.StartsWith("LINES", StringComparison.Ordinal)) return;
        await test.Test.DeleteAsync("site", "a");
        await Assert.ThrowsAsync<StoreException>(() => test.Test.RestoreAsync(SnapshotReader.Read(snapshot.Path), "site"));
        // What stands before the line that gives it away is an object like any other.
        Assert.InRange(test.Test.Calls("CopyObject"), 0, lines.StartsWith("KEY", StringComparison.Ordinal) ? 1 : 0);
    }

    private static void Rewrite(Snapshot snapshot, string lines)
    {
        var path = Path.Combine(snapshot.Path, KeptTest.Document);
        var line = JsonNode.Parse(File.ReadAllLines(path)[0])!.AsObject();
        var text = new StringBuilder();
        foreach (var part in lines.Split('\n'))
            text.Append(part.Split(' ', 2) switch
            {
                ["KEY", var key] => With(line, copy => copy["key"] = "kept/site/" + key, all => all["key"] = key),
                ["SIZE", var size] => With(line, _ => { }, all => all["size"] = JsonNode.Parse(size)),
                ["BUCKET", var bucket] => With(line, copy => copy["bucket"] = bucket, _ => { }),
                ["COPYKEY", var key] => With(line, copy => copy["key"] = key, _ => { }),
                ["VERSION", var version] => With(line, copy => copy["versionId"] = version, _ => { }),
                ["LINES", _] => With(line, _ => { }, _ => { }) + "\n" + With(line, copy => copy["key"] = "kept/site/b", all => all["key"] = "b"),
                _ => part,
            }).Append('\n');
        Replace(path, text.ToString());

        var bytes = File.ReadAllBytes(path);
        var manifest = Path.Combine(snapshot.Path, "manifest.jsonl");
        var entries = File.ReadAllLines(manifest).Select(entry => JsonNode.Parse(entry)!.AsObject()).ToList();
        var own = entries.Single(entry => (string)entry["path"]! == KeptTest.Document);
        var grown = bytes.Length - (long)own["size"]!;
        (own["size"], own["sha256"]) = (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Replace(manifest, string.Concat(entries.Select(entry => entry.ToJsonString() + "\n")));
        Replace(Path.Combine(snapshot.Path, "SHA256SUMS"), string.Concat(entries.Select(entry => $"{entry["sha256"]}  {entry["path"]}\n")));
        var description = JsonNode.Parse(File.ReadAllText(Path.Combine(snapshot.Path, "snapshot.json")))!.AsObject();
        description["manifestSha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(manifest)));
        description["totalBytes"] = (long)description["totalBytes"]! + grown;
        var layer = description["layers"]!.AsArray().Single(layer => (string)layer!["name"]! == "s3")!;
        layer["totalBytes"] = (long)layer["totalBytes"]! + grown;
        Replace(Path.Combine(snapshot.Path, "snapshot.json"), description.ToJsonString());
    }

    private static string With(JsonObject line, Action<JsonObject> copy, Action<JsonObject> all)
    {
        var changed = line.DeepClone().AsObject();
        copy(changed["copy"]!.AsObject());
        all(changed);
        return changed.ToJsonString();
    }

    private static void Replace(string path, string text)
    {
        File.Delete(path);
        File.WriteAllText(path, text);
    }
}
