using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Tests.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

public sealed class LocalRestoreTests : RestoreTest
{
    private const string Account = "782785212866";

    [Fact]
    public async Task A_folder_that_is_gone_comes_back_where_it_was_as_it_was()
    {
        using var folder = new LocalFolder();
        folder.Write("bin/run.sh", "#!/bin/sh\n");
        Mode(folder, "bin/run.sh", "740");
        folder.Write("odd: name?.txt", "ü");
        folder.Write("large", new byte[600_000]);
        Directory.CreateDirectory(folder.At("empty"));
        Mode(folder, "empty", "500");
        folder.Link("current", "bin/run.sh");
        folder.Link("dangling", "../nowhere/at/all");
        var time = new DateTime(2020, 2, 29, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.At("large"), time);
        Directory.SetLastWriteTimeUtc(folder.At("bin"), time);
        var snapshot = await folder.SnapshotAsync("one");
        LocalFolder.Run("rm", "-rf", folder.Root.Path);
        await using var host = await EmptyAsync(Account);

        AssertDone(await RestoreAsync(host, snapshot));

        Assert.Equal(("#!/bin/sh\n", "ü", 600_000L), (await ReadAsync(folder, "bin/run.sh"), await ReadAsync(folder, "odd: name?.txt"), new FileInfo(folder.At("large")).Length));
        Assert.Equal(("740", "500"), (Stat(folder, "bin/run.sh", "%a"), Stat(folder, "empty", "%a")));
        Assert.Equal((time, time), (File.GetLastWriteTimeUtc(folder.At("large")), Directory.GetLastWriteTimeUtc(folder.At("bin"))));
        Assert.Equal(("bin/run.sh", "../nowhere/at/all"), (new FileInfo(folder.At("current")).LinkTarget, new FileInfo(folder.At("dangling")).LinkTarget));
        Assert.Equal(["bin", "current", "dangling", "empty", "large", "odd: name?.txt"], Directory.EnumerateFileSystemEntries(folder.Root.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertNothingLeft(await PlanAsync(host, snapshot));
    }

    [Fact]
    public async Task Only_what_differs_is_written_and_what_came_later_stays()
    {
        using var folder = new LocalFolder();
        foreach (var name in (string[])["same", "changed", "gone", "mode", "time"]) folder.Write(name, "before");
        folder.Link("link", "same");
        var snapshot = await folder.SnapshotAsync("one");
        var inode = Stat(folder, "same", "%i");
        folder.Write("changed", "after!");
        File.Delete(folder.At("gone"));
        Mode(folder, "mode", "400");
        File.SetLastWriteTimeUtc(folder.At("time"), DateTime.UtcNow.AddDays(-3));
        File.Delete(folder.At("link"));
        folder.Link("link", "changed");
        folder.Write("later", "stays");
        await using var host = await EmptyAsync(Account);

        var step = Assert.Single(await PlanAsync(host, snapshot));
        Assert.Equal((RestoreAction.Update, 5L), (step.Action, step.Count));
        Assert.Equal(["changed", "gone", "link", "mode", "time"], step.Changes.Select(change => change.Document));
        AssertDone(await RestoreAsync(host, snapshot));

        Assert.Equal(("before", "before", "stays", "same"), (await ReadAsync(folder, "changed"), await ReadAsync(folder, "gone"), await ReadAsync(folder, "later"), new FileInfo(folder.At("link")).LinkTarget));
        Assert.Equal(inode, Stat(folder, "same", "%i"));
        AssertNothingLeft(await PlanAsync(host, snapshot));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        using var folder = new LocalFolder();
        folder.Write("sub/deep/a", "captured");
        folder.Write("b", "captured");
        var snapshot = await folder.SnapshotAsync("one");
        var outside = Directory.CreateDirectory(folder.Root.Path + "-outside").FullName;
        Directory.CreateDirectory(Path.Join(outside, "deep"));
        Directory.Delete(folder.At("sub"), recursive: true);
        folder.Link("sub", outside);
        File.Delete(folder.At("b"));
        await File.WriteAllTextAsync(Path.Join(outside, "b"), "mine", Cancel);
        folder.Link("b", Path.Join(outside, "b"));
        await using var host = await EmptyAsync(Account);

        var result = Assert.Single(await RestoreAsync(host, snapshot));

        Assert.Equal(RestoreStatus.Failed, result.Status);
        Assert.Contains(result.Notes, note => note.Contains("sub", StringComparison.Ordinal) && note.Contains("is a link", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(outside, "deep")));
        Assert.Equal(("mine", "captured", null), (await File.ReadAllTextAsync(Path.Join(outside, "b"), Cancel), await ReadAsync(folder, "b"), new FileInfo(folder.At("b")).LinkTarget));
    }

    [Fact]
    public async Task A_destination_that_is_a_link_is_refused()
    {
        using var folder = new LocalFolder();
        folder.Write("a", "1");
        var snapshot = await folder.SnapshotAsync("one");
        var (link, outside) = (folder.Root.Path + "-link", Directory.CreateDirectory(folder.Root.Path + "-outside").FullName);
        File.CreateSymbolicLink(link, outside);
        await using var host = await EmptyAsync(Account);
        var step = Assert.Single(await PlanAsync(host, snapshot, asked: target => target with { LocalPathOf = _ => link }));
        Assert.Equal(RestoreAction.Cannot, step.Action);
        Assert.Contains("is a link", step.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public async Task A_restore_into_another_account_leaves_this_machine_alone_unless_a_folder_is_named()
    {
        using var folder = new LocalFolder();
        folder.Write("a", "captured");
        var snapshot = await folder.SnapshotAsync("one");
        folder.Write("a", "changed");
        var elsewhere = folder.Root.Path + "-elsewhere";
        await using var host = await EmptyAsync(OtherAccount);

        Assert.Equal(RestoreStatus.NotDone, Assert.Single(await RestoreAsync(host, snapshot)).Status);
        AssertDone(await RestoreAsync(host, snapshot, asked: target => target with { LocalPathOf = _ => elsewhere }));

        Assert.Equal(("changed", "captured"), (await ReadAsync(folder, "a"), await File.ReadAllTextAsync(Path.Join(elsewhere, "a"), Cancel)));
        AssertNothingLeft(await PlanAsync(host, snapshot, asked: target => target with { LocalPathOf = _ => elsewhere }));
    }

    [Fact]
    public async Task A_root_that_is_a_single_file_comes_back_as_one()
    {
        using var folder = new LocalFolder();
        folder.Write("notes.txt", "captured");
        folder.Write("other.txt", "1");
        folder.Root = folder.Root with { Path = folder.At("notes.txt") };
        var snapshot = await folder.SnapshotAsync("one");
        File.Delete(folder.Root.Path);
        await using var host = await EmptyAsync(Account);
        AssertDone(await RestoreAsync(host, snapshot));
        Assert.Equal("captured", await File.ReadAllTextAsync(folder.Root.Path, Cancel));
        Assert.Equal(["notes.txt", "other.txt"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder.Root.Path)!).Select(Path.GetFileName).Order());
        AssertNothingLeft(await PlanAsync(host, snapshot));
    }

    [Fact]
    public async Task A_repository_has_its_history_branches_stashes_and_remotes_and_no_hook_was_run()
    {
        using var folder = new LocalFolder();
        Directory.CreateDirectory(folder.At("repo"));
        folder.Git("repo", "init", "-q");
        folder.Write("repo/a", "1");
        folder.Git("repo", "add", ".");
        folder.Git("repo", "commit", "-qm", "one");
        folder.Git("repo", "branch", "other");
        folder.Git("repo", "tag", "v1");
        folder.Git("repo", "remote", "add", "origin", "https://me:s3cretpw9@example.com/r.git");
        foreach (var stash in (string[])["first", "second"])
        {
            folder.Write("repo/a", stash);
            folder.Git("repo", "stash", "push", "-qm", stash);
        }
        folder.Write("repo/a", "changed");
        folder.Write("repo/new", "untracked");
        var (head, status) = (folder.Git("repo", "rev-parse", "HEAD"), folder.Git("repo", "status", "--porcelain"));
        var snapshot = await folder.SnapshotAsync("one");
        LocalFolder.Run("rm", "-rf", folder.Root.Path);
        await using var host = await EmptyAsync(Account);

        AssertDone(await RestoreAsync(host, snapshot));

        Assert.Equal((head, "main", status), (folder.Git("repo", "rev-parse", "HEAD"), folder.Git("repo", "branch", "--show-current"), folder.Git("repo", "status", "--porcelain")));
        Assert.Equal("main\nother\nv1", folder.Git("repo", "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags"));
        Assert.Equal("first", folder.Git("repo", "show", "stash@{1}:a"));
        Assert.Contains("second", folder.Git("repo", "stash", "list"), StringComparison.Ordinal);
        Assert.Equal("https://example.com/r.git", folder.Git("repo", "remote", "get-url", "origin"));
        Assert.Equal("", folder.Git("repo", "fsck", "--no-dangling"));
        Assert.False(Directory.Exists(folder.At("repo/.git/hooks")));
        AssertNothingLeft(await PlanAsync(host, snapshot));
    }

    [Fact]
    public async Task A_repository_that_is_there_keeps_its_history_and_the_way_to_the_other_is_named()
    {
        using var folder = new LocalFolder();
        folder.Git("", "init", "-q");
        folder.Write("a", "1");
        folder.Git("", "add", ".");
        folder.Git("", "commit", "-qm", "one");
        var snapshot = await folder.SnapshotAsync("one");
        folder.Write("a", "2");
        folder.Git("", "commit", "-qam", "two");
        var head = folder.Git("", "rev-parse", "HEAD");
        await using var host = await EmptyAsync(Account);

        var result = Assert.Single(await RestoreAsync(host, snapshot));

        Assert.Equal((RestoreStatus.Done, "1", head), (result.Status, await ReadAsync(folder, "a"), folder.Git("", "rev-parse", "HEAD")));
        Assert.Contains(result.Notes, note => note.Contains("git fetch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_sealed_comes_back_with_the_key_and_is_named_without_it()
    {
        using var key = LocalSecretTests.Certificate();
        using var folder = new LocalFolder { Sealers = [new CertificateSealer([key])] };
        folder.Write(".env", "TOKEN=abc123def456");
        folder.Write("a", "1");
        var snapshot = await folder.SnapshotAsync("one");
        File.Delete(folder.At(".env"));
        File.Delete(folder.At("a"));
        await using var host = await EmptyAsync(Account);

        var without = Assert.Single(await RestoreAsync(host, snapshot));
        Assert.Contains(without.Notes, note => note.StartsWith(".env is sealed", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.At(".env")));
        AssertDone(await RestoreAsync(host, snapshot, asked: target => target with { Keys = [key] }));

        Assert.Equal("TOKEN=abc123def456", await ReadAsync(folder, ".env"));
        AssertNothingLeft(await PlanAsync(host, snapshot, asked: target => target with { Keys = [key] }));
    }

    [Fact]
    public async Task A_captured_file_that_is_damaged_is_named_and_the_rest_comes_back()
    {
        using var folder = new LocalFolder();
        folder.Write("a", "1");
        folder.Write("b", "2");
        var snapshot = await folder.SnapshotAsync("one");
        File.Delete(folder.At("a"));
        File.Delete(folder.At("b"));
        var captured = Path.Join(snapshot.Path, "local-files/tools/a");
        LocalFolder.Run("chmod", "600", captured);
        await File.WriteAllTextAsync(captured, "X", Cancel);
        await using var host = await EmptyAsync(Account);
        var result = Assert.Single(await RestoreAsync(host, snapshot));
        Assert.Contains("is not as it was captured", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal((RestoreStatus.Failed, false, true), (result.Status, File.Exists(folder.At("a")), File.Exists(folder.At("b"))));
    }

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("..a/b..", true)]
    [InlineData("../a", false)]
    [InlineData("a/../../b", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("a//b", false)]
    [InlineData("./a", false)]
    public void A_path_leads_nowhere_but_into_the_root(string path, bool isInside) => Assert.Equal(isInside, LocalEntries.IsInside(path));

    private static Task<string> ReadAsync(LocalFolder folder, string path) => File.ReadAllTextAsync(folder.At(path), Cancel);

    private static string Stat(LocalFolder folder, string path, string what) => LocalFolder.Run("stat", "-c", what, folder.At(path));

    private static void Mode(LocalFolder folder, string path, string mode) => LocalFolder.Run("chmod", mode, folder.At(path));
}
