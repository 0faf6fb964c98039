using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class InterruptionTests : StoreTest
{
    private string Partial => Path.Combine(Store, ".partial-v1.0");

    private string Journal => Path.Combine(Partial, "journal.jsonl");

    [Fact]
    public async Task Broken_off_after_any_step_it_is_never_shown_whole_too_early_and_the_same_command_completes_it()
    {
        List<string> steps = [];
        await CaptureAsync(Order(steps.Add) with { Name = "steps" });
        Assert.True(steps.Distinct().Count() > 10);
        for (var step = 0; step < steps.Count; step++)
        {
            var name = $"broken-{step}";
            var countdown = step;
            await Assert.ThrowsAsync<PowerCut>(() => CaptureAsync(Order(_ => { if (countdown-- == 0) throw new PowerCut(); }) with { Name = name }));

            var isRenamed = step >= steps.IndexOf("renamed");
            Assert.Equal(isRenamed, Directory.Exists(Path.Combine(Store, name)));
            var left = Assert.Single(SnapshotReader.List(Store), snapshot => snapshot.Name == name);
            Assert.Equal(isRenamed ? SnapshotStatus.Complete : SnapshotStatus.Unfinished, left.Status);
            Assert.Equal(isRenamed ? VerificationResult.Whole : VerificationResult.Unfinished, (await SnapshotVerifier.VerifyAsync(left.Path, null, Cancel)).Result);
            if (isRenamed) continue;

            var completed = await CaptureAsync(Order() with { Name = name });
            Assert.Equal(Path.Combine(Store, name), completed.Path);
            Assert.False(Directory.Exists(left.Path));
            Assert.True((await SnapshotVerifier.VerifyAsync(completed.Path, null, Cancel)).IsWhole, steps[step]);
            Assert.Equal((SnapshotStatus.Complete, 15, 3), (completed.Status, completed.FileCount, completed.ResourceCount));
        }
    }

    [Fact]
    public async Task Broken_off_twice_at_any_two_steps_it_is_still_completed()
    {
        List<string> steps = [];
        await CaptureAsync(Order(steps.Add) with { Name = "steps" });
        var last = steps.IndexOf("renamed");
        for (var first = 0; first < last; first += 7)
        {
            for (var second = 1; second < last; second += 6)
            {
                var name = $"broken-{first}-{second}";
                foreach (var step in (int[])[first, second])
                {
                    var countdown = step;
                    try
                    {
                        await CaptureAsync(Order(_ => { if (countdown-- == 0) throw new PowerCut(); }) with { Name = name });
                    }
                    catch (PowerCut)
                    {
                    }
                }
                if (!Directory.Exists(Path.Combine(Store, name))) await CaptureAsync(Order() with { Name = name });
                var verification = await SnapshotVerifier.VerifyAsync(Path.Combine(Store, name), null, Cancel);
                Assert.True(verification.IsWhole && verification.FilesChecked == 15, name);
            }
        }
    }

    [Fact]
    public async Task What_an_earlier_run_captured_is_not_captured_again()
    {
        await BeginAsync(async writer =>
        {
            await writer.WriteAsync(Mailer, "lambda-functions/mailer/code.zip", "first"u8.ToArray(), Cancel);
            writer.CompleteResource(Mailer);
        });
        var snapshot = await CaptureAsync(Order(), mailer: "second");
        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "lambda-functions/mailer/code.zip"), Cancel));
    }

    [Fact]
    public async Task A_continued_snapshot_began_when_its_first_run_did()
    {
        DateTimeOffset began = default;
        await BeginAsync(writer =>
        {
            Assert.False(writer.IsContinued);
            began = writer.StartedAt;
            return Task.CompletedTask;
        });
        Assert.Equal(began, SnapshotReader.Read(Partial).StartedAt);
        Assert.Equal(began, (await CaptureAsync(Order())).StartedAt);
    }

    [Fact]
    public async Task An_unchanged_object_of_a_half_captured_bucket_is_kept()
    {
        await BeginAsync(writer => WriteObjectAsync(writer, Site, "s3-buckets/site/x", "x", "content"));
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.True(writer.IsContinued);
        Assert.False(writer.IsCaptured(Site));
        Assert.Null(writer.Keep(Site, "s3-buckets/site/y", entry => entry, Cancel));
        Assert.Null(writer.Keep(Site, "s3-buckets/site/x", _ => null, Cancel));
        var entry = writer.Keep(Site, "s3-buckets/site/x", entry => entry with { Object = entry.Object! with { StorageClass = "GLACIER" } }, Cancel)!;
        Assert.Equal(("x", 7), (entry.Object!.Key, entry.Size));
        writer.CompleteResource(Site);
        var snapshot = await writer.FinishAsync([], Cancel);

        Assert.True((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).IsWhole);
        Assert.Contains(entry, await SnapshotReader.ReadManifestAsync(snapshot.Path).ToListAsync(Cancel), new ByPath());
    }

    [Fact]
    public async Task What_was_neither_kept_nor_captured_again_does_not_get_into_the_snapshot()
    {
        await BeginAsync(async writer =>
        {
            await WriteObjectAsync(writer, Site, "s3-buckets/site/gone/x", "gone/x", "content");
            await WriteObjectAsync(writer, Media, "s3-buckets/media/x", "x", "content");
            writer.CompleteResource(Media);
        });
        await File.WriteAllTextAsync(Path.Combine(Partial, "stray"), "", Cancel);
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        var snapshot = await writer.FinishAsync([], Cancel);

        Assert.Equal(["problems.jsonl"], (await SnapshotReader.ReadManifestAsync(snapshot.Path).ToListAsync(Cancel)).Select(entry => entry.Path));
        Assert.False(Directory.Exists(Path.Combine(snapshot.Path, "s3-buckets")));
        Assert.True((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).IsWhole);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("truncate")]
    public async Task A_resource_that_lost_a_file_in_between_is_captured_again(string how)
    {
        var path = Path.Combine(Partial, "lambda-functions/mailer/code.zip");
        await BeginAsync(async writer =>
        {
            await writer.WriteAsync(Mailer, "lambda-functions/mailer/code.zip", "first"u8.ToArray(), Cancel);
            writer.CompleteResource(Mailer);
        });
        File.Delete(path);
        if (how == "truncate") await File.WriteAllTextAsync(path, "fir", Cancel);
        var snapshot = await CaptureAsync(Order(), mailer: "second");

        Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "lambda-functions/mailer/code.zip"), Cancel));
        Assert.True((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).IsWhole);
    }

    [Fact]
    public async Task A_file_lost_during_the_run_is_not_passed_over()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await writer.WriteAsync(Mailer, "x", "x"u8.ToArray(), Cancel);
        File.Delete(Path.Combine(writer.Folder, "x"));
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreException>(() => writer.FinishAsync([], Cancel))).Fault);
        Assert.False(Directory.Exists(Path.Combine(Store, "v1.0")));
    }

    [Theory]
    [InlineData("{\"file\":{\"path\":\"s3-bu")]
    [InlineData("\0\0\0\0\0\0\n{\"resource\":{\"key\":\"s3/bucket/us-east-1/site\",\"layer\":\"s3\",\"name\":\"site\"}}\n")]
    public async Task A_torn_end_of_the_journal_is_dropped(string end)
    {
        await BeginAsync(writer => WriteObjectAsync(writer, Site, "s3-buckets/site/x", "x", "content"));
        await File.AppendAllTextAsync(Journal, end, Cancel);
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel))
        {
            Assert.NotNull(writer.Keep(Site, "s3-buckets/site/x", entry => entry, Cancel));
            Assert.False(writer.IsCaptured(Site));
        }
        Assert.All(await File.ReadAllLinesAsync(Journal, Cancel), line => JsonNode.Parse(line));
        Assert.True((await SnapshotVerifier.VerifyAsync((await CaptureAsync(Order())).Path, null, Cancel)).IsWhole);
    }

    [Fact]
    public async Task A_problem_of_an_earlier_run_counts_where_its_resource_was_completed()
    {
        await BeginAsync(writer =>
        {
            writer.Report(Denied(Site), Site);
            writer.Report(Denied(Media));
            writer.Report(Denied(Media) with { Resource = "media/some/key", Operation = "GetObject" });
            writer.Report(Denied(Mailer), Mailer);
            writer.Report(Denied(Mailer) with { Resource = "", Operation = "ListFunctions" });
            writer.CompleteResource(Site);
            writer.CompleteResource(Media);
            return Task.CompletedTask;
        });
        var snapshot = await CaptureAsync(Order());
        Assert.Equal([("s3", 3), ("lambda", 0)], snapshot.Layers.Where(layer => layer.Name != "snapshot").Select(layer => (layer.Name, layer.ProblemCount)).Reverse());
        Assert.Equal(SnapshotStatus.Incomplete, snapshot.Status);
    }

    [Fact]
    public async Task A_file_may_stand_where_an_earlier_run_found_a_folder_and_the_other_way_round()
    {
        await BeginAsync(async writer =>
        {
            await WriteObjectAsync(writer, Site, "s3-buckets/site/a/b", "a/b", "content");
            await WriteObjectAsync(writer, Site, "s3-buckets/site/c", "c", "content");
        });
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await WriteObjectAsync(writer, Site, "s3-buckets/site/a", "a", "content");
        await WriteObjectAsync(writer, Site, "s3-buckets/site/c/d/e", "c/d/e", "content");
        var snapshot = await writer.FinishAsync([], Cancel);
        Assert.Equal((VerificationResult.Whole, 3), ((await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result, snapshot.FileCount));
    }

    [Fact]
    public async Task Two_resources_in_one_place_are_refused()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await writer.WriteAsync(Site, "x", "x"u8.ToArray(), Cancel);
        await writer.WriteAsync(Media, "x", "y"u8.ToArray(), Cancel);
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreException>(() => writer.FinishAsync([], Cancel))).Fault);
    }

    [Fact]
    public async Task A_file_that_was_not_committed_leaves_nothing()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        using (var file = writer.Create(Site, "s3-buckets/site/x")) file.Write(Encoding.UTF8.GetBytes("half"));
        Assert.Equal(["journal.jsonl"], Directory.EnumerateFiles(writer.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName)!);
        Assert.Equal(1, (await writer.FinishAsync([], Cancel)).FileCount);
    }

    [Fact]
    public async Task A_cancelled_finish_can_be_continued()
    {
        await using (var writer = await SnapshotWriter.OpenAsync(Order(), Cancel))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.FinishAsync([], new(canceled: true)));
        Assert.Equal(SnapshotStatus.Complete, (await CaptureAsync(Order())).Status);
    }

    private async Task BeginAsync(Func<SnapshotWriter, Task> capture)
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        await capture(writer);
    }

    private sealed class PowerCut : Exception;

    private sealed class ByPath : IEqualityComparer<ManifestEntry>
    {
        public bool Equals(ManifestEntry? x, ManifestEntry? y) => (x?.Path, x?.Sha256, x?.Object?.Key) == (y?.Path, y?.Sha256, y?.Object?.Key);

        public int GetHashCode(ManifestEntry entry) => entry.Path.GetHashCode(StringComparison.Ordinal);
    }
}
