using System.Runtime.ExceptionServices;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Runs pieces of work at the same time, as one.</summary>
internal static class Together
{
    /// <summary>Waits for all of the work. The first piece that fails stops the others, and its exception is the one that is thrown.</summary>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task> pending = [.. work.Select(piece => piece(stop.Token))];
        ExceptionDispatchInfo? first = null;
        while (pending.Count > 0)
        {
            var done = await Task.WhenAny(pending);
            pending.Remove(done);
            if (done.IsCompletedSuccessfully || first is not null) continue;
            first = ExceptionDispatchInfo.Capture(done.Exception?.InnerException ?? new OperationCanceledException(cancel));
            await stop.CancelAsync();
        }
        first?.Throw();
    }
}
