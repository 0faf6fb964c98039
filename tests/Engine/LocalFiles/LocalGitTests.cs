using JadaSnapshot.Engine.Layers.LocalFiles.Git;
using JadaSnapshot.Engine.Secrets;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

public sealed class LocalGitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Bundle(LocalFolder folder, string repository) => Path.Join(folder.Exported, ".jada/git", repository, "repository.bundle");

    [Fact]
    public async Task A_repository_is_a_bundle_to_clone_and_its_working_files()
    {
        using var folder = WithRepository();
        folder.Git("", "tag", "v1");
        folder.Git("", "branch", "other");
        folder.Write("a", "stash one");
        folder.Git("", "stash");
        folder.Write("a", "stash two");
        folder.Git("", "stash");
        folder.Write("a", "changed");
        folder.Write("new", "untracked");
        folder.Git("", "remote", "add", "origin", "https://me:s3cretpw9@example.com/r.git?private_token=s3cretpw9");

        var export = await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal((1, 0), (export.RepositoryCount, export.LeftOut.Count));
        Assert.Equal(["a", "new"], folder.Files());
        var clone = folder.Root.Path + "-clone";
        LocalFolder.Run("git", "clone", "-q", Bundle(folder, ""), clone);
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Join(clone, "a"), Cancel));
        Assert.Equal(folder.Git("", "rev-parse", "HEAD"), LocalFolder.Run("git", "-C", clone, "rev-parse", "HEAD", "--").Split('\n')[0]);
        Assert.Contains("refs/remotes/origin/other", LocalFolder.Run("git", "-C", clone, "for-each-ref"), StringComparison.Ordinal);

        var document = folder.Repository("");
        Assert.Equal(("main", folder.Git("", "rev-parse", "HEAD")), (document.GetProperty("branch").GetString(), document.GetProperty("head").GetString()));
        Assert.Equal("https://example.com/r.git", document.GetProperty("remotes")[0].GetProperty("url").GetString());
        Assert.Equal([" M a", "?? new"], document.GetProperty("uncommitted").EnumerateArray().Select(change => $"{change.GetProperty("state")} {change.GetProperty("path")}"));
        LocalFolder.Run("git", "-C", clone, "fetch", "-q", Bundle(folder, ""), "refs/jada/stash/*:refs/stashes/*");
        Assert.Equal("stash one", LocalFolder.Run("git", "-C", clone, "show", "refs/stashes/1:a"));
        Assert.Equal(2, document.GetProperty("stashes").GetArrayLength());
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Destination, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("s3cretpw9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_a_repository_names_is_run_and_nothing_in_it_is_changed()
    {
        using var folder = WithRepository();
        var trap = folder.Root.Path + "-sprung";
        var spring = folder.Write(".git/spring", $"#!/bin/sh\ntouch '{trap}'\ncat\n");
        LocalFolder.Run("chmod", "0700", spring);
        await File.AppendAllTextAsync(folder.At(".git/config"), $"""

            [core]
              fsmonitor = {spring}
              hooksPath = {Path.GetDirectoryName(spring)}
              pager = {spring}
              sshCommand = {spring}
              attributesFile = {folder.At("attributes")}
            [filter "trap"]
              clean = {spring}
              smudge = {spring}
              process = {spring}
            [diff "trap"]
              textconv = {spring}
            [remote "origin"]
              url = ext::{spring}
              promisor = true
            [extensions]
              partialClone = origin
            [include]
              path = {folder.At("more")}
            """, Cancel);
        folder.Write(".gitattributes", "* filter=trap diff=trap\n");
        folder.Write("a", "2");
        foreach (var hook in (string[])["post-index-change", "pre-auto-gc", "reference-transaction"]) File.Copy(spring, folder.At($".git/hooks/{hook}"));
        folder.Root = folder.Root with { UseGitIgnore = true };
        var before = Contents();

        await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.False(File.Exists(trap));
        Assert.Equal(before, Contents());
        Assert.Equal("ext::jada:withheld", folder.Repository("").GetProperty("remotes")[0].GetProperty("url").GetString());

        List<(string, string)> Contents() => [.. Directory.EnumerateFiles(folder.At(".git"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, Convert.ToHexString(File.ReadAllBytes(file))))];
    }

    [Fact]
    public async Task A_secret_in_the_history_keeps_the_bundle_out_unless_it_is_sealed()
    {
        using var folder = WithRepository();
        folder.Write("deploy.sh", "TOKEN=abc123def456\n");
        folder.Git("", "add", ".");
        folder.Git("", "commit", "-qm", "two");
        folder.Git("", "rm", "-q", "deploy.sh");
        folder.Git("", "commit", "-qm", "three");

        var left = Assert.Single((await folder.ExportAsync()).LeftOut);

        Assert.Equal((".git", LocalFileReason.Secret), (left.Path, left.Reason));
        Assert.Contains("deploy.sh", left.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(Bundle(folder, "")));
        Assert.Contains("deploy.sh", Assert.Single(folder.Warnings), StringComparison.Ordinal);

        using var owner = LocalSecretTests.Certificate();
        folder.Sealers = [new CertificateSealer([owner])];
        Assert.True(Assert.Single((await folder.ExportAsync()).LeftOut).IsSealed);
        var opened = CertificateSealer.Open(await File.ReadAllBytesAsync(Bundle(folder, "") + ".cms", Cancel), [owner]);
        await File.WriteAllBytesAsync(folder.Root.Path + ".bundle", opened, Cancel);
        Assert.Contains("refs/heads/main", LocalFolder.Run("git", "bundle", "list-heads", folder.Root.Path + ".bundle"), StringComparison.Ordinal);

        folder.Root = folder.Root with { NotSecret = ["deploy.sh"] };
        Assert.Empty((await folder.ExportAsync()).LeftOut);
        Assert.True(File.Exists(Bundle(folder, "")));
    }

    [Fact]
    public async Task What_git_ignores_is_left_out_on_request_and_what_it_tracks_is_not()
    {
        using var folder = WithRepository();
        folder.Write(".gitignore", "*.log\n!keep.log\n/build/\ntracked\n");
        folder.Write("sub/.gitignore", "!x.log\nlocal\n");
        foreach (var file in (string[])["a.log", "keep.log", "build/out", "sub/x.log", "sub/y.log", "sub/local", "local", "tracked"]) folder.Write(file, "1");
        folder.Git("", "add", "-f", "tracked");
        folder.Root = folder.Root with { UseGitIgnore = true };

        await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal([".gitignore", "a", "keep.log", "local", "sub/.gitignore", "sub/x.log", "tracked"], folder.Files());
        Assert.Equal("Ignored", folder.Entries()["build"].GetProperty("leftOut").GetString());
    }

    [Fact]
    public async Task A_gitignore_counts_without_a_repository_and_each_nested_repository_has_its_own()
    {
        using var folder = new LocalFolder();
        folder.Write(".gitignore", "*.tmp\n");
        folder.Write("a.tmp", "1");
        folder.Write("inner/b.tmp", "1");
        folder.Write("inner/c.log", "1");
        folder.Git("inner", "init", "-q");
        folder.Write("inner/.gitignore", "*.log\n");
        folder.Root = folder.Root with { UseGitIgnore = true };
        await folder.ExportAsync();
        Assert.Empty(folder.Problems);
        Assert.Equal([".gitignore", "inner/.gitignore", "inner/b.tmp"], folder.Files());
    }

    [Fact]
    public async Task Empty_broken_and_borrowed_repositories_are_named()
    {
        using var folder = new LocalFolder();
        using var other = WithRepository();
        Directory.CreateDirectory(folder.At("empty"));
        folder.Git("empty", "init", "-q");
        folder.Write("broken/.git/HEAD", "junk");
        folder.Write("broken/file", "1");
        folder.Write("elsewhere/.git", $"gitdir: {other.At(".git")}\n");
        folder.Write("corrupt/a", "1");
        folder.Git("corrupt", "init", "-q");
        folder.Git("corrupt", "add", ".");
        folder.Git("corrupt", "commit", "-qm", "one");
        File.Delete(Directory.EnumerateFiles(folder.At("corrupt/.git/objects"), "*", SearchOption.AllDirectories).First());

        var export = await folder.ExportAsync();

        Assert.Equal(["GitFailed tools/corrupt/.git", "RepositoryBroken tools/broken/.git"], folder.Problems.Select(problem => $"{problem.ErrorCode} {problem.Resource}").Order(StringComparer.Ordinal));
        Assert.Equal(["broken/file", "corrupt/a"], folder.Files());
        Assert.Equal(LocalFileReason.RepositoryElsewhere, Assert.Single(export.LeftOut, left => left.Path == "elsewhere/.git").Reason);
        Assert.Equal("There is no commit.", folder.Repository("empty").GetProperty("withoutBundle").GetString());
    }

    [Fact]
    public async Task A_worktree_within_the_root_has_a_bundle_of_its_own()
    {
        using var folder = new LocalFolder();
        folder.Write("main/a", "1");
        folder.Git("main", "init", "-q");
        folder.Git("main", "add", ".");
        folder.Git("main", "commit", "-qm", "one");
        folder.Git("main", "worktree", "add", "-q", "-b", "side", folder.At("side"));

        await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal("side", folder.Repository("side").GetProperty("branch").GetString());
        LocalFolder.Run("git", "bundle", "list-heads", Bundle(folder, "side"));
    }

    [Theory]
    [InlineData("https://example.com/r.git", "https://example.com/r.git")]
    [InlineData("https://user:p%40ss@example.com:8443/r.git", "https://example.com:8443/r.git")]
    [InlineData("https://token@example.com", "https://example.com")]
    [InlineData("https://example.com/r@v1", "https://example.com/r@v1")]
    [InlineData("ssh://git:pw@example.com:22/r", "ssh://git@example.com:22/r")]
    [InlineData("git@github.com:a/b.git", "git@github.com:a/b.git")]
    [InlineData("/srv/r.git", "/srv/r.git")]
    [InlineData("https://example.com/r?access=1", "https://example.com/r")]
    public void Addresses_lose_their_credentials_and_nothing_else(string url, string kept) => Assert.Equal(kept, GitRepository.WithoutCredentials(url));

    private static LocalFolder WithRepository()
    {
        var folder = new LocalFolder();
        folder.Write("a", "1");
        folder.Git("", "init", "-q");
        folder.Git("", "add", ".");
        folder.Git("", "commit", "-qm", "one");
        return folder;
    }
}
