namespace JadaSnapshot.Engine.Store;

/// <summary>Says of each snapshot of a plan what its removal would free. Nothing is changed.</summary>
/// <param name="includeUnknown">Whether a snapshot goes that holds what no capture wrote.</param>
public sealed class RemovalForecast(bool includeUnknown)
{
    // How many names of a file are left, of files that have several: the last one to go frees its bytes.
    private readonly Dictionary<(ulong Device, ulong Number), uint> _names = [];

    /// <summary>The same snapshot with what is known of it by now. To be asked in the order of the plan.</summary>
    public SnapshotRemoval Complete(SnapshotRemoval removal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(removal);
        if (removal.Action == RemovalAction.Keep) return removal;
        if (SnapshotRemover.Refusal(removal, includeUnknown, cancel) is { } refusal) return removal with { Action = RemovalAction.Keep, Reason = refusal };
        if (OperatingSystem.IsWindows()) return removal;
        var freed = 0L;
        foreach (var file in SnapshotTree.Walk(removal.Path))
        {
            cancel.ThrowIfCancellationRequested();
            if (!file.IsLink && IsLastName(FileStatus.Of(Path.Combine(removal.Path, file.Path)))) freed += file.Size;
        }
        return removal with { FreedBytes = freed };
    }

    private bool IsLastName(FileStatus? status)
    {
        if (status is not { } known || known.Links <= 1) return status is not null;
        var left = _names.GetValueOrDefault((known.Device, known.Number), known.Links) - 1;
        _names[(known.Device, known.Number)] = left;
        return left == 0;
    }
}
