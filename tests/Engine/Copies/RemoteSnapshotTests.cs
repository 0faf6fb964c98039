using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

/// <summary>A snapshot that lies in S3 alone is compared and restored like one on disk, and no more of it is read than that takes.</summary>
public sealed class RemoteSnapshotTests : RestoreTest
{
    private static readonly string[] Lists = ["manifest.jsonl", "problems.jsonl", "resources.jsonl"];

    private readonly List<string> _warnings = [];
    private Offsite _offsite = null!;
    private string? _home;

    private protected override async Task<SnapshotFiles> OpenAsync(Snapshot snapshot) =>
        S3Place.IsMeant(snapshot.Path) ? await SnapshotFiles.InS3Async(_offsite.Connection, snapshot, _home ?? Store, _warnings.Add, Cancel) : await base.OpenAsync(snapshot);

    [Fact]
    public async Task What_is_live_is_compared_and_a_function_a_zone_and_a_buckets_objects_come_back()
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        var zone = await ZoneWorld.MakeZoneAsync(live.Host, "sail.test.");
        await ZoneWorld.ChangeAsync(live.Host, zone, ZoneWorld.Change("UPSERT", ZoneWorld.Record("www.sail.test.", "A", "203.0.113.1")));
        foreach (var key in (string[])["kept", "lost", "spoilt"]) await ObjectAsync(live.Host, "PUT", key, $"{key} as it was");
        var snapshot = await offsite.MoveAsync(await SnapshotAsync(live.Host, "iam", "lambda", "route53", "s3"));
        await offsite.ReadAsync("v1");

        Assert.Empty(await CompareLiveAsync(live.Host, snapshot));
        Assert.Equal(Lists, await offsite.ReadAsync("v1"));

        await FunctionWorld.LambdaAsync(live.Host, "PUT", $"{FunctionWorld.Reader}/code", $$"""{"ZipFile":"{{FunctionWorld.Code("somebody else's")}}"}""");
        await ZoneWorld.ChangeAsync(live.Host, zone, ZoneWorld.Change("UPSERT", ZoneWorld.Record("www.sail.test.", "A", "203.0.113.9")));
        await ObjectAsync(live.Host, "DELETE", "lost", "");
        await ObjectAsync(live.Host, "PUT", "spoilt", "something else");
        Assert.Equal(["lambda", "route53", "s3"], (await CompareLiveAsync(live.Host, snapshot)).Select(difference => difference.Layer).Distinct());
        Assert.All((await offsite.ReadAsync("v1")).Except(Lists), path => Assert.Matches(@"^(lambda-functions/reader/us-east-1/function\.json|aws-configs/route53/sail\.test/.*/record-sets-0001\.xml)$", path));

        AssertDone(await RestoreAsync(live.Host, snapshot, selection: new(["lambda"], resource => resource.Name == "reader")));
        var read = await offsite.ReadAsync("v1");
        Assert.Single(read, path => path.EndsWith(".zip", StringComparison.Ordinal));
        Assert.All(read.Except(Lists), path => Assert.Matches("^(lambda-functions/reader/|aws-configs/iam/roles/runner/|aws-configs/lambda/)", path));

        AssertDone(await RestoreAsync(live.Host, snapshot, selection: new(["route53"], _ => true)));
        Assert.All((await offsite.ReadAsync("v1")).Except(Lists), path => Assert.StartsWith("aws-configs/route53/", path, StringComparison.Ordinal));

        Assert.NotEmpty(ToDo(await PlanAsync(live.Host, snapshot, selection: new(["s3"], _ => true))));
        Assert.DoesNotContain(await offsite.ReadAsync("v1"), path => path.StartsWith("s3-buckets/", StringComparison.Ordinal));
        AssertDone(await RestoreAsync(live.Host, snapshot, selection: new(["s3"], _ => true)));
        Assert.Equal(["s3-buckets/site/lost", "s3-buckets/site/spoilt"], (await offsite.ReadAsync("v1")).Where(path => path.StartsWith("s3-buckets/", StringComparison.Ordinal)));

        Assert.Empty(await CompareLiveAsync(live.Host, snapshot));
        AssertNothingLeft(await PlanAsync(live.Host, snapshot));
        Assert.Empty(Problems);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task All_of_it_comes_back_in_an_empty_account_with_its_journal_in_the_folder_that_stands_for_the_store()
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        await ObjectAsync(live.Host, "PUT", "page", "as it was");
        var snapshot = await offsite.MoveAsync(await SnapshotAsync(live.Host, "iam", "lambda", "s3"));
        await using var empty = await EmptyAsync(OtherAccount);
        _home = Path.Combine(Store, "home");
        await RestoreWhollyAsync(empty, snapshot, target => target with { SecretValues = FunctionWorld.Values });
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_home, ".restores"), "v1-*.jsonl"));
    }

    [Fact]
    public async Task Two_of_them_are_told_apart_by_what_differs_alone_and_one_from_one_on_disk()
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        await ObjectAsync(live.Host, "PUT", "page", "first");
        var first = await offsite.MoveAsync(await SnapshotAsync(live.Host, "lambda", "s3"));
        await ObjectAsync(live.Host, "PUT", "page", "second");
        await FunctionWorld.LambdaAsync(live.Host, "PUT", "/2017-10-31/functions/reader/concurrency", """{"ReservedConcurrentExecutions":9}""");
        var onDisk = await SnapshotAsync(live.Host, "lambda", "s3");
        await offsite.ReadAsync("v1");

        using var one = await OpenAsync(first);
        using var other = await OpenAsync(onDisk);
        string[] expected = ["Concurrency.ReservedConcurrentExecutions: 7 → 9", "page: 6 bytes, no"];
        Assert.Equal(expected, (await CompareAsync(one, other)).Select(Words).Distinct());
        Assert.All((await offsite.ReadAsync("v1")).Except(Lists), path => Assert.Matches(@"^lambda-functions/reader/us-east-1/(function|versions/.*)\.json$", path));
        Assert.Equal(expected, (await CompareAsync(one, other)).Select(Words).Distinct());
        Assert.Empty(await offsite.ReadAsync("v1"));
        Assert.Empty(await CompareAsync(one, one));
        one.Dispose();
        Assert.False(Directory.Exists(one.Folder));

        static string Words(Difference difference) => difference.Path is null ? $"{difference.Key}: {difference.Reason[..11]}" : $"{difference.Path}: {difference.Reference} → {difference.Other}";
    }

    [Fact]
    public async Task Without_the_key_of_its_store_no_secret_is_said_to_be_the_same_and_it_is_said_why()
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        var snapshot = await offsite.MoveAsync(await SnapshotAsync(live.Host, "lambda"));
        _home = Path.Combine(Store, "elsewhere");
        var step = Assert.Single(await PlanAsync(live.Host, snapshot, selection: new(["lambda"], resource => resource.Name == "reader")), step => step.Action != RestoreAction.Skip);
        Assert.Equal(RestoreAction.Cannot, step.Action);
        Assert.Contains("TOKEN", step.Reason, StringComparison.Ordinal);
        Assert.Contains(".fingerprint-key", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home));

        // What cannot be told is no difference.
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(live.Host));
        using var files = await OpenAsync(snapshot);
        using var comparison = await SnapshotComparison.LiveAsync(files, connection, new(), ["lambda"], Problems.Enqueue, Cancel);
        Assert.Empty(await comparison.CompareAsync(Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("lambda-functions/reader/us-east-1/function.json")]
    [InlineData("resources.jsonl")]
    [InlineData("manifest.jsonl")]
    public async Task A_document_that_was_changed_there_is_refused_by_its_digest(string document)
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        var snapshot = await offsite.MoveAsync(await SnapshotAsync(live.Host, "lambda"));
        var changed = await offsite.GetAsync($"v1/{document}");
        changed[^3] ^= 1;
        await offsite.PutAsync($"v1/{document}", changed);
        var refusal = await Assert.ThrowsAsync<StoreException>(() => PlanAsync(live.Host, snapshot));
        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains(document, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("aws-configs/../../x")]
    public async Task A_manifest_whose_paths_lead_elsewhere_is_refused_before_anything_is_fetched(string path)
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        await offsite.MoveAsync(await SnapshotAsync(live.Host, "lambda"));
        var manifest = Encoding.UTF8.GetString(await offsite.GetAsync("v1/manifest.jsonl")).Replace("\"lambda-functions/reader/us-east-1/function.json\"", $"\"{path}\"", StringComparison.Ordinal);
        var description = Encoding.UTF8.GetString(await offsite.GetAsync("v1/snapshot.json"));
        var digest = (await RemoteStore.ReadAsync(offsite.Connection, "s3://offsite/copies/v1", Cancel)).ManifestSha256;
        await offsite.PutAsync("v1/manifest.jsonl", Encoding.UTF8.GetBytes(manifest));
        await offsite.PutAsync("v1/snapshot.json", Encoding.UTF8.GetBytes(description.Replace(digest, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest))), StringComparison.Ordinal)));
        await offsite.ReadAsync("v1");
        var snapshot = await RemoteStore.ReadAsync(offsite.Connection, "s3://offsite/copies/v1", Cancel);
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<StoreException>(() => PlanAsync(live.Host, snapshot))).Fault);
        Assert.Equal(["manifest.jsonl", "snapshot.json"], await offsite.ReadAsync("v1"));
    }

    [Fact]
    public async Task The_runbook_and_the_report_are_those_of_the_snapshot_on_disk()
    {
        await using var live = await EstateAsync();
        await using var offsite = _offsite = await Offsite.StartAsync();
        var snapshot = await SnapshotAsync(live.Host, "iam", "lambda", "s3");
        using var onDisk = await OpenAsync(snapshot);
        var runbook = await RunbookWriter.WriteAsync(onDisk, [], null, Cancel);
        var part = await RunbookWriter.WriteAsync(onDisk, [], resource => resource.Name == "reader", Cancel);
        await offsite.MoveAsync(snapshot);
        await offsite.ReadAsync("v1");
        using var remote = await OpenAsync(await RemoteStore.ReadAsync(offsite.Connection, "s3://offsite/copies/v1", Cancel));
        Assert.Equal(part, await RunbookWriter.WriteAsync(remote, [], resource => resource.Name == "reader", Cancel));
        Assert.All((await offsite.ReadAsync("v1")).Except([.. Lists, "snapshot.json"]), path => Assert.Matches(@"^lambda-functions/reader/.*\.json$", path));
        Assert.Equal(runbook, await RunbookWriter.WriteAsync(remote, [], null, Cancel));
        Assert.Contains("s3://offsite/copies/v1/lambda-functions/reader", Encoding.UTF8.GetString(await Engine.Report.ReportWriter.WriteAsync(remote, null, Store, true, Cancel)), StringComparison.Ordinal);
        Assert.DoesNotContain(await offsite.ReadAsync("v1"), path => path.EndsWith(".zip", StringComparison.Ordinal));
    }

    private static async Task<RunningSandbox> EstateAsync()
    {
        var live = await RunningSandbox.StartAsync(new() { Budgets = false, Region = FunctionWorld.Region });
        await FunctionWorld.MakeAsync(live.Host);
        await ObjectAsync(live.Host, "PUT", null, "");
        return live;
    }

    private static Task ObjectAsync(SandboxHost host, string method, string? key, string content) =>
        new Engine.Transfer.S3Client(AwsConnection.Open(EstateFixture.OptionsFor(host)), 1).ChangeAsync(new() { Operation = method, Method = new(method), Bucket = "site", Key = key, Body = Encoding.UTF8.GetBytes(content) }, Cancel);

    private async Task<List<Difference>> CompareLiveAsync(SandboxHost host, Snapshot snapshot)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        using var files = await OpenAsync(snapshot);
        using var comparison = await SnapshotComparison.LiveAsync(files, connection, new(), [], Problems.Enqueue, Cancel);
        return await comparison.CompareAsync(Cancel).ToListAsync(Cancel);
    }

    private async Task<List<Difference>> CompareAsync(SnapshotFiles one, SnapshotFiles other)
    {
        using var comparison = SnapshotComparison.Of(one, other, [], Problems.Enqueue);
        return await comparison.CompareAsync(Cancel).ToListAsync(Cancel);
    }
}
