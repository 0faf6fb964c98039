using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>Looks at the buckets of an account: what each is for, how it is set up, and what is in it.</summary>
public sealed class BucketInventoryRun(AwsConnection connection, BucketInventoryOrder order)
{
    private int _found, _done;
    private long _counted;

    /// <summary>How far it is; may be read from any thread.</summary>
    public BucketInventoryProgress Progress => new(Volatile.Read(ref _found), Volatile.Read(ref _done), Interlocked.Read(ref _counted));

    /// <summary>The buckets, each as soon as all of it is known. What cannot be read of a bucket is null there.</summary>
    /// <param name="onProblem">Is told of what cannot be read, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">The buckets cannot be listed at all.</exception>
    public async IAsyncEnumerable<BucketInventory> RunAsync(Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var context = new LayerContext(connection, new() { ThrottleLimit = order.ThrottleLimit }, onProblem);
        using var listings = new ObjectListings(context.S3, context.Transfers, order.FromInventory);
        List<ListedBucket> account = [];
        await foreach (var bucket in context.S3.ListBucketsAsync(cancel)) account.Add(bucket);
        List<ListedBucket> wanted = [.. account.Where(bucket => order.Wanted(bucket.Name))];
        Volatile.Write(ref _found, wanted.Count);

        var scope = new InventoryScope(context, listings, account, wanted, stop.Token);
        // Any bucket may have to know who logs to it: asked first, this never holds one up behind the listing of another.
        if (order.Categories is null)
            foreach (var bucket in wanted) _ = scope.LogTargets.OfAsync(bucket.Name);
        try
        {
            await foreach (var bucket in Merging.MergeAsync(wanted, (bucket, _) => SurveyAsync(scope, bucket), (bucket, exception) => scope.Report(bucket.Name, "", exception), cancel))
                yield return bucket;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async IAsyncEnumerable<BucketInventory> SurveyAsync(InventoryScope scope, ListedBucket bucket)
    {
        try
        {
            var survey = new BucketSurvey(scope, bucket, count => Interlocked.Add(ref _counted, count));
            if (await survey.RunAsync(order) is { } inventory) yield return inventory;
        }
        finally
        {
            Interlocked.Increment(ref _done);
        }
    }
}
