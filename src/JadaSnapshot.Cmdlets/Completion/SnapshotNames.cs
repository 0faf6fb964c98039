using JadaSnapshot.Engine.Store;
using JadaSnapshot.Formatting;

namespace JadaSnapshot.Completion;

/// <summary>Completes names of snapshots of the store.</summary>
public abstract class SnapshotCompleter : NameCompleter
{
    /// <summary>Whether snapshots of a status are meant.</summary>
    private protected abstract bool Wants(SnapshotStatus status);

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) =>
        [.. from snapshot in await line.SnapshotsAsync(cancel) where Wants(snapshot.Status) orderby snapshot.StartedAt descending select new Candidate(snapshot.Name, ToolTip(snapshot))];

    private static string ToolTip(Snapshot snapshot) =>
        $"{snapshot.Status}, {Display.Moment(snapshot.CompletedAt ?? snapshot.StartedAt)}{(snapshot.FileCount > 0 ? $", {snapshot.ResourceCount:N0} resources, {Display.Bytes(snapshot.TotalBytes)}" : "")}";
}

/// <summary>Completes names of any snapshots.</summary>
public sealed class AnySnapshotNames : SnapshotCompleter
{
    private protected override bool Wants(SnapshotStatus status) => true;
}

/// <summary>Completes names of snapshots that can be continued.</summary>
public sealed class UnfinishedSnapshotNames : SnapshotCompleter
{
    private protected override bool Wants(SnapshotStatus status) => status == SnapshotStatus.Unfinished;
}

/// <summary>Completes names of finished snapshots, and <c>latest</c>.</summary>
public sealed class SnapshotNames : SnapshotCompleter
{
    private protected override bool Wants(SnapshotStatus status) => status is SnapshotStatus.Complete or SnapshotStatus.Incomplete;

    private protected override async Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) =>
        await base.FindAsync(line, cancel) is { Count: > 0 } names ? [new(LatestSnapshot.Word, $"{names[0].Name}; {names[0].ToolTip}"), .. names] : [];
}
