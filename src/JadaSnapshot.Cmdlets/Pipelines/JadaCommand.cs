using System.Collections.Concurrent;
using System.Management.Automation;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Pipelines;

/// <summary>A cmdlet whose work runs on the thread pool, while the pipeline thread does nothing but what the work asks of it.</summary>
public abstract class JadaCommand : PSCmdlet, IDisposable
{
    // Small, so that work does not run far ahead of a slow pipeline or of one that has seen enough.
    private const int QueueLength = 16;

    // Ctrl+C is to end within a second, whatever the work is doing.
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(800);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>The work for one input.</summary>
    private protected virtual Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The work that waits for all input.</summary>
    private protected virtual Task EndAsync(PipelineWriter pipeline, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What an error that ends the cmdlet is about.</summary>
    private protected virtual object? Target => null;

    /// <summary>Says what whoever stopped the cmdlet has to know. Only the host hears it: the pipeline takes nothing any more.</summary>
    private protected virtual void OnStopped()
    {
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="disposing">False when called by a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
    }

    private void Run(Func<PipelineWriter, CancellationToken, Task> work)
    {
        var cancel = _stop.Token;
        var showsProgress = this.ShowsProgress();
        var requests = new BlockingCollection<Action<PSCmdlet>>(QueueLength);
        var running = Task.Run(async () =>
        {
            try
            {
                await work(new PipelineWriter(requests, showsProgress, cancel), cancel);
            }
            finally
            {
                requests.CompleteAdding();
            }
        });
        Serve(requests, running, cancel);
        Finish(running, cancel);
    }

    private void Serve(BlockingCollection<Action<PSCmdlet>> requests, Task running, CancellationToken cancel)
    {
        try
        {
            foreach (var request in requests.GetConsumingEnumerable(cancel)) request(this);
        }
        catch (Exception exception)
        {
            // Stopped from outside, or what a request wrote ended the pipeline (Select-Object -First, -ErrorAction Stop).
            _stop.Cancel();
            ((IAsyncResult)running).AsyncWaitHandle.WaitOne(StopGrace);
            OnStopped();
            if (exception is OperationCanceledException) throw new PipelineStoppedException();
            throw;
        }
    }

    private void Finish(Task finished, CancellationToken cancel)
    {
        try
        {
            finished.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception)
        {
            ThrowTerminatingError(exception.ToErrorRecord(Target));
        }
    }
}
