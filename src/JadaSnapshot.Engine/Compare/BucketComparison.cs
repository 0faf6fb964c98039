using System.Threading.Channels;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Holds the objects of two places against each other, in the order of their keys and in bounded memory; what takes a request is asked for side by side.</summary>
/// <param name="make">Makes the differences.</param>
/// <param name="withMetadata">Whether headers, metadata and tags count.</param>
/// <param name="onProblem">Is told of what could not be compared; the rest goes on.</param>
internal sealed class BucketComparison(DifferenceMaker make, bool withMetadata, Action<Exception, string?> onProblem)
{
    private const int AtOnce = 32;

    /// <summary>The number of keys that either side has.</summary>
    public long Compared { get; private set; }

    /// <summary>The bytes of those of the reference.</summary>
    public long Bytes { get; private set; }

    /// <summary>The differences, in the order of keys. A listing that breaks off is reported, and ends it.</summary>
    public async IAsyncEnumerable<Difference> CompareAsync(
        IAsyncEnumerable<SideObject> reference, IAsyncEnumerable<SideObject> changed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        // In order although they are under way at the same time: a place in the queue is taken before the work is begun.
        var queue = Channel.CreateBounded<Task<IReadOnlyList<Difference>>>(AtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listing = Task.Run(() => ListAsync(queue.Writer, reference, changed, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var differences in queue.Reader.ReadAllAsync(cancel))
                foreach (var difference in await differences) yield return difference;
            await listing;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task ListAsync(ChannelWriter<Task<IReadOnlyList<Difference>>> queue, IAsyncEnumerable<SideObject> reference, IAsyncEnumerable<SideObject> changed, CancellationToken cancel)
    {
        try
        {
            await foreach (var (one, other) in MergeJoin.JoinAsync(reference, item => item.Key, changed, item => item.Key, Utf8Order.Instance, cancel))
            {
                Compared++;
                Bytes += one?.Size ?? 0;
                if (one is null) await queue.WriteAsync(Only(make.OnlyInOther(other!.Key, DifferenceMaker.Of(other))), cancel);
                else if (other is null) await queue.WriteAsync(Only(make.OnlyInReference(one.Key, DifferenceMaker.Of(one))), cancel);
                else if (CompareAsync(one, other, cancel) is var work && !(work.IsCompletedSuccessfully && work.Result.Count == 0)) await queue.WriteAsync(work, cancel);
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

    private async Task<IReadOnlyList<Difference>> CompareAsync(SideObject one, SideObject other, CancellationToken cancel)
    {
        try
        {
            var differences = await ObjectDifferences.CompareAsync(one, other, withMetadata, cancel);
            return differences.Count == 0 ? [] : [.. differences.Select(difference => make.Object(one, other, difference))];
        }
        catch (ServiceException exception)
        {
            onProblem(exception, one.Key);
            return [];
        }
    }

    private static Task<IReadOnlyList<Difference>> Only(Difference difference) => Task.FromResult<IReadOnlyList<Difference>>([difference]);
}
