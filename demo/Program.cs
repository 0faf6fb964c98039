using System.Diagnostics;
using System.Globalization;
using JadaSnapshot;
using JadaSnapshot.Demo;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
    AnsiConsole.Console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new PlainOutput(Console.Out) });
var latency = TimeSpan.FromMilliseconds(20);
var store = Path.GetFullPath(args.Length > 0 ? args[0] : Path.Combine("artifacts", "demo", "snapshot"));
if (Directory.Exists(Path.Combine(store, "v1.0"))) DemoFolder.Delete(Path.Combine(store, "v1.0"));

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

try
{
    await using var sandbox = await SandboxHost.StartAsync(new() { Latency = latency });
    Say($"[bold]An estate on loopback[/]: {sandbox.Endpoint}, {latency.TotalMilliseconds} ms a call, with the services' request limits.");

    using var connection = AwsConnection.Open(SandboxConnection.To(sandbox));

    Say("\n[bold]1. Capture[/]: every layer at once.");
    LayerOptions options = new() { ScriptProjects = EstateNames.ScriptProjects, Google = new() { AccessToken = sandbox.GoogleAccessToken, EndpointUrl = sandbox.Endpoint } };
    var run = new CaptureRun(connection, new() { Store = store, Name = "v1.0", ScriptProjects = options.ScriptProjects, Google = options.Google });
    var clock = Stopwatch.StartNew();
    var snapshot = await LiveProgress.ShowAsync(run, problem => Say($"[yellow]{Markup.Escape(problem.ToString())}[/]"), stop.Token);
    clock.Stop();
    AnsiConsole.Write(Tables.Of(snapshot));

    Say("\n[bold]2. Verify[/]: every file is read and held against the manifest.");
    Report(await SnapshotVerifier.VerifyAsync(snapshot.Path, null, stop.Token));

    var victim = Path.Combine(snapshot.Path, "s3-buckets", "sailjada.com", "index.html");
    Say($"\n[bold]3. Harm[/]: one bit of {Path.GetRelativePath(snapshot.Path, victim)} is flipped.");
    DemoFolder.FlipBit(victim);
    Report(await SnapshotVerifier.VerifyAsync(snapshot.Path, null, stop.Token));
    DemoFolder.FlipBit(victim);
    Say("It is flipped back.");
    Report(await SnapshotVerifier.VerifyAsync(snapshot.Path, null, stop.Token));

    Say("\n[bold]4. The same calls, one after the other[/]: a part of them, measured now.");
    var calls = connection.Calls.Total;
    var sample = await OneByOne.MeasureAsync(latency, TimeSpan.FromSeconds(8), stop.Token);
    var serial = sample.Elapsed * ((double)calls / sample.Calls);
    Say($"{sample.Calls:n0} calls in {sample.Elapsed.TotalSeconds:n1} s, so all {calls:n0} would take {serial.TotalSeconds:n0} s, without a wait for any limit.");

    Say("\n[bold]5. Disaster[/]: one bad deployment.");
    var recovery = Stopwatch.StartNew();
    var isRecovered = await Recovering.ShowAsync(sandbox, connection, snapshot, options, Say, stop.Token);
    recovery.Stop();

    AnsiConsole.Write(new Rule("[bold]Summary[/]").LeftJustified());
    Say($"{snapshot.ResourceCount:n0} resources, {snapshot.FileCount:n0} files, {Tables.Bytes(snapshot.TotalBytes)}, {calls:n0} calls in {clock.Elapsed.TotalSeconds:n1} s: {serial / clock.Elapsed:n1} times as fast as one after the other.");
    Say($"Disaster, plan, restore and comparison took {recovery.Elapsed.TotalSeconds:n1} s.");
    Say($"The snapshot lies in [bold]{Markup.Escape(snapshot.Path)}[/]; [bold]cd[/] there and try [bold]sha256sum -c SHA256SUMS[/].");
    return snapshot.Status == SnapshotStatus.Complete && isRecovered ? 0 : 1;
}
catch (OperationCanceledException)
{
    Say("Stopped. Nothing half-written has a final name; the next run begins anew.");
    return 130;
}

static void Say(string markup) => AnsiConsole.MarkupLine(markup);

static void Report(SnapshotVerification verification)
{
    var colour = verification.IsWhole ? "green" : "red";
    Say($"[{colour}]{verification.Result}[/]: {verification.FilesChecked:n0} files, {Tables.Bytes(verification.BytesChecked)} in {verification.Duration.TotalSeconds:n1} s.");
    foreach (var finding in verification.Findings) Say($"  [red]{finding.Kind}[/] {Markup.Escape(finding.Path)}: {Markup.Escape(finding.Message)}");
}
