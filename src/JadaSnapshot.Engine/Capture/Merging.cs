using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Lists in several places at once.</summary>
internal static class Merging
{
    /// <summary>Lists in every region at once. A region that refuses is reported, and the others go on.</summary>
    public static IAsyncEnumerable<Resource> InEachRegionAsync(
        this LayerContext context, string layer, Func<string, CancellationToken, IAsyncEnumerable<Resource>> list, CancellationToken cancel) =>
        MergeAsync(context.Regions, list, (region, exception) => context.Report(layer, "", exception, region), cancel);

    /// <summary>Runs several listings at once and gives what they list as it comes, with bounded room between.</summary>
    /// <param name="sources">What to list.</param>
    /// <param name="list">Lists one of them.</param>
    /// <param name="onFailure">Is told when one of them fails; the others go on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="atOnce">How many are listed at once; the first ones come first.</param>
    public static async IAsyncEnumerable<TItem> MergeAsync<TSource, TItem>(
        IReadOnlyList<TSource> sources, Func<TSource, CancellationToken, IAsyncEnumerable<TItem>> list, Action<TSource, Exception> onFailure,
        [EnumeratorCancellation] CancellationToken cancel, int atOnce = int.MaxValue)
    {
        var channel = Channel.CreateBounded<TItem>(256);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waiting = new ConcurrentQueue<TSource>(sources);
        var all = Task.WhenAll(Enumerable.Range(0, Math.Min(atOnce, sources.Count)).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        _ = all.ContinueWith(done => channel.Writer.Complete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancel)) yield return item;
        }
        finally
        {
            await stop.CancelAsync();
        }

        async Task WorkAsync()
        {
            while (!stop.IsCancellationRequested && waiting.TryDequeue(out var source)) await PumpAsync(source);
        }

        async Task PumpAsync(TSource source)
        {
            try
            {
                await foreach (var item in list(source, stop.Token)) await channel.Writer.WriteAsync(item, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (exception is not Store.StoreException)
            {
                onFailure(source, exception);
            }
        }
    }
}
