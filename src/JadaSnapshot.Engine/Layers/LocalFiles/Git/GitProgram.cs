using System.Diagnostics;
using System.Text;

namespace JadaSnapshot.Engine.Layers.LocalFiles.Git;

/// <summary>The <c>git</c> of this machine.</summary>
internal sealed class GitProgram(string path)
{
    private static readonly string Nothing = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    /// <summary>The first <c>git</c> in the folders of <c>PATH</c>; null where there is none. The current folder does not count.</summary>
    public static GitProgram? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? "git.exe" : "git")).FirstOrDefault(File.Exists) is { } found ? new(found) : null;

    /// <summary>Runs git on a view and gives what it writes.</summary>
    /// <exception cref="LocalFileException">git fails (<c>GitFailed</c>).</exception>
    public async Task<byte[]> RunAsync(GitView view, CancellationToken cancel, params string[] arguments)
    {
        using var written = new MemoryStream();
        await RunAsync(view, (input, output) =>
        {
            input.Close();
            return output.CopyToAsync(written, cancel);
        }, cancel, arguments);
        return written.ToArray();
    }

    /// <summary>Runs git on a view and talks to it by what it reads and what it writes.</summary>
    /// <exception cref="LocalFileException">git fails (<c>GitFailed</c>).</exception>
    public async Task RunAsync(GitView view, Func<Stream, Stream, Task> talk, CancellationToken cancel, params string[] arguments)
    {
        using var process = Process.Start(Order(view, arguments)) ?? throw new LocalFileException("GitFailed", "git could not be started.");
        using var stop = cancel.Register(() => Kill(process));
        try
        {
            var complaints = process.StandardError.ReadToEndAsync(cancel);
            await talk(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0) throw new LocalFileException("GitFailed", $"git {arguments[0]} failed: {Last(await complaints)}");
        }
        catch (IOException exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw new LocalFileException("GitFailed", $"git {arguments[0]} ended too early: {exception.Message}", exception);
        }
        finally
        {
            Kill(process);
        }
    }

    private ProcessStartInfo Order(GitView view, string[] arguments)
    {
        var start = new ProcessStartInfo(path, ["--no-pager", .. arguments])
        {
            WorkingDirectory = view.Home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in ((string, string)[])
        [
            ("GIT_DIR", view.Folder), ("GIT_WORK_TREE", view.WorkTree), ("GIT_OBJECT_DIRECTORY", view.Objects),
            ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", Nothing), ("GIT_ATTR_NOSYSTEM", "1"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_REPLACE_OBJECTS", "1"), ("GIT_NO_LAZY_FETCH", "1"), ("HOME", view.Home), ("XDG_CONFIG_HOME", view.Home), ("LC_ALL", "C"),
        ])
            start.Environment[name] = value;
        return start;
    }

    private static string Last(string complaints) => complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it gives no reason.";

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
