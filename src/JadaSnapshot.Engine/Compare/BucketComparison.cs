using System.Threading.Channels;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A key that is not the same on both sides.</summary>
/// <param name="Reference">The object on the one; null where it has none.</param>
/// <param name="Changed">The object on the other; null where it has none.</param>
/// <param name="Differences">In what they differ, where both have it.</param>
internal sealed record DifferingObject(SideObject? Reference, SideObject? Changed, IReadOnlyList<ObjectDifference> Differences);

/// <summary>Holds the objects of two places against each other, in the order of their keys and in bounded memory; what takes a request is asked for side by side.</summary>
/// <param name="withMetadata">Whether headers, metadata and tags count.</param>
/// <param name="onProblem">Is told of what could not be compared; the rest goes on.</param>
internal sealed class BucketComparison(bool withMetadata, Action<Exception, string?> onProblem)
{
    private const int AtOnce = 32;

    /// <summary>The number of keys that either side has.</summary>
    public long Compared { get; private set; }

    /// <summary>The bytes of those of the reference.</summary>
    public long Bytes { get; private set; }

    /// <summary>What differs, in the order of keys. A listing that breaks off is reported, without a key, and ends it.</summary>
    public async IAsyncEnumerable<DifferingObject> CompareAsync(
        IAsyncEnumerable<SideObject> reference, IAsyncEnumerable<SideObject> changed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        // In order although they are under way at the same time: a place in the queue is taken before the work is begun.
        var queue = Channel.CreateBounded<Task<DifferingObject?>>(AtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listing = Task.Run(() => ListAsync(queue.Writer, reference, changed, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var compared in queue.Reader.ReadAllAsync(cancel))
                if (await compared is { } differing) yield return differing;
            await listing;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task ListAsync(ChannelWriter<Task<DifferingObject?>> queue, IAsyncEnumerable<SideObject> reference, IAsyncEnumerable<SideObject> changed, CancellationToken cancel)
    {
        try
        {
            await foreach (var (one, other) in MergeJoin.JoinAsync(reference, item => item.Key, changed, item => item.Key, Utf8Order.Instance, cancel))
            {
                Compared++;
                Bytes += one?.Size ?? 0;
                if (one is null || other is null) await queue.WriteAsync(Task.FromResult<DifferingObject?>(new(one, other, [])), cancel);
                else if (CompareAsync(one, other, cancel) is var work && !(work.IsCompletedSuccessfully && work.Result is null)) await queue.WriteAsync(work, cancel);
            }
        }
        catch (Exception exception) when (exception is ServiceException or InvalidDataException or System.Xml.XmlException)
        {
            onProblem(exception, null);
        }
        finally
        {
            queue.Complete();
        }
    }

    private async Task<DifferingObject?> CompareAsync(SideObject one, SideObject other, CancellationToken cancel)
    {
        try
        {
            var differences = await ObjectDifferences.CompareAsync(one, other, withMetadata, cancel);
            return differences.Count == 0 ? null : new(one, other, differences);
        }
        catch (GoneSinceException gone)
        {
            return ReferenceEquals(gone.Side, one) ? new(null, other, []) : new(one, null, []);
        }
        catch (ServiceException exception)
        {
            onProblem(exception, one.Key);
            return null;
        }
    }
}
