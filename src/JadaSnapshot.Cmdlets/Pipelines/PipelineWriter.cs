using System.Collections.Concurrent;
using System.Management.Automation;

namespace JadaSnapshot.Pipelines;

/// <summary>How work on the thread pool reaches the pipeline. Every call waits while the pipeline is behind, and throws <see cref="OperationCanceledException"/> once it has ended.</summary>
internal sealed class PipelineWriter(BlockingCollection<Action<PSCmdlet>> requests, bool showsProgress, CancellationToken cancel)
{
    /// <summary>Whether anybody wants to see how far things are.</summary>
    public bool ShowsProgress => showsProgress;

    public void Write(object value) => Post(cmdlet => cmdlet.WriteObject(value));

    /// <summary>Hands out a file as Get-Item does, which knows its mode and owner.</summary>
    public void WriteFile(string path) => Post(cmdlet => cmdlet.WriteObject(cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true));

    public void Error(ErrorRecord error) => Post(cmdlet => cmdlet.WriteError(error));

    public void Warning(string text) => Post(cmdlet => cmdlet.WriteWarning(text));

    public void Verbose(string text) => Post(cmdlet => cmdlet.WriteVerbose(text));

    /// <summary>Says something to whoever sits at the terminal. It goes to the information stream, as what Write-Host says does.</summary>
    public void Information(string text) => Post(cmdlet => cmdlet.WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]));

    public void Progress(ProgressRecord progress)
    {
        if (showsProgress) Post(cmdlet => cmdlet.WriteProgress(progress));
    }

    public Task<bool> ShouldProcessAsync(string description, string question) =>
        AskAsync(cmdlet => cmdlet.ShouldProcess(description, question, "Confirm"));

    /// <summary>Asks something that only the pipeline thread may answer.</summary>
    public Task<T> AskAsync<T>(Func<PSCmdlet, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(cmdlet =>
        {
            try
            {
                answer.SetResult(question(cmdlet));
            }
            catch (Exception exception) when (exception is not (PipelineStoppedException or FlowControlException))
            {
                answer.SetException(exception);
            }
        });
        return answer.Task.WaitAsync(cancel);
    }

    private void Post(Action<PSCmdlet> request)
    {
        try
        {
            requests.Add(request, cancel);
        }
        catch (InvalidOperationException)
        {
            throw new OperationCanceledException("The pipeline has ended.", cancel);
        }
    }
}
