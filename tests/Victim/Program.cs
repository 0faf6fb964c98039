// A capture in a process of its own, so that a test can kill it: ENDPOINT ACCESS-KEY SECRET-KEY REGION STORE NAME [BASE].
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;

using var connection = AwsConnection.Open(new() { EndpointUrl = args[0], AccessKey = args[1], SecretKey = args[2], Region = args[3], UseBudgets = false });
var run = new CaptureRun(connection, new() { Store = args[4], Name = args[5], Base = args.ElementAtOrDefault(6) });
Console.WriteLine("started");
var snapshot = await run.RunAsync(problem => Console.Error.WriteLine(problem), CancellationToken.None);
Console.WriteLine(snapshot.Status);
