using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.CloudFront;

/// <summary>Has every distribution that reads from buckets whose objects have changed fetch those anew.</summary>
internal sealed class ObjectInvalidation(AwsConnection connection)
{
    // Of one invalidation, so that what else is under way has room beside it.
    private const int MostPaths = 1000;

    /// <summary>Begins an invalidation of each distribution in use that hands out some of the objects. Nobody waits for them.</summary>
    /// <param name="changed">The keys that were changed, by bucket.</param>
    /// <param name="onRefused">Is told of distributions of which CloudFront refuses it; the others go on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">The distributions cannot be listed.</exception>
    public async Task<IReadOnlyList<Invalidation>> RunAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> changed, Action<Distribution, ServiceException> onRefused, CancellationToken cancel)
    {
        List<Invalidation> begun = [];
        if (changed.Values.All(keys => keys.Count == 0)) return begun;
        var run = new InvalidationRun(connection);
        await foreach (var item in CloudFrontKinds.Distributions.List.ItemsAsync(connection.Wire(CloudFrontLayer.Service), cancel))
        {
            var distribution = DistributionView.Read(item.ToXml());
            if (!distribution.Enabled) continue;
            var paths = InvalidationPaths.Fold(changed.SelectMany(bucket => bucket.Value.SelectMany(key => InvalidationPaths.Of(distribution, new BucketPlace(bucket.Key), key))), MostPaths);
            if (paths.Count == 0) continue;
            try
            {
                begun.Add(await run.RunAsync(distribution.DistributionId, paths, TimeSpan.Zero, _ => { }, cancel));
            }
            catch (ServiceException exception)
            {
                onRefused(distribution, exception);
            }
        }
        return begun;
    }
}
