using JadaSnapshot.Engine.Recovery;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Has distributions fetch anew what a restore has changed in the buckets that they read from. A snapshot holds no invalidations: the plan adds this one itself.</summary>
internal sealed class InvalidationRestorer : Restorer
{
    internal const string Kind = "invalidation";

    /// <summary>What stands for the objects that a restore changes.</summary>
    internal static Resource ChangedObjects { get; } = new() { Layer = CloudFrontLayer.LayerName, Kind = Kind, Name = "changed objects", Id = "changed-objects", Region = "aws-global" };

    public override string Layer => CloudFrontLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [Kind];

    public override RestorePhase Phase => RestorePhase.Invalidations;

    public override IReadOnlyList<RestorePart> Parts => [];

    public override Task CreateAsync(RestoreWork work, CancellationToken cancel) => Task.CompletedTask;

    public override async Task<long> RestoreContentAsync(RestoreWork work, CancellationToken cancel)
    {
        var begun = await new ObjectInvalidation(work.Target.Connection).RunAsync(
            work.ChangedObjects, (distribution, refusal) => work.Fail($"{distribution.DistributionId}: {refusal.Message}"), cancel);
        foreach (var invalidation in begun) work.Note($"{invalidation.DistributionId} fetches {string.Join(", ", invalidation.Paths.Take(5))}{(invalidation.Paths.Count > 5 ? $" and {invalidation.Paths.Count - 5:N0} more" : "")} anew.");
        return begun.Count;
    }
}
