using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Formatting;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Removes snapshots, by their names or by rules that say which ones stay. What others share with them stays theirs.</summary>
[Cmdlet(VerbsCommon.Remove, "JadaSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = "Name")]
[OutputType(typeof(SnapshotRemoval))]
public sealed class RemoveJadaSnapshotCommand : JadaEstateCommand
{
    private readonly SnapshotChoice _choice = new();

    /// <summary>The snapshots, by their names in the store; what has a slash is a path. Wildcards are allowed. With rules, the snapshots that the rules are about.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AnySnapshotNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The snapshots, as Get-JadaSnapshot hands them out.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Snapshot", ValueFromPipeline = true)]
    [ValidateNotNull]
    public Snapshot[]? Snapshot { get; set; }

    /// <summary>The folder that holds snapshots; that of the estate file where none is given, else the current one.</summary>
    [Parameter(Position = 1, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>Keeps so many of the newest snapshots.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int KeepLast { get; set; }

    /// <summary>Keeps the newest snapshot of each of the last so many days that have one.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int KeepDaily { get; set; }

    /// <summary>Keeps the newest snapshot of each of the last so many weeks that have one; weeks begin on Monday.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int KeepWeekly { get; set; }

    /// <summary>Keeps the newest snapshot of each of the last so many months that have one.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int KeepMonthly { get; set; }

    /// <summary>Keeps the newest snapshot of each of the last so many years that have one.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int KeepYearly { get; set; }

    /// <summary>Keeps snapshots of these names. Wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? KeepName { get; set; }

    /// <summary>Removes only what was taken before this: a date, an age, or an age in days.</summary>
    [Parameter]
    [Moment]
    public DateTimeOffset? OlderThan { get; set; }

    /// <summary>Removes unfinished snapshots as well; without names and rules, those alone.</summary>
    [Parameter]
    public SwitchParameter Partial { get; set; }

    /// <summary>Removes a snapshot also where its folder holds files that no capture wrote. It does not keep the cmdlet from asking: -Confirm:$false does.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out what became of each snapshot, of those too that stay.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool HasRules => (KeepLast, KeepDaily, KeepWeekly, KeepMonthly, KeepYearly) != default || KeepName is not null || OlderThan is not null;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var snapshot in Snapshot ?? []) _choice.Add(snapshot);
        foreach (var name in Name ?? [])
            if (name.AsSpan().ContainsAny('/', '\\')) _choice.Add(await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(name)));
            else _choice.Add(await StoreAsync(pipeline), name);
    }

    private protected override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (_choice.IsEmpty)
        {
            // A pipeline that hands over nothing means nothing, and by no means everything.
            if (MyInvocation.ExpectingInput) return;
            if (!HasRules && !Partial) throw new UsageException("NothingNamed", "Neither a snapshot nor a rule is given.", "Name what is to be removed, or give a rule such as -KeepDaily 14. -WhatIf shows what would go.");
        }
        foreach (var request in _choice.ToRequests(await StoreAsync(pipeline), onlyUnfinished: Partial && !HasRules))
        {
            try
            {
                var plan = RemovalPlan.Make(Complete(request));
                foreach (var name in _choice.NotIn(request.Store, plan)) pipeline.Error(SnapshotFinder.NotInStore(name, request.Store).ToErrorRecord(name));
                if (await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf())) Forecast(plan, pipeline, cancel);
                else await RemoveAsync(plan, pipeline, cancel);
            }
            catch (StoreException exception)
            {
                pipeline.Error(exception.ToErrorRecord(request.Store));
            }
        }
    }

    private Task<string> StoreAsync(PipelineWriter pipeline) => pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Store ?? EstateFile?.Store ?? "."));

    private RemovalRequest Complete(RemovalRequest request) => request with
    {
        Rules = HasRules ? new() { Last = KeepLast, Daily = KeepDaily, Weekly = KeepWeekly, Monthly = KeepMonthly, Yearly = KeepYearly, KeepsName = KeepName is null ? null : new NamePatterns(KeepName).Match, OlderThan = OlderThan } : null,
        // Whoever pipes snapshots has chosen them, but not where rules are to choose among them.
        IsNamed = snapshot => request.IsNamed(snapshot) && (Snapshot is null || !HasRules),
        IncludeUnfinished = Partial,
        DeclaredBase = EstateFile?.Snapshot.Base is { } declared and not LatestSnapshot.Word && (!Path.IsPathFullyQualified(declared) || Path.GetDirectoryName(declared) == request.Store) ? Path.GetFileName(declared) : null,
    };

    private void Forecast(RemovalPlan plan, PipelineWriter pipeline, CancellationToken cancel)
    {
        var forecast = new RemovalForecast(Force);
        foreach (var removal in plan.Snapshots) pipeline.Write(forecast.Complete(removal, cancel));
    }

    private async Task RemoveAsync(RemovalPlan plan, PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var removal in plan.Snapshots)
        {
            if (removal.Action == RemovalAction.Keep)
            {
                if (PassThru) pipeline.Write(removal);
                else if (HasRules) pipeline.Verbose($"{removal.Name} stays: {removal.Reason}.");
                else pipeline.Warning($"{removal.Name} stays: {removal.Reason}.");
            }
            else if (await pipeline.ShouldProcessAsync($"Removing {Describe(removal)}.", $"Remove {Describe(removal)}?")) await RemoveAsync(plan, removal, pipeline, cancel);
        }
    }

    private async Task RemoveAsync(RemovalPlan plan, SnapshotRemoval removal, PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            var progress = new RemovalProgress(removal.Name, pipeline);
            var work = new SnapshotRemover { IncludeUnknown = Force, OnProgress = progress.Report }.RemoveAsync(removal, cancel);
            await progress.FollowAsync(work);
            var removed = await work;
            if (plan.ConsequenceOf(removal) is { } words) pipeline.Warning(words);
            pipeline.Verbose($"{removal.Name} is removed{(removed.FreedBytes is { } freed ? $", and {Display.Bytes(freed)} are free again" : "")}.");
            if (PassThru) pipeline.Write(removed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            pipeline.Error(exception.ToErrorRecord(removal));
        }
    }

    private static string Describe(SnapshotRemoval removal) =>
        $"{removal.Name}{(removal.TakenAt is { } taken ? $" of {Display.Moment(taken)}" : "")} ({Display.Bytes(removal.Bytes)}) from '{removal.Store}': {removal.Reason}";
}
