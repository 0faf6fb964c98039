using System.Net.Sockets;
using System.Text;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

public sealed class LocalTreeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_kept_as_they_are_and_what_is_no_content_is_noted()
    {
        using var folder = new LocalFolder();
        LocalFolder.Run("chmod", "0751", folder.Write("bin/run.sh", "echo hi"));
        var time = new DateTime(2020, 2, 29, 1, 2, 3, 456, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.At("bin/run.sh"), time);
        Directory.CreateDirectory(folder.At("empty"));
        folder.Write("nothing", "");

        var export = await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal((2, 7, true), (export.FileCount, export.TotalBytes, export.IsComplete));
        Assert.Equal(["bin/run.sh", "nothing"], folder.Files());
        Assert.Equal("echo hi", await File.ReadAllTextAsync(Path.Join(folder.Exported, "bin/run.sh"), Cancel));
        var entries = folder.Entries();
        Assert.Equal(["", "bin", "bin/run.sh", "empty", "nothing"], entries.Keys);
        Assert.Equal(("0751", time), (entries["bin/run.sh"].GetProperty("mode").GetString(), entries["bin/run.sh"].GetProperty("modified").GetDateTime()));
        Assert.Equal("Folder", entries["empty"].GetProperty("kind").GetString());
        Assert.Equal(folder.Root.Path, entries[""].GetProperty("source").GetString());
    }

    [Fact]
    public async Task Links_stay_links_wherever_they_lead()
    {
        using var folder = new LocalFolder();
        var outside = Path.Join(folder.Root.Path, "..", "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Join(outside, "file"), "not ours", Cancel);
        folder.Link("loop", ".");
        folder.Link("out", "../outside");
        folder.Link("file", "../outside/file");
        folder.Link("nowhere", "is not there");
        folder.Link("itself", "itself");

        var export = await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal((0, 5), (export.FileCount, export.LinkCount));
        Assert.Empty(folder.Files());
        Assert.Equal((string[])["../outside/file", "itself", ".", "is not there", "../outside"], folder.Entries().Values.Skip(1).Select(entry => entry.GetProperty("target").GetString()));
    }

    [Fact]
    public async Task A_root_that_is_a_link_is_what_it_leads_to()
    {
        using var folder = new LocalFolder();
        folder.Write("a", "1");
        var link = folder.Root.Path + "-link";
        Directory.CreateSymbolicLink(link, folder.Root.Path);
        folder.Root = folder.Root with { Path = link };
        Assert.Equal(1, (await folder.ExportAsync()).FileCount);
    }

    [Fact]
    public async Task A_single_file_is_a_root_as_well()
    {
        using var folder = new LocalFolder();
        folder.Root = folder.Root with { Path = folder.Write("notes.txt", "1") };
        Assert.Equal(1, (await folder.ExportAsync()).FileCount);
        Assert.Equal(["notes.txt"], folder.Files());
    }

    [Fact]
    public async Task Sockets_and_pipes_are_named_and_nobody_waits_for_them()
    {
        using var folder = new LocalFolder();
        LocalFolder.Run("mkfifo", folder.At("pipe"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("socket")));

        var export = await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        Assert.Equal(["pipe", "socket"], export.LeftOut.Select(left => left.Path));
        Assert.All(export.LeftOut, left => Assert.Equal(LocalFileReason.Special, left.Reason));
        Assert.Equal(("Pipe", "Socket"), (folder.Entries()["pipe"].GetProperty("kind").GetString(), folder.Entries()["socket"].GetProperty("kind").GetString()));
    }

    // The superuser may read everything that has a mode; what nobody can read is a file whose memory is not there.
    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_problem_of_its_own_and_the_rest_goes_on()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "There is no file here that the superuser cannot read.");
        using var folder = new LocalFolder();
        var others = Directory.EnumerateFileSystemEntries("/proc/self").Select(Path.GetFileName).Where(name => name is not ("mem" or "comm"));
        folder.Root = folder.Root with { Path = "/proc/self", Exclude = [.. others.SelectMany(name => (string[])[name!, $"{name}/*"])] };

        var export = await folder.ExportAsync();

        Assert.Equal(("tools/mem", "LocalInputOutput"), Assert.Single(folder.Problems.Select(problem => (problem.Resource, problem.ErrorCode))));
        Assert.Equal(["comm"], folder.Files());
        Assert.Equal((1, LocalFileReason.Unreadable), (export.ProblemCount, Assert.Single(export.LeftOut).Reason));
    }

    [Fact]
    public async Task A_file_without_the_right_to_read_it_is_a_problem_of_its_own()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The superuser may read everything.");
        using var folder = new LocalFolder();
        LocalFolder.Run("chmod", "0", folder.Write("shut", "1"));
        await folder.ExportAsync();
        Assert.Equal(("tools/shut", "LocalAccessDenied"), Assert.Single(folder.Problems.Select(problem => (problem.Resource, problem.ErrorCode))));
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_named()
    {
        using var folder = new LocalFolder();
        // A shell makes the name: the runtime cannot.
        LocalFolder.Run("sh", "-c", "cd \"$0\" && echo 1 > \"$(printf 'caf\\351.txt')\" && mkdir \"$(printf 'f\\351')\"", folder.Root.Path);
        folder.Write("café.txt", "2");
        folder.Write("\uFFFD", "a name of its own");

        await folder.ExportAsync();

        Assert.Equal(["tools/caf\uFFFD.txt", "tools/f\uFFFD"], folder.Problems.Select(problem => problem.Resource).Order(StringComparer.Ordinal));
        Assert.All(folder.Problems, problem => Assert.Equal("NameNotUtf8", problem.ErrorCode));
        Assert.Equal(["café.txt", "\uFFFD"], folder.Files());
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_not_taken_for_one_that_looks_like_it()
    {
        using var folder = new LocalFolder();
        LocalFolder.Run("sh", "-c", "cd \"$0\" && echo 1 > \"$(printf 'caf\\351')\"", folder.Root.Path);
        folder.Write("caf\uFFFD", "mine");
        await folder.ExportAsync();
        Assert.Equal("NameNotUtf8", Assert.Single(folder.Problems).ErrorCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Join(folder.Exported, "caf\uFFFD"), Cancel));
    }

    [Fact]
    public async Task Names_keep_apart_come_back_and_never_take_the_place_of_the_houses_own()
    {
        using var folder = new LocalFolder();
        string[] names = [".jada/entries.jsonl", "README", "SHA256SUMS", "a:b?c", "con", "dir./x", "readme", "a\nb"];
        foreach (var name in names) folder.Write(name, name);

        await folder.ExportAsync();

        Assert.Empty(folder.Problems);
        var entries = folder.Entries();
        foreach (var name in names)
        {
            var file = entries[name].TryGetProperty("file", out var other) ? other.GetString()! : name;
            Assert.Equal(name, await File.ReadAllTextAsync(Path.Join(folder.Exported, file), Cancel));
        }
    }

    [Fact]
    public async Task A_file_that_never_stays_the_same_is_named()
    {
        using var folder = new LocalFolder();
        folder.Write("log", new byte[32 << 20]); // long enough to read that something is written meanwhile, on a busy machine too
        using var stop = new CancellationTokenSource();
        var growing = Task.Run(async () =>
        {
            await using var log = File.Open(folder.At("log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            while (!stop.IsCancellationRequested)
            {
                log.Write(Encoding.UTF8.GetBytes("more\n"));
                log.Flush();
            }
        }, Cancel);
        await folder.ExportAsync();
        await stop.CancelAsync();
        await growing;
        Assert.Equal(("tools/log", "ChangedWhileRead"), Assert.Single(folder.Problems.Select(problem => (problem.Resource, problem.ErrorCode))));
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task What_is_excluded_is_left_out_and_what_is_included_again_is_not()
    {
        using var folder = new LocalFolder();
        foreach (var file in (string[])["a.ps1", "a.log", "logs/x.log", "logs/keep.log", "node_modules/m/index.js"]) folder.Write(file, "1");
        folder.Root = folder.Root with { Exclude = ["node_modules/*", "*.log"], Include = ["*keep.log"] };
        Assert.Equal(3, (await folder.ExportAsync()).ExcludedCount);
        Assert.Equal(["a.ps1", "logs/keep.log"], folder.Files());

        folder.Root = folder.Root with { Exclude = [], Include = ["*.ps1"] };
        await folder.ExportAsync();
        Assert.Equal(["a.ps1"], folder.Files());

        folder.Root = folder.Root with { Exclude = ["node_modules/*"], Include = [] };
        await folder.ExportAsync();
        Assert.Equal(["a.log", "a.ps1", "logs/keep.log", "logs/x.log"], folder.Files());
        Assert.DoesNotContain("node_modules/m", folder.Entries().Keys);
    }

    [Fact]
    public async Task A_later_export_leaves_no_file_of_an_earlier_one()
    {
        using var folder = new LocalFolder();
        folder.Write("old", "1");
        folder.Write("kept", "1");
        await folder.ExportAsync();
        await File.WriteAllTextAsync(Path.Join(folder.Exported, "mine"), "of someone else", Cancel);
        File.Move(folder.At("old"), folder.At("new"));
        await folder.ExportAsync();
        Assert.Equal(["kept", "mine", "new"], folder.Files());
    }

    [Fact]
    public async Task The_folder_that_is_written_to_is_not_captured_into_itself()
    {
        using var folder = new LocalFolder();
        folder.Root = folder.Root with { Path = Path.GetDirectoryName(folder.Root.Path)! };
        folder.Write("a", "1");
        await folder.ExportAsync();
        await folder.ExportAsync();
        Assert.Equal(["a"], folder.Files());

        folder.Root = folder.Root with { Path = folder.Destination };
        await folder.ExportAsync();
        Assert.Equal("RootIsDestination", Assert.Single(folder.Problems).ErrorCode);
    }

    [Fact]
    public async Task A_root_that_is_not_there_is_a_problem()
    {
        using var folder = new LocalFolder();
        folder.Root = folder.Root with { Path = folder.At("missing") };
        await folder.ExportAsync();
        Assert.Equal("PathNotFound", Assert.Single(folder.Problems).ErrorCode);
    }
}
