// A capture or a sync in a process of its own, so that a test can kill it:
// capture ENDPOINT ACCESS-KEY SECRET-KEY REGION STORE NAME [BASE], or sync ENDPOINT ACCESS-KEY SECRET-KEY REGION DESTINATION BUCKET.
using JadaSnapshot;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Sync;

using var connection = AwsConnection.Open(new() { EndpointUrl = args[1], AccessKey = args[2], SecretKey = args[3], Region = args[4], UseBudgets = false });
Console.WriteLine("started");
if (args[0] == "sync")
{
    using var sync = new BucketSync(connection, new() { Destination = args[5] });
    var result = await sync.SyncAsync(args[6], _ => { }, Tell, CancellationToken.None);
    Console.WriteLine($"{result.DownloadedCount} {result.UnchangedCount} {result.ProblemCount}");
}
else
{
    var run = new CaptureRun(connection, new() { Store = args[5], Name = args[6], Base = args.ElementAtOrDefault(7) });
    Console.WriteLine((await run.RunAsync(Tell, CancellationToken.None)).Status);
}

static void Tell(Problem problem) => Console.Error.WriteLine(problem);
