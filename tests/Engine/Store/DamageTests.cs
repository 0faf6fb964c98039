using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class DamageTests : StoreTest
{
    private const string Object = "s3-buckets/site/a b";

    [Fact]
    public Task A_flipped_bit_is_found() => ExpectAsync(Object, FindingKind.Changed, folder => Edit(folder, Object, bytes => bytes[2] ^= 1));

    [Fact]
    public Task A_truncated_file_is_found() => ExpectAsync(Object, FindingKind.Changed, folder => Rewrite(folder, Object, bytes => bytes[..^1]));

    [Fact]
    public Task An_emptied_file_is_found() => ExpectAsync(Object, FindingKind.Changed, folder => Rewrite(folder, Object, _ => []));

    [Fact]
    public Task A_deleted_file_is_found() => ExpectAsync(Object, FindingKind.Missing, folder => File.Delete(Path.Combine(folder, Object)));

    [Fact]
    public Task An_added_file_is_found() => ExpectAsync("s3-buckets/more", FindingKind.Extra, folder => File.WriteAllText(Path.Combine(folder, "s3-buckets/more"), "x"));

    [Fact]
    public async Task A_renamed_file_is_found_twice()
    {
        var findings = await FindingsAsync(folder => File.Move(Path.Combine(folder, Object), Path.Combine(folder, "s3-buckets/site/c")));
        Assert.Equal([(Object, FindingKind.Missing), ("s3-buckets/site/c", FindingKind.Extra)], findings);
    }

    [Fact]
    public Task A_file_that_cannot_be_a_file_is_found() => ExpectAsync(Object, FindingKind.Missing, folder =>
    {
        File.Delete(Path.Combine(folder, Object));
        Directory.CreateDirectory(Path.Combine(folder, Object));
    });

    [Fact]
    public Task A_file_replaced_by_a_link_to_the_same_bytes_is_found() => ExpectAsync(Object, FindingKind.Invalid, folder =>
    {
        File.Move(Path.Combine(folder, Object), Path.Combine(Store, "elsewhere"));
        File.CreateSymbolicLink(Path.Combine(folder, Object), Path.Combine(Store, "elsewhere"));
    });

    [Fact]
    public async Task A_linked_folder_is_found_and_not_entered()
    {
        var findings = await FindingsAsync(folder =>
        {
            Directory.Move(Path.Combine(folder, "lambda-functions"), Path.Combine(Store, "elsewhere"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "lambda-functions"), Path.Combine(Store, "elsewhere"));
        });
        Assert.Equal([("lambda-functions", FindingKind.Invalid), ("lambda-functions/mailer/code.zip", FindingKind.Missing)], findings);
    }

    [Fact]
    public Task Swapped_lines_of_the_sums_are_found() => ExpectAsync("SHA256SUMS", FindingKind.Changed, folder => EditLines(folder, "SHA256SUMS", lines => (lines[1], lines[2]) = (lines[2], lines[1])));

    [Fact]
    public Task A_line_missing_from_the_sums_is_found() => ExpectAsync("SHA256SUMS", FindingKind.Changed, folder => EditLines(folder, "SHA256SUMS", lines => lines.RemoveAt(lines.Count - 1)));

    [Fact]
    public Task A_line_added_to_the_sums_is_found() => ExpectAsync("SHA256SUMS", FindingKind.Changed, folder => EditLines(folder, "SHA256SUMS", lines => lines.Add(lines[0])));

    [Fact]
    public Task Missing_sums_are_found() => ExpectAsync("SHA256SUMS", FindingKind.Missing, folder => File.Delete(Path.Combine(folder, "SHA256SUMS")));

    [Fact]
    public async Task A_changed_file_is_found_though_the_manifest_and_the_sums_were_changed_with_it()
    {
        var findings = await FindingsAsync(folder =>
        {
            var before = Digest(folder, Object);
            Edit(folder, Object, bytes => bytes[0] ^= 1);
            EditText(folder, "manifest.jsonl", text => text.Replace(before, Digest(folder, Object), StringComparison.Ordinal));
            EditText(folder, "SHA256SUMS", text => text.Replace(before, Digest(folder, Object), StringComparison.Ordinal));
        });
        Assert.Equal([("manifest.jsonl", FindingKind.Changed)], findings);
    }

    [Theory]
    [InlineData("twice")]
    [InlineData("out of order")]
    public async Task A_manifest_that_was_changed_with_the_description_is_still_checked(string how)
    {
        var findings = await FindingsAsync(folder =>
        {
            EditLines(folder, "manifest.jsonl", lines =>
            {
                if (how == "twice") lines.Insert(1, lines[0]);
                else (lines[1], lines[2]) = (lines[2], lines[1]);
            });
            EditDescription(folder, json => json["manifestSha256"] = Digest(folder, "manifest.jsonl"));
        });
        Assert.Contains(("manifest.jsonl", FindingKind.Invalid), findings);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../b")]
    [InlineData("C:/x")]
    [InlineData("a\\\\..\\\\b")]
    [InlineData("snapshot.json")]
    [InlineData("SNAPSHOT.JSON")]
    [InlineData("")]
    public async Task A_path_that_leads_elsewhere_is_refused(string path)
    {
        var snapshot = await CaptureAsync(Order());
        Writable(snapshot.Path);
        EditLines(snapshot.Path, "manifest.jsonl", lines => lines[0] = $$"""{"path":"{{path}}","size":1,"sha256":"{{new string('0', 64)}}","layer":"s3","resource":"r"}""");

        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel);
        Assert.Contains(verification.Findings, finding => finding is { Path: "manifest.jsonl", Kind: FindingKind.Invalid } && finding.Message.Contains("path", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<StoreException>(async () => await SnapshotReader.ReadManifestAsync(snapshot.Path).ToListAsync(Cancel));
        Assert.Equal(StoreFault.Damaged, refusal.Fault);
    }

    [Theory]
    [InlineData("fileCount", 3)]
    [InlineData("totalBytes", -1)]
    [InlineData("problemCount", 1)]
    [InlineData("status", "Incomplete")]
    [InlineData("status", "Unfinished")]
    [InlineData("format", 2)]
    [InlineData("manifestSha256", "abc")]
    [InlineData("completedAt", "2001-01-01T00:00:00Z")]
    [InlineData("regions", null)]
    [InlineData("more", 1)]
    public async Task A_description_that_was_changed_is_damaged(string member, object? value)
    {
        var snapshot = await CaptureAsync(Order());
        Writable(snapshot.Path);
        EditDescription(snapshot.Path, json => json[member] = value is null ? null : JsonValue.Create(value));

        var read = SnapshotReader.Read(snapshot.Path);
        Assert.Equal((SnapshotStatus.Damaged, "v1.0"), (read.Status, read.Name));
        Assert.NotEmpty(read.Remark!);
        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel);
        Assert.Equal(VerificationResult.Damaged, verification.Result);
        Assert.Equal(snapshot.FileCount, verification.FilesChecked);
    }

    [Fact]
    public Task Counts_that_add_up_and_are_wrong_are_found() => ExpectAsync("snapshot.json", FindingKind.Changed, folder => EditDescription(folder, json =>
    {
        json["layers"]![1]!["fileCount"] = 13;
        json["fileCount"] = 16;
    }));

    [Fact]
    public Task A_missing_description_is_found() => ExpectAsync("snapshot.json", FindingKind.Missing, folder => File.Delete(Path.Combine(folder, "snapshot.json")));

    [Fact]
    public async Task A_problem_struck_from_the_list_is_found()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        writer.Report(Denied(Site));
        var snapshot = await writer.FinishAsync([], Cancel);
        Writable(snapshot.Path);
        Rewrite(snapshot.Path, "problems.jsonl", _ => []);

        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel);
        Assert.Equal([("problems.jsonl", FindingKind.Changed), ("snapshot.json", FindingKind.Changed)], verification.Findings.Select(finding => (finding.Path, finding.Kind)));
    }

    [Fact]
    public async Task A_folder_that_is_no_snapshot_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(Store, "photos"));
        Assert.Equal(StoreFault.NotASnapshot, Assert.Throws<StoreException>(() => SnapshotReader.Read(Path.Combine(Store, "photos"))).Fault);
        Assert.Equal(StoreFault.NotASnapshot, Assert.Throws<StoreException>(() => SnapshotReader.Read(Path.Combine(Store, "nowhere"))).Fault);
        Assert.Equal(StoreFault.NotASnapshot, (await Assert.ThrowsAsync<StoreException>(() => SnapshotVerifier.VerifyAsync(Path.Combine(Store, "photos"), null, Cancel))).Fault);
        Assert.Empty(SnapshotReader.List(Store));
    }

    [Fact]
    public async Task No_more_than_a_thousand_findings_are_told_and_all_are_counted()
    {
        var snapshot = await CaptureAsync(Order());
        foreach (var i in Enumerable.Range(0, 1200)) await File.WriteAllTextAsync(Path.Combine(snapshot.Path, $"x{i:d4}"), "", Cancel);

        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel);
        Assert.Equal((1000, 1200), (verification.Findings.Count, verification.FindingCount));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"x{i:d4}"), verification.Findings.Select(finding => finding.Path));
    }

    private async Task ExpectAsync(string path, FindingKind kind, Action<string> damage) =>
        Assert.Equal([(path, kind)], await FindingsAsync(damage));

    private async Task<IEnumerable<(string, FindingKind)>> FindingsAsync(Action<string> damage)
    {
        var snapshot = await CaptureAsync(Order());
        Writable(snapshot.Path);
        damage(snapshot.Path);
        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel);
        Assert.Equal(VerificationResult.Damaged, verification.Result);
        return verification.Findings.Select(finding => (finding.Path, finding.Kind));
    }

    private static void Writable(string folder)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)) file.IsReadOnly = false;
    }

    private static string Digest(string folder, string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, path))));

    private static void Rewrite(string folder, string path, Func<byte[], byte[]> change) =>
        File.WriteAllBytes(Path.Combine(folder, path), change(File.ReadAllBytes(Path.Combine(folder, path))));

    private static void Edit(string folder, string path, Action<byte[]> change) => Rewrite(folder, path, bytes =>
    {
        change(bytes);
        return bytes;
    });

    private static void EditLines(string folder, string path, Action<List<string>> change)
    {
        List<string> lines = [.. File.ReadAllLines(Path.Combine(folder, path))];
        change(lines);
        File.WriteAllText(Path.Combine(folder, path), string.Concat(lines.Select(line => line + "\n")));
    }

    private static void EditText(string folder, string path, Func<string, string> change) =>
        File.WriteAllText(Path.Combine(folder, path), change(File.ReadAllText(Path.Combine(folder, path))));

    private static void EditDescription(string folder, Action<JsonNode> change)
    {
        var path = Path.Combine(folder, "snapshot.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }
}
