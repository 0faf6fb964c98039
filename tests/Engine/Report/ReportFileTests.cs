using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Report;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Store;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Report;

public sealed partial class ReportFileTests : StoreTest
{
    [Fact]
    public async Task A_snapshot_holds_the_page_that_is_made_of_it_afterwards()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        host.Faults.Add(Fault.Parse("kind=error,operation=GetBucketPolicy,times=3,status=403,code=AccessDenied"));
        var snapshot = await CaptureAsync(host, [], ["acm", "cloudfront", "route53", "s3"]);
        Assert.Equal(SnapshotStatus.Incomplete, snapshot.Status);
        Assert.Equal(VerificationResult.Incomplete, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
        var kept = await File.ReadAllTextAsync(Path.Combine(snapshot.Path, "report.html"), Cancel);
        var made = Encoding.UTF8.GetString(await ReportWriter.WriteAsync(SnapshotFiles.OnDisk(snapshot), null, snapshot.Path, true, Cancel));
        Assert.Equal(WithoutEnd().Replace(made, ""), WithoutEnd().Replace(kept, ""));
        Assert.Contains($"{snapshot.ProblemCount} things could not be captured", kept, StringComparison.Ordinal);
        Assert.Contains("www.sailjada.com", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_a_problem_of_the_snapshot_which_keeps_everything_else()
    {
        // Something stands in the page's place.
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, OnAnswer = (_, _, _) => Obstruct() }, Cancel);
        ConcurrentQueue<Problem> problems = [];
        var snapshot = await CaptureAsync(host, problems, ["acm"]);
        Assert.Equal(("snapshot", "report.html"), (Assert.Single(problems).Layer, problems.First().Resource));
        Assert.Equal((SnapshotStatus.Incomplete, 1), (snapshot.Status, snapshot.ProblemCount));
        Assert.True(snapshot.ResourceCount > 0);
        Assert.Equal(VerificationResult.Incomplete, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
    }

    [Fact]
    public async Task What_has_changed_since_another_snapshot_is_told_and_what_cannot_be_compared_is_said()
    {
        var first = await CaptureAsync("v1.0", memory: 128);
        var second = await CaptureAsync("v1.1", memory: 256);
        var page = await PageAsync(second, first, isChosen: true);
        Assert.Contains("Since v1.0", page, StringComparison.Ordinal);
        Assert.Matches("changed</span> <span class=kind>function</span> <b>mailer</b> <span class=path>function.json · MemorySize</span> <span class=values><small>was</small> <code>128</code> <small>is</small> <code>256</code>", page);
        Assert.Contains("<small>1 difference</small>", page, StringComparison.Ordinal);
        Assert.Contains("Nothing differs.", await PageAsync(second, await CaptureAsync("v1.2", memory: 256), isChosen: true), StringComparison.Ordinal);
        Assert.Contains("Show-JadaSnapshot compares it", await PageAsync(second, null, isChosen: false), StringComparison.Ordinal);

        File.Delete(Path.Combine(first.Path, "manifest.jsonl"));
        Assert.Contains("could not be compared with v1.0", await PageAsync(second, first, isChosen: false), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => PageAsync(second, first, isChosen: true));
    }

    [Fact]
    public async Task Links_lead_from_where_the_page_lies_into_the_snapshot()
    {
        var snapshot = await CaptureAsync(Order() with { Name = "v1 #1" });
        var page = Encoding.UTF8.GetString(await ReportWriter.WriteAsync(SnapshotFiles.OnDisk(snapshot), null, Path.Combine(Store, ".reports"), true, Cancel));
        Assert.Contains("href=\"../v1%20%231/s3-buckets/site/\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_replaces_another_whole_and_is_its_owners_alone()
    {
        var path = Path.Combine(Store, ".reports", "v1.0.html");
        await ReportWriter.SaveAsync("first"u8.ToArray(), path, Cancel);
        await ReportWriter.SaveAsync("second"u8.ToArray(), path, Cancel);
        Assert.Equal("second", await File.ReadAllTextAsync(path, Cancel));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    private static async Task<string> PageAsync(Snapshot snapshot, Snapshot? reference, bool isChosen) =>
        Encoding.UTF8.GetString(await ReportWriter.WriteAsync(SnapshotFiles.OnDisk(snapshot), reference is null ? null : SnapshotFiles.OnDisk(reference), snapshot.Store, isChosen, Cancel));

    private async Task<Snapshot> CaptureAsync(string name, int memory)
    {
        await using var writer = await SnapshotWriter.OpenAsync(Order() with { Name = name }, Cancel);
        await writer.WriteAsync(Mailer, "lambda-functions/mailer/us-west-2/function.json", Encoding.UTF8.GetBytes($$"""{"MemorySize":{{memory}}}"""), Cancel);
        writer.CompleteResource(Mailer);
        return await writer.FinishAsync([], Cancel);
    }

    private void Obstruct()
    {
        var folder = Path.Combine(Store, ".partial-v1.0");
        if (File.Exists(Path.Combine(folder, "journal.jsonl"))) Directory.CreateDirectory(Path.Combine(folder, "report.html", "x"));
    }

    private async Task<Snapshot> CaptureAsync(SandboxHost host, ConcurrentQueue<Problem> problems, string[] layers)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(host));
        return await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = layers }).RunAsync(problems.Enqueue, Cancel);
    }

    [GeneratedRegex("<div><dt>(Taken|In)</dt>.*?</div>")]
    private static partial Regex WithoutEnd();
}
