using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>Carries steps out: one group of equal order after the other, the steps of a group at the same time.</summary>
internal sealed class RestoreExecutor(RestoreSession session)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, PlannedStep> _failed = new(StringComparer.Ordinal);

    /// <summary>What became of each step, as soon as it is known.</summary>
    public async IAsyncEnumerable<RestoreResult> RunAsync(IReadOnlyList<PlannedStep> steps, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var group in steps.GroupBy(step => step.Order).OrderBy(group => group.Key))
        {
            // Content is brought back by many workers each.
            var results = Channel.CreateUnbounded<RestoreResult>();
            var work = Parallel.ForEachAsync(
                group, new ParallelOptions { MaxDegreeOfParallelism = group.Any(step => step.HasContent) ? 1 : AtOnce, CancellationToken = cancel },
                async (step, token) => results.Writer.TryWrite(await RunAsync(step, token)));
            _ = work.ContinueWith(_ => results.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None)) yield return result;
            await work;
        }
    }

    private async Task<RestoreResult> RunAsync(PlannedStep planned, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (planned.Step.Action == RestoreAction.Skip) return new() { Step = planned.Step, Status = RestoreStatus.Unchanged, TargetId = planned.Step.TargetId };
        if (planned.Step.Action == RestoreAction.Cannot) return NotDone(planned, planned.Step.Reason);
        List<PlannedStep> lacking = [.. planned.Needs.Where(_failed.ContainsKey).Select(key => _failed[key])];
        if (lacking is [{ Step: var missing }, ..] && (planned.Creates || lacking.Any(step => step.Reference == planned.Reference) || !planned.Parts.All(part => part.IsDivisible)))
            return NotDone(planned, $"It needs {missing.Kind} {missing.TargetName}, which could not be restored.");

        var work = new RestoreWork(session, planned.Restorer!, planned.Reference, planned.Live) { Lacking = lacking };
        if (!planned.Creates) work.RecallCreation();
        List<string> failures = [];
        long? count = null;
        if (planned.Creates && !await TryAsync(() => planned.Restorer!.CreateAsync(work, cancel), "")) return Result();
        foreach (var part in planned.Parts) await TryAsync(() => PutAsync(part, work, cancel), $"{part.Documents}: ");
        if (planned.HasContent) await TryAsync(async () => count = await planned.Restorer!.RestoreContentAsync(work, cancel), "");
        if (planned.Step.Action == RestoreAction.Delete) await TryAsync(() => planned.Restorer!.DeleteAsync(work, cancel), "");
        return Result();

        async Task<bool> TryAsync(Func<Task> act, string before)
        {
            try
            {
                await act();
                return true;
            }
            catch (Exception exception) when (exception is not StoreException { Fault: StoreFault.StoreNotWritable } && !(exception is OperationCanceledException && cancel.IsCancellationRequested))
            {
                failures.Add(before + (exception is ServiceException service ? $"{service.Operation}: {service.Message}" : Failure.ToProblem(exception, planned.Reference.Resource, "", null).Message));
                return false;
            }
        }

        RestoreResult Result()
        {
            failures.AddRange(work.Failures);
            // What others need is there only when it was made.
            if (planned.Creates && failures.Count > 0 && work.Id is null) _failed[planned.Reference.Resource.Key] = planned;
            return new()
            {
                Step = planned.Step,
                Status = failures.Count == 0 ? RestoreStatus.Done : RestoreStatus.Failed,
                TargetId = work.Id,
                TargetArn = work.Arn,
                Duration = TimeProvider.System.GetElapsedTime(started),
                Count = count,
                Notes = [.. failures, .. work.Notes],
                Rewritten = work.Rewritten,
            };
        }
    }

    private static Task PutAsync(RestorePart part, RestoreWork work, CancellationToken cancel) =>
        work.DocumentNames.Select(Compare.ResourceDifferences.WithoutPage).Any(part.Holds) ? part.PutAsync(work, cancel)
        : part.RemoveAsync is { } remove ? remove(work, cancel)
        : throw new NotSupportedException($"What is live cannot be taken away.");

    private RestoreResult NotDone(PlannedStep planned, string why)
    {
        if (planned.Live is null) _failed[planned.Reference.Resource.Key] = planned;
        return new() { Step = planned.Step, Status = RestoreStatus.NotDone, TargetId = planned.Step.TargetId, Notes = [why] };
    }
}
