using JadaSnapshot.Engine.Batch;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>Has a job of S3 Batch Operations make the copies of a bucket that are missing, and says afterwards what became of each.</summary>
/// <param name="context">Who calls.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="place">Where its copies lie.</param>
/// <param name="listing">Lists both.</param>
/// <param name="order">How the job is made.</param>
/// <param name="onProblem">Is told of what failed, with the key where it is one object.</param>
internal sealed class KeptBatch(LayerContext context, string bucket, S3Place place, KeptListing listing, BatchOrder order, Action<Exception, string?> onProblem) : IDisposable
{
    private readonly ObjectSides _sides = new(context.S3, context.Transfers);
    private readonly BatchCopy _batch = new(context.Connection, context.S3, context.Transfers, new(bucket), new(place.Bucket, place.Prefix), order, new() { OnLook = job => context.Options.OnDoing?.Invoke(Layers.S3.S3Layer.LayerName, $"{bucket}: {job}") });
    private readonly string _settled = Path.Combine(Path.GetTempPath(), $"jada-{Guid.NewGuid():n}");
    private BatchJob? _job;
    private IAsyncEnumerator<TaskOutcome>? _outcomes;
    private bool _isAtOutcome;

    /// <summary>Plans the job and waits for its end. A job that an earlier run began is waited for first.</summary>
    /// <returns>What has its copy already.</returns>
    /// <exception cref="ServiceException">A listing broke off, or the job cannot be begun or watched.</exception>
    public async Task<EarlierCopies> RunAsync(IAsyncEnumerable<ListedObject> objects, EarlierCopies known, string document, CancellationToken cancel)
    {
        await _batch.AwaitEarlierAsync(cancel);
        using (LineFile settled = new(_settled + ".tmp"))
        {
            await foreach (var step in listing.ReadAsync(objects, known, (_, _) => new(_ => Task.FromResult<KeptObject?>(null)), cancel))
            {
                if (step.Line is { } line) settled.Append(line, StoreJson.Lines.KeptObject);
                else if (BatchCopy.Copies(step.Listed.Size, ObjectCopy.Large)) _batch.Add(SideOf(step.Listed), step.There is { } there ? SideOf(new(step.Listed.Key, there.Size ?? 0, there.ETag ?? "", there.LastModified, "")) : null, ChangeReason.New);
            }
            settled.MoveTo(_settled);
        }
        _job = await _batch.RunAsync(trouble => onProblem(trouble, null), cancel);
        if (_job is { IsComplete: false }) onProblem(_job.ToException(_job.TaskCount - _job.SucceededCount), null);
        _outcomes = _job is null ? null : _batch.OutcomesAsync(cancel).GetAsyncEnumerator(cancel);
        _isAtOutcome = _outcomes is not null && await _outcomes.MoveNextAsync();
        return new(File.OpenRead(_settled), document, place, context.Options.OnWarning);
    }

    /// <summary>What the job has to do with an object that shows no copy; null where it is to be copied otherwise. Asked in the order of keys.</summary>
    public async ValueTask<LineMaker?> OutcomeAsync(ListedObject listed, ListedVersion? there)
    {
        while (_isAtOutcome && Utf8Order.Instance.Compare(_outcomes!.Current.Key, listed.Key) < 0) _isAtOutcome = await _outcomes.MoveNextAsync();
        if (!_isAtOutcome || _outcomes!.Current is not { } outcome || outcome.Key != listed.Key || outcome.Planned?.ETag != listed.ETag) return null;
        return _ => Task.FromResult(LineOf(listed, there, outcome));
    }

    public void Dispose()
    {
        _batch.Dispose();
        File.Delete(_settled);
    }

    private SideObject SideOf(ListedObject listed) => _sides.Of(bucket, listed, listed.Key);

    private KeptObject? LineOf(ListedObject listed, ListedVersion? there, TaskOutcome outcome)
    {
        if (outcome.Failed is { } failed) onProblem(failed.ToException(_job!.Id), listed.Key);
        // Nothing that is stated of both can be compared, and the job says that it copied it.
        else if (_job!.IsComplete && KeptListing.IsCandidate(listed, there)) return listing.Line(listed, there!.VersionId, there.ETag ?? "") is var line ? line with { Copy = line.Copy with { Unverified = KeptCopy.NoChecksum } } : null;
        else if (_job.IsComplete) onProblem(new InvalidDataException($"Job {_job.Id} says that it copied everything, and the copy is not there."), listed.Key);
        return null;
    }
}
