using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class OrderTests : StoreTest
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "blank")]
    [InlineData("a/b", "has a slash")]
    [InlineData("a\\b", "has a backslash")]
    [InlineData("..", "begins with a dot")]
    [InlineData(".partial-x", "begins with a dot")]
    [InlineData("v1.", "ends in a dot")]
    [InlineData("con", "device")]
    [InlineData("a:b", "not safe")]
    [InlineData("a\0b", "not safe")]
    public async Task A_name_that_cannot_be_is_refused_with_the_reason(string name, string reason)
    {
        var refusal = await RefusalAsync(Order() with { Name = name });
        Assert.Equal(StoreFault.InvalidName, refusal.Fault);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public async Task A_name_has_at_most_100_characters()
    {
        Assert.Equal(StoreFault.InvalidName, (await RefusalAsync(Order() with { Name = new('x', 101) })).Fault);
        await using var writer = await SnapshotWriter.OpenAsync(Order() with { Name = new('x', 100) }, Cancel);
        Assert.Equal(100, (await writer.FinishAsync([], Cancel)).Name.Length);
    }

    [Fact]
    public async Task A_snapshot_is_never_overwritten()
    {
        await CaptureAsync(Order());
        var refusal = await RefusalAsync(Order() with { Restart = true });
        Assert.Equal(StoreFault.SnapshotExists, refusal.Fault);
        Assert.Contains("'v1.0' (Complete)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("never overwritten", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_or_a_file_of_that_name_is_not_touched()
    {
        Directory.CreateDirectory(Path.Combine(Store, "v1.0"));
        await File.WriteAllTextAsync(Path.Combine(Store, "v2.0"), "", Cancel);
        Assert.Contains("not a snapshot", (await RefusalAsync(Order())).Message, StringComparison.Ordinal);
        Assert.Equal(StoreFault.SnapshotExists, (await RefusalAsync(Order() with { Name = "v2.0" })).Fault);
    }

    [Fact]
    public async Task A_store_that_is_a_file_is_refused()
    {
        await File.WriteAllTextAsync(Store, "", Cancel);
        Assert.Equal((StoreFault.StoreNotWritable, true), (await RefusalAsync(Order())) is var refusal ? (refusal.Fault, refusal.Message.Contains("is a file", StringComparison.Ordinal)) : default);
        Assert.Equal(StoreFault.StoreNotWritable, (await RefusalAsync(Order() with { Store = Path.Combine(Store, "below") })).Fault);
    }

    [Fact]
    public async Task A_store_where_nothing_can_be_made_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder where not even root can write.");
        Assert.Equal(StoreFault.StoreNotWritable, (await RefusalAsync(Order() with { Store = "/proc/store" })).Fault);
        Assert.Equal(StoreFault.StoreNotWritable, (await RefusalAsync(Order() with { Store = "/proc" })).Fault);
    }

    [Fact]
    public async Task Two_runs_cannot_take_one_snapshot_at_once()
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.Equal(StoreFault.InUse, (await RefusalAsync(Order())).Fault);
        Assert.Equal(StoreFault.InUse, (await RefusalAsync(Order() with { Restart = true })).Fault);
        await CaptureAsync(Order() with { Name = "other" });
        await writer.FinishAsync([], Cancel);
    }

    [Fact]
    public async Task Another_order_does_not_continue_a_snapshot_and_says_what_differs()
    {
        await (await SnapshotWriter.OpenAsync(Order(), Cancel)).DisposeAsync();
        var refusal = await RefusalAsync(Order() with { Account = "999999999999", Regions = ["us-west-2"], ExcludeKeys = [] });
        Assert.Equal(StoreFault.OtherOrder, refusal.Fault);
        foreach (var words in new[] { "account then 123456789012, now 999999999999", "regions then us-east-1, us-west-2, now us-west-2", "excluded keys then logs/*, now none", "-Restart" })
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("layers", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_order_in_another_sequence_continues_it()
    {
        await (await SnapshotWriter.OpenAsync(Order(), Cancel)).DisposeAsync();
        await using var writer = await SnapshotWriter.OpenAsync(Order() with { Layers = ["lambda", "s3"], ToolVersion = "0.2.0" }, Cancel);
        Assert.True(writer.IsContinued);
    }

    [Fact]
    public async Task Restart_throws_away_what_was_there()
    {
        await using (var first = await SnapshotWriter.OpenAsync(Order(), Cancel))
        {
            await first.WriteAsync(Mailer, "x/y", "x"u8.ToArray(), Cancel);
            first.CompleteResource(Mailer);
        }
        await using var writer = await SnapshotWriter.OpenAsync(Order() with { Restart = true, Account = "999999999999" }, Cancel);
        Assert.False(writer.IsContinued || writer.IsCaptured(Mailer) || Directory.Exists(Path.Combine(writer.Folder, "x")));
    }

    [Fact]
    public async Task A_snapshot_that_was_described_is_finished_by_opening_it()
    {
        await Assert.ThrowsAsync<IOException>(() => CaptureAsync(Order(step => { if (step == "described") throw new IOException(); })));
        Assert.Equal(StoreFault.OtherOrder, (await RefusalAsync(Order() with { Account = "999999999999" })).Fault);
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.True(writer.IsContinued && writer.IsCaptured(Site));
        Assert.Equal("v1.0", (await writer.FinishAsync([], Cancel)).Name);
        Assert.Throws<InvalidOperationException>(() => writer.Create(Site, "x"));
        Assert.True((await SnapshotVerifier.VerifyAsync(writer.Finished!.Path, null, Cancel)).IsWhole);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("snapshot.json")]
    [InlineData("Manifest.jsonl")]
    [InlineData("problems.jsonl")]
    [InlineData(".tmp/x")]
    [InlineData("con")]
    public async Task A_path_that_a_snapshot_cannot_hold_is_refused(string path)
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order(), Cancel);
        Assert.Throws<ArgumentException>(() => writer.Create(Site, path));
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(5, false)]
    public void A_full_disk_is_told_from_other_failures(int error, bool isFull)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The numbers are Unix's.");
        Assert.Equal(isFull, StoreException.IsDiskFull(new IOException("", error)));
    }
}
