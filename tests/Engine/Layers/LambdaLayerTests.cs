using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class LambdaLayerTests(LambdaLayerTests.Captured captured) : IClassFixture<LambdaLayerTests.Captured>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One snapshot of the estate's functions, for the tests that only look at it.</summary>
    public sealed class Captured : EstateFixture, IAsyncLifetime
    {
        private readonly TemporaryStore _store = new();

        internal ConcurrentQueue<Problem> Problems { get; } = new();
        internal IReadOnlyList<CallCount> Calls { get; private set; } = [];
        internal string Path { get; private set; } = "";

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var connection = AwsConnection.Open(Options);
            var snapshot = await new CaptureRun(connection, new() { Store = _store.Path, Name = "v1.0", Layers = ["lambda"] }).RunAsync(Problems.Enqueue, Cancel);
            (Path, Calls) = (snapshot.Path, connection.Calls.Counts);
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            _store.Dispose();
            await DisposeAsync();
        }

        internal byte[] Read(string path) => File.ReadAllBytes(System.IO.Path.Combine(Path, path));

        internal bool Has(string path) => File.Exists(System.IO.Path.Combine(Path, path));
    }

    [Fact]
    public async Task Each_document_is_what_Lambda_sent_byte_for_byte_but_for_secrets_and_links()
    {
        Assert.Empty(captured.Problems);
        var lambda = new LambdaDocuments(captured.Host);
        Dictionary<string, int> seen = [];
        await foreach (var entry in SnapshotReader.ReadManifestAsync(captured.Path))
        {
            if (LambdaDocuments.RequestOf(entry.Path, name => System.Text.Encoding.UTF8.GetString(captured.Read($"{Path.GetDirectoryName(entry.Path)}/{name}"))) is not var (region, target)) continue;
            Assert.Equal(LambdaDocuments.Comparable(await lambda.AskAsync(region, target)), LambdaDocuments.Comparable(captured.Read(entry.Path)));
            seen[entry.Path.Split('/') is ["lambda-functions", _, _, var name, ..] ? name : "other"] = seen.GetValueOrDefault(entry.Path) + 1;
        }
        Assert.Equal(
            ["aliases-0001.json", "code-signing.json", "event-invoke-configs-0001.json", "event-source-mappings", "function.json", "other", "policies", "policy.json",
             "provisioned-concurrency-0001.json", "recursion.json", "runtime-management.json", "url-configs-0001.json", "versions"],
            seen.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_file_that_is_no_answer_is_code_or_ours()
    {
        await foreach (var entry in SnapshotReader.ReadManifestAsync(captured.Path))
            if (entry.Layer == "lambda" && LambdaDocuments.RequestOf(entry.Path, name => System.Text.Encoding.UTF8.GetString(captured.Read($"{Path.GetDirectoryName(entry.Path)}/{name}"))) is null)
                Assert.True(entry.Path.EndsWith(".zip", StringComparison.Ordinal) || entry.Path.EndsWith("/environment.json", StringComparison.Ordinal), entry.Path);
    }

    [Fact]
    public async Task Code_is_there_once_for_each_digest_that_a_version_has()
    {
        Dictionary<string, string> wanted = [];
        await foreach (var entry in SnapshotReader.ReadManifestAsync(captured.Path))
        {
            if (entry.Path.Split('/') is not ["lambda-functions", var function, _, "function.json" or "versions", ..]) continue;
            var digest = JsonElement.Parse(captured.Read(entry.Path)).GetProperty("Configuration").GetProperty("CodeSha256").GetString()!;
            wanted[$"{function} {Convert.ToHexStringLower(Convert.FromBase64String(digest))}"] = entry.Path;
        }
        List<string> there = [];
        await foreach (var entry in SnapshotReader.ReadManifestAsync(captured.Path))
        {
            if (entry.Path.Split('/') is not ["lambda-functions", var function, _, .., var file] || !file.EndsWith(".zip", StringComparison.Ordinal)) continue;
            Assert.True(file == "code.zip" || Path.GetFileNameWithoutExtension(file) == entry.Sha256);
            Assert.Equal(entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(captured.Read(entry.Path))));
            there.Add($"{function} {entry.Sha256}");
        }
        Assert.Equal(wanted.Keys.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        Assert.True(there.Count > EstateCounts.Functions);
    }

    [Fact]
    public void What_is_not_there_leaves_no_file()
    {
        const string Folder = "lambda-functions/inventory-export/us-west-2/";
        Assert.True(captured.Has(Folder + "function.json"));
        Assert.False(Directory.Exists(Path.Combine(captured.Path, Folder, "versions")));
        foreach (var name in (string[])["policy.json", "aliases-0001.json", "url-configs-0001.json", "event-invoke-configs-0001.json", "provisioned-concurrency-0001.json", "code-signing.json"])
            Assert.False(captured.Has(Folder + name), name);
        Assert.False(captured.Has("lambda-functions/tide-table/us-west-2/environment.json"));
    }

    [Fact]
    public void The_calls_leave_Lambda_time_for_others()
    {
        var lambda = captured.Calls.Where(call => call.Service == "lambda" && call.Operation is not ("GetFunction" or "GetPolicy")).Sum(call => call.Calls);
        var policies = captured.Calls.Where(call => call.Operation == "GetPolicy").Sum(call => call.Calls);
        Assert.InRange(lambda, 1, 150);
        Assert.InRange(policies, 1, 60);
    }

    [Fact]
    public async Task A_list_of_the_region_that_is_refused_is_a_problem_of_each_function_and_the_rest_is_there()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Faults = [Fault.Parse("service=lambda,operation=ListEventSourceMappings,kind=deny")] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var problems = new ConcurrentQueue<Problem>();
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["lambda"] }).RunAsync(problems.Enqueue, Cancel);
        Assert.All(problems, problem => Assert.Equal("ListEventSourceMappings", problem.Operation));
        Assert.Equal(EstateCounts.Functions, problems.Select(problem => problem.Resource).Distinct().Count(name => !name.StartsWith("us-", StringComparison.Ordinal)));
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "lambda-functions/release-notify/us-west-2/versions/3.json")));
    }

    [Fact]
    public async Task A_region_whose_functions_cannot_be_listed_is_told_of_once()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty, Faults = [Fault.Parse("service=lambda,operation=ListFunctions,kind=deny")] }, Cancel);
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        var problems = new ConcurrentQueue<Problem>();
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["lambda"] }).RunAsync(problems.Enqueue, Cancel);
        Assert.Equal(["us-east-1", "us-west-2"], problems.Select(problem => problem.Resource).Order(StringComparer.Ordinal));
    }
}
