using System.Management.Automation;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Errors;
using JadaSnapshot.Formatting;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>A cmdlet that carries a restore out.</summary>
public abstract class ApplyRestoreCommand : RestoreCommand
{
    /// <summary>Hands out what became of steps that had nothing to do as well.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Restores what a snapshot has of the names.</summary>
    private protected Task ApplyAsync(string snapshot, NamePatterns names, RestoreSelection selection, PipelineWriter pipeline, CancellationToken cancel) =>
        PlanAsync(snapshot, names, selection, (run, steps) => ApplyAsync(run, steps, pipeline, cancel), pipeline, cancel);

    /// <summary>Asks for each step, carries out those that are wanted, and hands out what became of them.</summary>
    /// <param name="run">The run that made the steps.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancel">Ends it.</param>
    private protected async Task ApplyAsync(RestoreRun run, IReadOnlyList<RestoreStep> steps, PipelineWriter pipeline, CancellationToken cancel)
    {
        var deletions = steps.Count(step => step.Action == RestoreAction.Delete);
        if (deletions > MaxDelete)
            throw new UsageException("DeleteLimit", $"{deletions} resources would be deleted, and -MaxDelete allows {MaxDelete}. Nothing was changed.", "Look at the plan (Get-JadaRestorePlan -Prune), and raise -MaxDelete if it is right.") { Category = ErrorCategory.LimitsExceeded };
        HashSet<string> chosen = new(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            // What cannot be done is said, whatever was asked.
            if (step.Action is RestoreAction.Skip or RestoreAction.Cannot || await pipeline.ShouldProcessAsync(Describe(step), Describe(step) + "?")) chosen.Add(step.Id);
        }
        if (await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf()))
        {
            foreach (var step in steps.Where(step => step.Action == RestoreAction.Cannot)) pipeline.Error(NotRestored(step, step.Reason));
            return;
        }

        var progress = new RestoreProgress(steps.Count > 0 ? steps[0].Snapshot : "", [.. steps.Where(step => chosen.Contains(step.Id) && step.Action is not (RestoreAction.Skip or RestoreAction.Cannot))], pipeline);
        progress.Begin();
        await foreach (var result in run.ApplyAsync(chosen, cancel))
        {
            if (result.Step.Action is not (RestoreAction.Skip or RestoreAction.Cannot)) progress.Add(result.Step);
            if (result.Status is RestoreStatus.Failed or RestoreStatus.NotDone) pipeline.Error(NotRestored(result.Step, string.Join(" ", result.Notes)));
            if (PassThru || result.Status != RestoreStatus.Unchanged) pipeline.Write(result);
        }
        progress.End();
        if (steps.Count > 0 && steps.All(step => step.Action == RestoreAction.Skip)) pipeline.Information($"There was nothing to restore: {steps.Count:N0} resources are as in {steps[0].Snapshot}.");
    }

    private static ErrorRecord NotRestored(RestoreStep step, string why) =>
        new UsageException("NotRestored", $"{step.Kind} {step.TargetName}{(step.Part is null ? "" : $" ({step.Part})")} could not be restored: {why}", "Mend what is named, and run the same command again: it goes on where it was.") { Category = ErrorCategory.OperationStopped }.ToErrorRecord(step);

    private static string Describe(RestoreStep step) =>
        $"{step.Action} {step.Kind} {step.TargetName}{(step.Part is null ? "" : $" ({step.Part})")}{(step.Count is { } count ? $", {count:N0}" : "")}{(step.Bytes is { } bytes ? $" of {Display.Bytes(bytes)}" : "")}: {step.Reason}";
}
