using JadaSnapshot.Engine.Tests.Batch;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Has the engine begin jobs of S3 Batch Operations, watch them, find them again and cancel them.</summary>
internal static class JobRequests
{
    public static async Task AskAsync(Action<ISandboxService, SandboxRequest, SandboxResponse> note)
    {
        using var stop = new CancellationTokenSource();
        await using var test = await BatchTest.StartAsync((service, request, answer) =>
        {
            note(service, request, answer);
            if (request.Operation == "DescribeJob") stop.Cancel();
        }, "jobs=50ms");
        await test.PutAsync("source", "a b", "content");
        try
        {
            await test.CopyAsync(BatchTest.OrderFor(test), cancel: stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it was meant.
        }
        var jobId = (await test.CopyAsync(BatchTest.OrderFor(test))).JobId!;
        await BatchTest.Jobs(test).SetPriorityAsync(jobId, 3, CancellationToken.None);
        await foreach (var _ in BatchTest.Jobs(test).ListAsync(["Complete"], CancellationToken.None)) { }
    }
}
