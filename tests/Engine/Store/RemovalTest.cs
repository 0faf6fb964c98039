using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Tests.Store;

/// <summary>A store in which snapshots are removed.</summary>
public abstract class RemovalTest : BaseTest
{
    private protected static SnapshotRemoval Removal(RemovalPlan plan, string name) => plan.Snapshots.Single(removal => removal.Name == name);

    private protected RemovalPlan Named(params string[] names) =>
        RemovalPlan.Make(new() { Store = Store, IsMeant = snapshot => names.Contains(snapshot.Name), IsNamed = snapshot => names.Contains(snapshot.Name) });

    private protected async Task<SnapshotRemoval> RemoveAsync(string name, bool includeUnknown = false) =>
        await new SnapshotRemover { IncludeUnknown = includeUnknown }.RemoveAsync(Removal(Named(name), name), Cancel);

    /// <summary>Takes a snapshot with next to nothing in it, at a moment.</summary>
    private protected async Task TakeAsync(string name, DateTimeOffset at, Func<SnapshotOrder, SnapshotOrder>? asked = null, bool isComplete = true, bool isFinished = true)
    {
        var order = Order() with { Name = name, Layers = ["s3"], Clock = new Moment(at) };
        await using var writer = await SnapshotWriter.OpenAsync(asked?.Invoke(order) ?? order, Cancel);
        foreach (var layer in asked?.Invoke(order).Layers ?? order.Layers)
        {
            var resource = new Resource { Layer = layer, Kind = "x", Name = layer, Id = layer, Region = "us-east-1" };
            await writer.WriteAsync(resource, $"aws-configs/{layer}.json", "{}"u8.ToArray(), Cancel);
            writer.CompleteResource(resource);
        }
        if (!isComplete) writer.Report(Denied(Site));
        if (isFinished) await writer.FinishAsync([], Cancel);
    }

    private sealed class Moment(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
