using System.Diagnostics;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Demo;

/// <summary>Makes the calls of a capture one after the other, for a while, to see how long each takes when nothing runs beside it.</summary>
internal static class OneByOne
{
    public static async Task<(long Calls, TimeSpan Elapsed)> MeasureAsync(TimeSpan latency, TimeSpan duration, CancellationToken cancel)
    {
        var scratch = Directory.CreateTempSubdirectory("jada-one-by-one-").FullName;
        await using var sandbox = await SandboxHost.StartAsync(new() { Latency = latency, Budgets = false }, cancel);
        using var connection = AwsConnection.Open(SandboxConnection.To(sandbox) with { UseBudgets = false, OneAtATime = true });
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var clock = Stopwatch.StartNew();
        try
        {
            time.CancelAfter(duration);
            await new CaptureRun(connection, new() { Store = scratch, Name = "sample" }).RunAsync(_ => { }, time.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
        }
        finally
        {
            clock.Stop();
            DemoFolder.Delete(scratch);
        }
        return (connection.Calls.Total, clock.Elapsed);
    }
}

/// <summary>How to reach a sandbox.</summary>
internal static class SandboxConnection
{
    public static ConnectionOptions To(SandboxHost sandbox) =>
        new() { AccessKey = sandbox.AccessKey, SecretKey = sandbox.SecretKey, Region = sandbox.Region, EndpointUrl = sandbox.Endpoint };
}
