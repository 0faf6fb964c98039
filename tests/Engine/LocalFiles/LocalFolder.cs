using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.LocalFiles;

/// <summary>A folder that a test fills, and the ways to capture it.</summary>
internal sealed class LocalFolder : IDisposable
{
    private readonly TemporaryStore _place = new();

    public LocalFolder() => Root = new() { Name = "tools", Path = Directory.CreateDirectory(Path.Join(_place.Path, "root")).FullName };

    public LocalRoot Root { get; set; }

    public IReadOnlyList<ISealer> Sealers { get; set; } = [];

    public ConcurrentQueue<Problem> Problems { get; } = new();

    public ConcurrentQueue<string> Warnings { get; } = new();

    public string Destination => Path.Join(_place.Path, "out");

    /// <summary>The folder of the root in the export.</summary>
    public string Exported => Path.Join(Destination, "local-files", "tools");

    public string At(string path) => Path.Join(Root.Path, path);

    public string Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllBytes(At(path), content);
        return At(path);
    }

    public void Link(string path, string target) => File.CreateSymbolicLink(At(path), target);

    public string Git(string folder, params string[] arguments) =>
        Run("git", ["-C", At(folder), "-c", "user.name=n", "-c", "user.email=a@b.invalid", "-c", "init.defaultBranch=main", .. arguments]);

    /// <summary>Runs a program, which has to succeed, and gives what it writes.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {complaints.Result}");
        return output.TrimEnd();
    }

    public async Task<LocalFileExport> ExportAsync()
    {
        List<ResourceExport> exports = [];
        var exporter = new ResourceExporter(null, new LocalRootView(), Options(Destination));
        await foreach (var export in exporter.ExportAsync(Destination, _ => ValueTask.FromResult(true), Problems.Enqueue, TestContext.Current.CancellationToken)) exports.Add(export);
        return LocalExport.Read(Assert.Single(exports));
    }

    /// <summary>Takes a snapshot of this layer alone.</summary>
    public async Task<Snapshot> SnapshotAsync(string name, string? @base = null, Action<string>? onStep = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var context = new LayerContext(null, Options(Destination), Problems.Enqueue);
        var order = new SnapshotOrder { Store = Destination, Name = name, Account = "782785212866", Layers = [LocalFilesLayer.LayerName], Base = @base, ToolVersion = "0.1.0", OnStep = onStep, OnWarning = Warnings.Enqueue };
        await using var writer = await SnapshotWriter.OpenAsync(order, cancel);
        await LayerCapture.Into(writer, new LocalFilesLayer(context), new(LocalFilesLayer.LayerName), new(Destination, Sealers), Note).RunAsync(cancel);
        return await writer.FinishAsync([], cancel);

        void Note(Problem problem, Resource? resource)
        {
            Problems.Enqueue(problem);
            writer.Report(problem, resource);
        }
    }

    /// <summary>The lines of the root's document, by their paths.</summary>
    public Dictionary<string, JsonElement> Entries() =>
        File.ReadLines(Path.Join(Exported, ".jada/entries.jsonl")).Select(line => JsonElement.Parse(line)).ToDictionary(line => line.GetProperty("path").GetString()!, StringComparer.Ordinal);

    /// <summary>The paths of the exported files, without those of the house.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Exported, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Exported, file))
            .Where(file => file != "SHA256SUMS" && !file.StartsWith(".jada/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public JsonElement Repository(string folder) => JsonElement.Parse(File.ReadAllBytes(Path.Join(Exported, ".jada/git", folder, "repository.json")));

    public void Dispose()
    {
        // The runtime cannot delete what it cannot name.
        if (!OperatingSystem.IsWindows()) Run("rm", "-rf", Path.Join(_place.Path, "root"));
        _place.Dispose();
    }

    private LayerOptions Options(string destination) => new() { LocalRoots = [Root], Sealers = Sealers, OnWarning = Warnings.Enqueue, Destination = destination };
}
