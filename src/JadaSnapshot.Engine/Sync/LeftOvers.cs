using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Sync;

/// <summary>The objects that only the destination has: counted, and deleted where they are no more than may be.</summary>
/// <param name="s3">Who deletes.</param>
/// <param name="place">The destination.</param>
/// <param name="most">The most that may be deleted.</param>
internal sealed class LeftOvers(S3Client s3, BucketPlace place, int most)
{
    private readonly List<SideObject> _first = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many were deleted.</summary>
    public long Deleted { get; private set; }

    /// <summary>Whether they are more than may be deleted.</summary>
    public bool AreTooMany => Count > most;

    /// <summary>Takes one in.</summary>
    public void Add(SideObject left)
    {
        // One more than may be deleted is enough to know that none is.
        if (_first.Count <= most) _first.Add(left);
        Count++;
    }

    /// <summary>Deletes them.</summary>
    /// <param name="planOnly">Whether nothing is done but to say so.</param>
    /// <param name="onDeleted">Is told of each.</param>
    /// <param name="onFailure">Is told of one that was not, or of a request that failed.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task DeleteAsync(bool planOnly, Action<SideObject> onDeleted, Action<ServiceException, string?> onFailure, CancellationToken cancel)
    {
        foreach (var batch in _first.Chunk(ObjectDeletion.BatchSize))
        {
            try
            {
                var failed = planOnly ? new Dictionary<string, ServiceException>() : await s3.DeleteAsync(place.BucketName, [.. batch.Select(left => place.Prefix + left.Key)], cancel);
                foreach (var left in batch)
                {
                    if (failed.TryGetValue(place.Prefix + left.Key, out var exception))
                    {
                        onFailure(exception, left.Key);
                        continue;
                    }
                    Deleted++;
                    onDeleted(left);
                }
            }
            catch (ServiceException exception)
            {
                onFailure(exception, null);
            }
        }
    }
}
