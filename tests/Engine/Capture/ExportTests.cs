using System.Collections.Concurrent;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class ExportTests(ExportTests.Fixture estate) : IClassFixture<ExportTests.Fixture>, IDisposable
{
    private const string Function = "booking-webhook";

    private readonly TemporaryStore _store = new();
    private readonly ConcurrentQueue<Problem> _problems = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_store.Path, "lambda-functions", Function, "us-west-2");

    [Fact]
    public async Task An_export_has_the_files_that_a_snapshot_has()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var snapshot = await new CaptureRun(connection, new() { Store = _store.Path, Name = "v1.0", Layers = ["lambda"] }).RunAsync(_problems.Enqueue, Cancel);

        var export = Assert.Single(await ExportAsync());

        Assert.Empty(_problems);
        Assert.Equal((Folder, Function, true), (export.Path, export.Name, export.IsComplete));
        var captured = Contents(Path.Combine(snapshot.Path, "lambda-functions", Function, "us-west-2"));
        var exported = Contents(Folder);
        Assert.True(exported.Remove("SHA256SUMS"));
        Assert.Equal(captured, exported);
        Assert.Equal((exported.Count, exported.Values.Sum(text => text.Length / 2)), (export.FileCount, export.TotalBytes));
    }

    [Fact]
    public async Task The_sums_of_an_export_are_those_of_its_files()
    {
        await ExportAsync();
        var sums = await File.ReadAllLinesAsync(Path.Combine(Folder, "SHA256SUMS"), Cancel);
        Assert.Equal(sums.OrderBy(line => line[66..], StringComparer.Ordinal), sums);
        Assert.Equal(Contents(Folder).Keys.Where(name => name != "SHA256SUMS").Order(StringComparer.Ordinal), sums.Select(line => line[66..]));
        foreach (var line in sums)
            Assert.Equal(line[..64], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, line[66..]), Cancel))));
    }

    [Fact]
    public async Task A_later_export_removes_the_files_of_an_earlier_one_and_none_of_anyone_else()
    {
        await ExportAsync();
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.txt"), "mine", Cancel);
        await File.WriteAllTextAsync(Path.Combine(Folder, "gone.json"), "{}", Cancel);
        await File.AppendAllTextAsync(Path.Combine(Folder, "SHA256SUMS"), new string('0', 64) + "  gone.json\n", Cancel);
        await File.AppendAllTextAsync(Path.Combine(Folder, "SHA256SUMS"), new string('0', 64) + "  ../../contact-form\n", Cancel);

        await ExportAsync();

        Assert.False(File.Exists(Path.Combine(Folder, "gone.json")));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Folder, "notes.txt"), Cancel));
        Assert.DoesNotContain("gone.json", await File.ReadAllTextAsync(Path.Combine(Folder, "SHA256SUMS"), Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_store.Path), entry => Path.GetFileName(entry).StartsWith(".export-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_with_problems_leaves_an_earlier_one_as_it_was()
    {
        await ExportAsync();
        var before = Contents(Folder);
        estate.Host.Faults.Add(Fault.Parse("service=lambda,operation=GetPolicy,kind=deny"));
        try
        {
            var export = Assert.Single(await ExportAsync());
            Assert.Equal((false, true), (export.IsComplete, export.IsEarlierKept));
            Assert.NotEmpty(_problems);
            Assert.All(_problems, problem => Assert.Equal("GetPolicy", problem.Operation));
            Assert.Equal(before, Contents(Folder));
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_first_export_with_problems_keeps_what_there_is()
    {
        estate.Host.Faults.Add(Fault.Parse("service=lambda,operation=GetPolicy,kind=deny"));
        try
        {
            var export = Assert.Single(await ExportAsync());
            Assert.Equal((false, false), (export.IsComplete, export.IsEarlierKept));
            Assert.True(File.Exists(Path.Combine(Folder, "function.json")));
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public async Task A_view_asks_only_for_the_documents_that_it_reads()
    {
        estate.Host.Requests.Clear();
        using var connection = AwsConnection.Open(estate.Options);
        List<LambdaFunction> functions = [];
        await foreach (var function in new ResourceReader<LambdaFunction>(connection, new FunctionView()).ReadAsync(resource => resource.Name == Function, _problems.Enqueue, Cancel))
            functions.Add(function);

        var found = Assert.Single(functions);
        Assert.Equal((Function, "nodejs22.x", 256), (found.FunctionName, found.Runtime, found.MemorySize));
        Assert.Contains("STRIPE_SECRET_KEY", found.EnvironmentVariables);
        Assert.DoesNotContain("planted", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, estate.Host.Requests.Count("lambda", "GetPolicy"));
        Assert.DoesNotContain(estate.Host.Requests.Entries, request => request.Target.StartsWith("/_links/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_read_of_a_function_that_is_denied_is_a_problem_and_the_rest_goes_on()
    {
        estate.Host.Faults.Add(Fault.Parse("service=lambda,operation=GetFunction,kind=deny"));
        try
        {
            using var connection = AwsConnection.Open(estate.Options);
            await foreach (var _ in new ResourceReader<LambdaFunction>(connection, new FunctionView()).ReadAsync(_ => true, _problems.Enqueue, Cancel)) { }
            Assert.Equal(21, _problems.Select(problem => problem.Resource).Distinct().Count());
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    public void Dispose() => _store.Dispose();

    private async Task<List<ResourceExport>> ExportAsync()
    {
        using var connection = AwsConnection.Open(estate.Options);
        List<ResourceExport> exports = [];
        var exporter = new ResourceExporter(connection, new FunctionView(), new());
        await foreach (var export in exporter.ExportAsync(_store.Path, resource => ValueTask.FromResult(resource.Name == Function), _problems.Enqueue, Cancel))
            if (export.Kind == "function") exports.Add(export);
        return exports;
    }

    private static SortedDictionary<string, string> Contents(string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);

    /// <summary>An estate whose faults are this class's alone.</summary>
    public sealed class Fixture : EstateFixture;
}
