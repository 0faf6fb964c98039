// A capture, a sync or a restore in a process of its own, so that a test can kill it:
// capture ENDPOINT ACCESS-KEY SECRET-KEY REGION STORE NAME [BASE], sync ENDPOINT ACCESS-KEY SECRET-KEY REGION DESTINATION BUCKET,
// restore ENDPOINT ACCESS-KEY SECRET-KEY REGION SNAPSHOT, copy ENDPOINT ACCESS-KEY SECRET-KEY REGION SNAPSHOT DESTINATION,
// batch ENDPOINT ACCESS-KEY SECRET-KEY REGION SOURCE DESTINATION ROLE REPORT,
// or a removal, which calls nobody: remove STORE NAME.
using JadaSnapshot;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Sync;

if (args[0] == "remove")
{
    var plan = RemovalPlan.Make(new() { Store = args[1], IsMeant = snapshot => snapshot.Name == args[2], IsNamed = _ => true });
    foreach (var removal in plan.Snapshots) await new SnapshotRemover().RemoveAsync(removal, CancellationToken.None);
    return;
}

using var connection = AwsConnection.Open(new() { EndpointUrl = args[1], AccessKey = args[2], SecretKey = args[3], Region = args[4], UseBudgets = false });
Console.WriteLine("started");
if (args[0] == "sync")
{
    using var sync = new BucketSync(connection, new() { Destination = args[5] });
    var result = await sync.SyncAsync(args[6], _ => { }, Tell, CancellationToken.None);
    Console.WriteLine($"{result.DownloadedCount} {result.UnchangedCount} {result.ProblemCount}");
}
else if (args[0] == "restore")
{
    using var restore = await RestoreRun.OpenAsync(SnapshotFiles.OnDisk(SnapshotReader.Read(args[5])), new() { Connection = connection, Endpoint = args[1], KeepUnknownSecrets = true }, RestoreSelection.All, Tell, CancellationToken.None);
    var steps = await restore.PlanAsync(Tell, CancellationToken.None);
    await foreach (var result in restore.ApplyAsync(steps.Select(step => step.Id).ToHashSet(), CancellationToken.None))
        if (result.Status is RestoreStatus.Failed or RestoreStatus.NotDone) Console.Error.WriteLine($"{result} {string.Join(' ', result.Notes)}");
    Console.WriteLine("restored");
}
else if (args[0] == "batch")
{
    using var copy = new BucketCopy(connection, new() { Source = new(args[5]), Destination = new(args[6]), Batch = new() { RoleArn = args[7], Report = S3Place.Parse(args[8]) } });
    Console.WriteLine((await copy.RunAsync(_ => { }, Tell, CancellationToken.None)).CopiedCount);
}
else if (args[0] == "copy")
{
    var snapshot = S3Place.IsMeant(args[5]) ? await RemoteStore.ReadAsync(connection, args[5], CancellationToken.None) : SnapshotReader.Read(args[5]);
    var result = await new SnapshotCopy(connection, new() { Snapshot = snapshot, Destination = args[6] }).RunAsync(Tell, CancellationToken.None);
    Console.WriteLine($"{result.Status} {result.CopiedCount} {result.UnchangedCount} {result.ProblemCount}");
}
else
{
    var run = new CaptureRun(connection, new() { Store = args[5], Name = args[6], Base = args.ElementAtOrDefault(7) });
    Console.WriteLine((await run.RunAsync(Tell, CancellationToken.None)).Status);
}

static void Tell(Problem problem) => Console.Error.WriteLine(problem);
