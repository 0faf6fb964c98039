using System.Diagnostics;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class RoundTripTests : StoreTest
{
    [Fact]
    public async Task A_snapshot_is_read_back_as_it_was_written()
    {
        var written = await CaptureAsync(Order());
        var read = SnapshotReader.Read(written.Path);

        Assert.Equivalent(written, read, strict: true);
        Assert.Equal(SnapshotStatus.Complete, read.Status);
        Assert.Equal(("v1.0", Store, "123456789012"), (read.Name, read.Store, read.Account));
        Assert.Equal(["lambda", "s3", "snapshot"], read.Layers.Select(layer => layer.Name));
        Assert.Equal([1, 12, 2], read.Layers.Select(layer => layer.FileCount));
        Assert.Equal(3, read.ResourceCount);
        Assert.Equal(read.Name, Assert.Single(SnapshotReader.List(Store)).Name);
    }

    [Fact]
    public async Task The_manifest_names_every_file_in_order_with_what_belongs_to_it()
    {
        var snapshot = await CaptureAsync(Order());
        var entries = await SnapshotReader.ReadManifestAsync(snapshot.Path).ToListAsync(Cancel);

        Assert.Equal(snapshot.FileCount, entries.Count);
        Assert.Equal(entries.OrderBy(entry => entry.Path, Utf8Order.Instance), entries);
        var folder = Assert.Single(entries, entry => entry.Object?.Key == "dir/" && entry.Resource == Site.Key);
        Assert.Equal("s3-buckets/site/dir/%_", folder.Path);
        Assert.Equal("site dir/", await File.ReadAllTextAsync(Path.Combine(snapshot.Path, folder.Path), Cancel));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(snapshot.Path, folder.Path)));
    }

    [Fact]
    public async Task A_line_of_the_manifest_is_what_the_format_says()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        using (var file = writer.Create(Site, "s3-buckets/site/a"))
        {
            file.Write("abc"u8);
            await file.CommitAsync(new()
            {
                Key = "a\u0001\u00E9\"<\U0001F600",
                VersionId = "v",
                ETag = "900150983cd24fb0d6963f7d28e17f72",
                Checksum = "CRC32:NSRBwg==",
                LastModified = new(2026, 11, 22, 13, 0, 0, TimeSpan.FromHours(1)),
                Headers = new Dictionary<string, string> { ["content-type"] = "text/plain" },
                Metadata = new Dictionary<string, string> { ["owner"] = "ops" },
                Tags = new Dictionary<string, string> { ["env"] = "prod" },
            }, modified: null, Cancel);
        }
        var snapshot = await writer.FinishAsync([], Cancel);

        Assert.Equal("""{"path":"s3-buckets/site/a","size":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","layer":"s3","resource":"s3/bucket/us-east-1/site","object":{"key":"a\u0001é\"<\uD83D\uDE00","versionId":"v","etag":"900150983cd24fb0d6963f7d28e17f72","checksum":"CRC32:NSRBwg==","lastModified":"2026-11-22T12:00:00Z","headers":{"content-type":"text/plain"},"metadata":{"owner":"ops"},"tags":{"env":"prod"}}}""",
            (await File.ReadAllLinesAsync(Path.Combine(snapshot.Path, "manifest.jsonl"), Cancel))[1]);
    }

    [Fact]
    public async Task A_fresh_snapshot_is_whole()
    {
        var snapshot = await CaptureAsync(Order());
        long files = 0;
        var verification = await SnapshotVerifier.VerifyAsync(snapshot.Path, (count, _) => files = count, Cancel);

        Assert.Empty(verification.Findings);
        Assert.True(verification.IsWhole);
        Assert.Equal((snapshot.FileCount, snapshot.TotalBytes), (verification.FilesChecked, verification.BytesChecked));
        Assert.Equal(files, verification.FilesChecked);
    }

    [Fact]
    public async Task Sha256sum_agrees_with_SHA256SUMS()
    {
        var snapshot = await CaptureAsync(Order());
        try
        {
            using var tool = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--strict", "--quiet", "SHA256SUMS"]) { WorkingDirectory = snapshot.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await tool.StandardOutput.ReadToEndAsync(Cancel) + await tool.StandardError.ReadToEndAsync(Cancel);
            await tool.WaitForExitAsync(Cancel);
            Assert.Equal((0, ""), (tool.ExitCode, said));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no sha256sum on this machine.");
        }
    }

    [Fact]
    public async Task Nothing_of_the_capture_is_left_beside_the_snapshot()
    {
        var snapshot = await CaptureAsync(Order());

        Assert.Equal([snapshot.Path], Directory.EnumerateFileSystemEntries(Store));
        Assert.Equal(["RECOVERY.md", "SHA256SUMS", "lambda-functions", "manifest.jsonl", "problems.jsonl", "s3-buckets", "snapshot.json"],
            Directory.EnumerateFileSystemEntries(snapshot.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
    }

    [Fact]
    public async Task Only_the_owner_can_read_it_and_nobody_can_write_its_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix modes.");
            return;
        }
        var snapshot = await CaptureAsync(Order());

        foreach (var folder in Directory.EnumerateDirectories(Store, "*", SearchOption.AllDirectories).Append(Store))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.EnumerateFiles(snapshot.Path, "*", SearchOption.AllDirectories))
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_problem_makes_the_snapshot_and_its_layer_incomplete()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        writer.Report(Denied(Site));
        writer.Report(Denied(Site));
        var snapshot = await writer.FinishAsync(["lambda"], Cancel);

        Assert.Equal((SnapshotStatus.Incomplete, 2), (snapshot.Status, snapshot.ProblemCount));
        Assert.Equal([SnapshotStatus.Incomplete, SnapshotStatus.Incomplete, SnapshotStatus.Complete], snapshot.Layers.Select(layer => layer.Status));
        var problems = await SnapshotReader.ReadProblemsAsync(snapshot.Path).ToListAsync(Cancel);
        Assert.Equal([("s3", "AccessDenied"), ("lambda", "LayerFailed")], problems.Select(problem => (problem.Layer, problem.ErrorCode)));
        Assert.Equal(VerificationResult.Incomplete, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(14)]
    public async Task The_manifest_is_the_same_however_little_is_sorted_at_a_time(int sortRunSize)
    {
        var snapshot = await CaptureAsync(Order(sortRunSize: sortRunSize));
        var whole = await CaptureAsync(Order() with { Name = "whole" });

        Assert.Equal(whole.ManifestSha256, snapshot.ManifestSha256);
    }

    [Fact]
    public async Task Many_files_are_written_at_once()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel }, async (i, _) =>
            await WriteObjectAsync(writer, Site, $"s3-buckets/site/{i / 8}/{i}", $"{i / 8}/{i}", new string('x', i)));
        writer.CompleteResource(Site);
        var snapshot = await writer.FinishAsync([], Cancel);

        Assert.Equal(3001, snapshot.FileCount);
        Assert.True((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).IsWhole);
    }
}
