using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Has Lightsail make snapshots of instances.</summary>
public sealed class InstanceSnapshotRun(AwsConnection connection)
{
    private readonly ResourceSelection _selection = new(connection, new(), new InstanceView());

    /// <summary>How far it is.</summary>
    public LayerProgress Progress => _selection.Progress;

    /// <summary>Makes a snapshot of each instance that is wanted, all at once, each told of when it is there or no longer waited for.</summary>
    /// <param name="name">The snapshot's name; null for one of the instance's name and the time.</param>
    /// <param name="patience">How long to wait; zero for not at all.</param>
    /// <param name="wanted">Which instances are.</param>
    /// <param name="onProblem">Is told of snapshots that cannot be made, fail, or take too long; from any thread.</param>
    /// <param name="cancel">Ends the waiting. A snapshot that was begun goes on.</param>
    /// <exception cref="ServiceException">The caller cannot be identified.</exception>
    public IAsyncEnumerable<InstanceSnapshot> RunAsync(
        string? name, TimeSpan patience, Func<Resource, ValueTask<bool>> wanted, Action<Problem> onProblem, CancellationToken cancel)
    {
        return _selection.EachAsync(wanted, MakeAsync, onProblem, cancel);

        async Task<InstanceSnapshot?> MakeAsync(ILayer layer, Resource instance, CancellationToken token)
        {
            var maker = new InstanceSnapshotMaker(connection.Wire(LightsailService.Service, instance.Region), patience, progress => Progress.Current = progress);
            var (document, trouble) = await maker.MakeAsync(instance.Name, name ?? InstanceSnapshotMaker.NameFor(instance.Name, DateTimeOffset.UtcNow), token);
            if (trouble is not null) onProblem(Failure.ToProblem(trouble, instance, trouble.Operation, null));
            return ToSnapshot(JsonElement.Parse(document).Member("instanceSnapshot"), instance);
        }
    }

    private static InstanceSnapshot ToSnapshot(JsonElement snapshot, Resource instance) => new()
    {
        InstanceSnapshotName = snapshot.Text("name") ?? "",
        InstanceSnapshotArn = snapshot.Text("arn"),
        InstanceName = instance.Name,
        Region = instance.Region,
        State = snapshot.Text("state"),
        SizeInGb = snapshot.Number("sizeInGb"),
        BlueprintId = snapshot.Text("fromBlueprintId"),
        BundleId = snapshot.Text("fromBundleId"),
        CreatedAt = snapshot.Moment("createdAt"),
    };
}
