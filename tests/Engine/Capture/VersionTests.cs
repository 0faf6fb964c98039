using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>Buckets that keep what was overwritten and deleted.</summary>
public sealed class VersionTests
{
    private const string Listing = "aws-configs/s3/kept/versions.jsonl";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_version_and_delete_marker_is_listed_in_the_order_of_S3()
    {
        await using var sandbox = await KeptAsync();
        using var store = new TemporaryStore();
        var snapshot = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0" });
        var lines = await LinesAsync(snapshot);

        Assert.Equal(
            [("a", true, true), ("a", false, false), ("a", false, false), ("b +%c/\u00E9", true, false), ("b +%c/\u00E9", false, false), ("dir/", true, false), ("dir/", false, false)],
            lines.Select(line => ((string?)line["key"], (bool)line["isLatest"]!, (bool)line["isDeleteMarker"]!)));
        Assert.Equal(["key", "versionId", "isLatest", "isDeleteMarker", "lastModified"], lines[0].Select(member => member.Key));
        Assert.Equal(["key", "versionId", "isLatest", "isDeleteMarker", "etag", "size", "lastModified", "storageClass"], lines[1].Select(member => member.Key));
        Assert.Equal((3, "STANDARD", "b8a9f715dbb64fd5c56e7783c6820a61"), ((int)lines[1]["size"]!, (string?)lines[1]["storageClass"], (string?)lines[1]["etag"]));
        Assert.Equal("null", (string?)lines[6]["versionId"]);
        Assert.False(Directory.Exists(Path.Combine(snapshot.Path, "s3-versions")));
        Assert.False(snapshot.AllVersions);
        await AssertWholeAsync(snapshot);
    }

    [Fact]
    public async Task On_request_the_bytes_of_noncurrent_versions_are_captured_with_what_belongs_to_them()
    {
        await using var sandbox = await KeptAsync();
        using var store = new TemporaryStore();
        var snapshot = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0", AllVersions = true });
        var lines = await LinesAsync(snapshot);
        var entries = await SnapshotReader.ReadManifestAsync(snapshot.Path).Where(entry => entry.Path.StartsWith("s3-versions/", StringComparison.Ordinal)).ToListAsync(Cancel);

        Assert.True(snapshot.AllVersions);
        Assert.Equal(
            lines.Where(line => !(bool)line["isLatest"]!).Select(line => ((string?)line["key"], (string?)line["versionId"], (string?)line["etag"])).Order(),
            entries.Select(entry => ((string?)entry.Object!.Key, entry.Object.VersionId, (string?)entry.Object.ETag)).Order());
        Assert.Equal(["one", "two"], entries.Where(entry => entry.Object!.Key == "a").Select(entry => File.ReadAllText(Path.Combine(snapshot.Path, entry.Path))).Order(StringComparer.Ordinal));
        Assert.Equal("before", await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "s3-versions/kept/dir/%_/null"), Cancel));
        Assert.All(entries, entry => Assert.Equal($"s3-versions/kept/{PathNames.FromKey($"{entry.Object!.Key}/{entry.Object.VersionId}")}", entry.Path));
        Assert.All(entries, entry => Assert.Equal("text/plain", entry.Object!.Headers!["content-type"]));
        await AssertWholeAsync(snapshot);
    }

    [Fact]
    public async Task Versions_are_taken_over_from_the_base_too()
    {
        await using var sandbox = await KeptAsync();
        using var store = new TemporaryStore();
        await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0", AllVersions = true });
        await sandbox.Client.PutAsync("/kept/a", "three", ("content-type", "text/plain"));
        await sandbox.Client.PutAsync("/kept/a", "four", ("content-type", "text/plain"));
        sandbox.Host.Requests.Clear();
        var second = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.1", AllVersions = true, Base = "v1.0" });

        Assert.Equal(2, sandbox.Host.Requests.Count("s3", "GetObject"));
        await AssertWholeAsync(second);
    }

    [Fact]
    public async Task A_listing_of_more_versions_than_a_page_holds_is_whole()
    {
        await using var sandbox = await KeptAsync();
        for (var i = 0; i < 2001; i++) await PutAsync(sandbox.Host, "/kept/a%20%2Bmany", $"{i}");
        using var store = new TemporaryStore();
        var snapshot = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0" });
        var lines = await LinesAsync(snapshot);

        Assert.Equal(3, sandbox.Host.Requests.Count("s3", "ListObjectVersions"));
        Assert.Equal(2001, lines.Where(line => (string?)line["key"] == "a +many").Select(line => (string?)line["versionId"]).Distinct().Count());
        Assert.Equal(2008, lines.Count);
    }

    [Fact]
    public async Task Keys_that_are_left_out_are_left_out_of_the_versions()
    {
        await using var sandbox = await KeptAsync();
        using var store = new TemporaryStore();
        var snapshot = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0", AllVersions = true, ExcludeKeys = ["b*", "dir/"] });
        Assert.All(await LinesAsync(snapshot), line => Assert.Equal("a", (string?)line["key"]));
    }

    [Fact]
    public async Task A_listing_that_is_refused_is_a_problem_and_leaves_no_file()
    {
        await using var sandbox = await KeptAsync();
        sandbox.Host.Faults.Add(JadaSnapshot.Sandbox.Hosting.Faults.Fault.Parse("service=s3,operation=ListObjectVersions,kind=deny"));
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        List<Problem> problems = [];
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["s3"] }).RunAsync(problems.Add, Cancel);

        Assert.Equal("ListObjectVersions", Assert.Single(problems).Operation);
        Assert.False(File.Exists(Path.Combine(snapshot.Path, Listing)));
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "s3-buckets/kept/dir/%_")));
    }

    [Fact]
    public async Task A_bucket_without_versions_costs_no_call_more()
    {
        await using var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false });
        await sandbox.Client.PutAsync("/plain");
        await sandbox.Client.PutAsync("/plain/a", "a");
        using var store = new TemporaryStore();
        var snapshot = await TakeAsync(sandbox, new() { Store = store.Path, Name = "v1.0", AllVersions = true });

        Assert.Equal((0, 1), (sandbox.Host.Requests.Count("s3", "ListObjectVersions"), sandbox.Host.Requests.Count("s3", "GetBucketVersioning")));
        Assert.True(File.Exists(Path.Combine(snapshot.Path, "aws-configs/s3/plain/versioning.xml")));
        Assert.False(File.Exists(Path.Combine(snapshot.Path, "aws-configs/s3/plain/versions.jsonl")));
    }

    [Fact]
    public async Task A_run_that_asks_for_all_versions_does_not_continue_one_that_did_not()
    {
        using var store = new TemporaryStore();
        SnapshotOrder order = new() { Store = store.Path, Name = "v1.0", Account = "1", ToolVersion = "1" };
        await (await SnapshotWriter.OpenAsync(order, Cancel)).DisposeAsync();
        var refusal = await Assert.ThrowsAsync<StoreException>(() => SnapshotWriter.OpenAsync(order with { AllVersions = true }, Cancel));
        Assert.Contains("versions then current, now all", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A bucket whose objects were written before it was versioned, while it was, and after.</summary>
    private static async Task<RunningSandbox> KeptAsync()
    {
        var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false });
        await sandbox.Client.PutAsync("/kept");
        await PutAsync(sandbox.Host, "/kept/dir/", "before");
        await VersionAsync(sandbox.Host, "Enabled");
        await PutAsync(sandbox.Host, "/kept/dir/", "after");
        await PutAsync(sandbox.Host, "/kept/a", "one");
        await PutAsync(sandbox.Host, "/kept/a", "two");
        await sandbox.Client.SendAsync("DELETE", "/kept/a");
        await PutAsync(sandbox.Host, "/kept/b%20%2B%25c/%C3%A9", "first");
        await PutAsync(sandbox.Host, "/kept/b%20%2B%25c/%C3%A9", "second");
        return sandbox;
    }

    private static Task PutAsync(SandboxHost host, string path, string content) => CallAsync(host, path, [], content, "text/plain");

    private static Task VersionAsync(SandboxHost host, string status) =>
        CallAsync(host, "/kept", [new("versioning", "")], $"<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Status>{status}</Status></VersioningConfiguration>", "application/xml");

    private static async Task CallAsync(SandboxHost host, string path, KeyValuePair<string, string>[] query, string content, string type)
    {
        var body = Encoding.UTF8.GetBytes(content);
        await new InProcessCaller(host.World).CallAsync("s3", "us-east-1", "PUT", path, query, [new("Content-Type", type), new("Content-Length", $"{body.Length}")], body, Cancel);
    }

    private static async Task<Snapshot> TakeAsync(RunningSandbox sandbox, CaptureOrder order)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(sandbox.Host));
        return await new CaptureRun(connection, order with { Layers = ["s3"] }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);
    }

    private static async Task<List<JsonObject>> LinesAsync(Snapshot snapshot) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(snapshot.Path, Listing), Cancel)).Select(line => JsonSerializer.Deserialize<JsonObject>(line)!)];

    private static async Task AssertWholeAsync(Snapshot snapshot) =>
        Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
}
