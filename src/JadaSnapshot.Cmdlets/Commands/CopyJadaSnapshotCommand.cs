using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Formatting;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Copies finished snapshots to another store: from a folder or from S3, to a folder or to S3. Only what the other side lacks is sent, every byte is
/// held against the manifest, and nothing that is there is written over. The same command finishes a copy that was interrupted.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "JadaSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(SnapshotCopyResult))]
public sealed class CopyJadaSnapshotCommand : JadaConnectedCommand
{
    /// <summary>The snapshots, by name in the store or from the pipeline. Wildcards are allowed; <c>latest</c> is the newest finished one.</summary>
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The store that holds the copies then: <c>s3://bucket/prefix</c>, or a folder, which is made where it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The store that holds the snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>A finished snapshot at the destination: what is the same in it is taken over there (copied by S3 itself, or hard-linked), not sent. Without it, the newest of the same account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Base { get; set; }

    /// <summary>Locks every object of the copy until this time. The bucket needs Object Lock.</summary>
    [Parameter]
    public DateTime RetainUntil { get; set; }

    /// <summary>The same as a number of days from now, to the end of the last one (UTC).</summary>
    [Parameter]
    [ValidateRange(1, 36_500)]
    public int RetainDays { get; set; }

    /// <summary>Who may end the retention before its time: those with s3:BypassGovernanceRetention, or nobody at all.</summary>
    [Parameter]
    public RetentionMode RetentionMode { get; set; }

    /// <summary>Puts a legal hold on every object of the copy: none can be deleted until it is taken off.</summary>
    [Parameter]
    public SwitchParameter LegalHold { get; set; }

    /// <summary>How many files are under way at most.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override object? Target => Destination;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var destination = await pipeline.ToStoreAsync(Destination);
        var locks = Lock(S3Place.IsMeant(destination));
        var store = await pipeline.ToStoreAsync(Store ?? EstateFile?.Store ?? throw Missing("StoreMissing", "The store that holds the snapshots", "-Store", "store"));
        if (store == destination) throw new UsageException("SamePlace", $"The snapshots lie in {store} already.", "Give another -Destination.");
        foreach (var snapshot in (await SnapshotStores.ListAsync(store, () => Connection, cancel)).Choose(Name, store, (name, missing) => pipeline.Error(missing.ToErrorRecord(name))))
        {
            try
            {
                await CopyAsync(new() { Snapshot = snapshot, Destination = destination, Base = Base, Lock = locks, ThrottleLimit = ThrottleLimit, OnWarning = pipeline.Warning }, pipeline, cancel);
            }
            catch (StoreException exception)
            {
                pipeline.Error(exception.ToErrorRecord(snapshot));
            }
        }
    }

    private async Task CopyAsync(SnapshotCopyOrder order, PipelineWriter pipeline, CancellationToken cancel)
    {
        var what = $"{order.Snapshot.Path} to {order.Destination}";
        if (await pipeline.AskAsync(cmdlet => cmdlet.IsWhatIf()))
        {
            var plan = await RunAsync(order with { PlanOnly = true }, pipeline, cancel);
            await pipeline.ShouldProcessAsync($"Copy {what}: {plan.CopiedCount:N0} files ({Display.Bytes(plan.CopiedBytes)}) anew{(plan.Base is { } from ? $", {plan.TakenCount:N0} ({Display.Bytes(plan.TakenBytes)}) from {from} there" : "")}; {plan.UnchangedCount:N0} are there already.", "");
            return;
        }
        if (!await pipeline.ShouldProcessAsync($"Copying {what}.", $"Copy {what}?")) return;
        if (order.Lock is { Until: { } until, Mode: RetentionMode.Compliance }
            && !await pipeline.AskAsync(cmdlet => cmdlet.ConfirmsHighImpact($"Lock the copy of {order.Snapshot.Name} in {order.Destination} until {until:u}? Nobody can delete it before, nor end that, not even the account's root user.", "Confirm"))) return;
        pipeline.Write(await RunAsync(order, pipeline, cancel));
    }

    private async Task<SnapshotCopyResult> RunAsync(SnapshotCopyOrder order, PipelineWriter pipeline, CancellationToken cancel)
    {
        var copy = new SnapshotCopy(S3Place.IsMeant(order.Snapshot.Path) || S3Place.IsMeant(order.Destination) ? Connection : null, order);
        var work = Task.Run(() => copy.RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel), cancel);
        await new SnapshotCopyProgress(order.Snapshot, order.Destination, copy.Progress, pipeline).FollowAsync(work);
        return await work;
    }

    private CopyLock? Lock(bool isRemote)
    {
        var given = MyInvocation.BoundParameters;
        var (hasTime, hasDays) = (given.ContainsKey(nameof(RetainUntil)), given.ContainsKey(nameof(RetainDays)));
        if (hasTime && hasDays) throw new UsageException("AmbiguousRetention", "Only one of -RetainUntil and -RetainDays can say how long the copy is locked.", "Give one of them.");
        if (given.ContainsKey(nameof(RetentionMode)) && !hasTime && !hasDays) throw new UsageException("RetentionMissing", "-RetentionMode says how the copy is locked, and nothing says until when.", "Give -RetainUntil or -RetainDays as well.");
        if (!hasTime && !hasDays && !LegalHold) return null;
        if (!isRemote) throw new UsageException("LockNeedsS3", "Only objects in S3 can be locked, and the destination is a folder.", "Copy to s3://bucket/prefix, or leave -RetainUntil, -RetainDays and -LegalHold out.");
        DateTimeOffset? until = hasTime ? new DateTimeOffset(RetainUntil).ToUniversalTime() : hasDays ? new DateTimeOffset(DateTime.UtcNow.Date.AddDays(RetainDays + 1), TimeSpan.Zero) : null;
        if (until <= DateTimeOffset.UtcNow) throw new UsageException("RetentionInThePast", $"-RetainUntil {until:u} is over.", "Give a time to come.");
        return new(until, RetentionMode, LegalHold);
    }
}
