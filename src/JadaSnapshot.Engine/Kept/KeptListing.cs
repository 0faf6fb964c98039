using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>An object of a bucket that is kept, and its line; null where it has none.</summary>
internal sealed record KeptStep(ListedObject Listed, ListedVersion? There, KeptObject? Line);

/// <summary>Makes the line of an object that has no copy yet; null where that fails, and has been reported.</summary>
internal delegate Task<KeptObject?> LineMaker(CancellationToken cancel);

/// <summary>
/// The objects of a bucket and the current versions of their copies, listed together in the order of keys. What shows to have its copy has its line at once;
/// what takes requests is worked on side by side, and waits for those before it.
/// </summary>
/// <param name="context">Who calls, and the places for work.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="place">Where its copies lie.</param>
internal sealed class KeptListing(LayerContext context, string bucket, S3Place place)
{
    // A copy of gigabytes holds no others up.
    private const int MostWaiting = 1000;

    /// <summary>Every object of the bucket.</summary>
    /// <param name="objects">The objects, in the order of their keys.</param>
    /// <param name="known">What is known of copies already.</param>
    /// <param name="onMissing">Is asked, in the order of keys, how an object without a copy gets its line.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">A listing broke off; what came before it has been handed out.</exception>
    public async IAsyncEnumerable<KeptStep> ReadAsync(
        IAsyncEnumerable<ListedObject> objects, EarlierCopies known, Func<ListedObject, ListedVersion?, ValueTask<LineMaker>> onMissing, [EnumeratorCancellation] CancellationToken cancel)
    {
        var steps = Channel.CreateBounded<(ListedObject Listed, ListedVersion? There, Task<KeptObject?> Line)>(MostWaiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listing = Task.Run(ListAsync, CancellationToken.None);
        try
        {
            await foreach (var (listed, there, line) in steps.Reader.ReadAllAsync(cancel)) yield return new(listed, there, await line);
            await listing;
        }
        finally
        {
            await stop.CancelAsync();
            await listing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ListAsync()
        {
            var group = context.Transfers.NewGroup();
            try
            {
                var current = context.S3.ListVersionsAsync(place.Bucket, stop.Token, place.Prefix).Where(version => version is { IsLatest: true, IsDeleteMarker: false });
                await foreach (var (listed, there) in MergeJoin.JoinAsync(objects, each => each.Key, current, each => each.Key[place.Prefix.Length..], Utf8Order.Instance, stop.Token))
                    if (listed is not null) await steps.Writer.WriteAsync((listed, there, await BeginAsync(listed, there, known.Find(listed.Key), onMissing, group, stop.Token)), stop.Token);
            }
            finally
            {
                try
                {
                    await group.CompleteAsync();
                }
                finally
                {
                    steps.Writer.Complete();
                }
            }
        }
    }

    /// <summary>The line of an object that has a copy.</summary>
    public KeptObject Line(ListedObject listed, string version, string etag, string? checksum = null) => new()
    {
        Key = listed.Key,
        ETag = listed.ETag,
        Size = listed.Size,
        LastModified = listed.LastModified,
        StorageClass = ClassOf(listed),
        Copy = new() { Bucket = place.Bucket, Key = place.Prefix + listed.Key, VersionId = version, ETag = etag, Checksum = checksum },
    };

    /// <summary>Whether a version may be the copy of an object. What was written in the second of the copy may have been written after it.</summary>
    public static bool IsCandidate(ListedObject listed, ListedVersion? there) =>
        there is not null && there.Size == listed.Size && there.LastModified.ToUnixTimeSeconds() > listed.LastModified.ToUnixTimeSeconds();

    private async Task<Task<KeptObject?>> BeginAsync(
        ListedObject listed, ListedVersion? there, KeptObject? known, Func<ListedObject, ListedVersion?, ValueTask<LineMaker>> onMissing, WorkGroup group, CancellationToken cancel)
    {
        if (there is not null && known is not null && IsAsKnown(listed, there, known)) return Task.FromResult<KeptObject?>(known with { StorageClass = ClassOf(listed) });
        var isCandidate = IsCandidate(listed, there);
        if (isCandidate && there!.ETag == listed.ETag) return Task.FromResult<KeptObject?>(Line(listed, there.VersionId, there.ETag!));
        var make = await onMissing(listed, there);
        TaskCompletionSource<KeptObject?> line = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await group.AddAsync(async token =>
        {
            try
            {
                line.SetResult((isCandidate ? await ProveAsync(listed, there!, token) : null) ?? await make(token));
            }
            catch (Exception exception)
            {
                line.SetException(exception);
                throw;
            }
        }, cancel);
        return line.Task;
    }

    private static bool IsAsKnown(ListedObject listed, ListedVersion there, KeptObject known) =>
        known.ETag == listed.ETag && known.Size == listed.Size && known.LastModified.ToUnixTimeSeconds() == listed.LastModified.ToUnixTimeSeconds()
        && known.Copy.VersionId == there.VersionId && known.Copy.ETag == there.ETag && there.Size == listed.Size;

    /// <summary>The ETags of an object that came in parts, or is under KMS, and of its copy are never the same: checksums may be. What cannot be looked at is copied.</summary>
    private async Task<KeptObject?> ProveAsync(ListedObject listed, ListedVersion there, CancellationToken cancel)
    {
        try
        {
            var source = await context.S3.ReadHeadersAsync(bucket, listed.Key, cancel);
            if (source.ETag != listed.ETag) return null;
            var (one, other) = (source.ToRecord(listed.Key), (await context.S3.ReadHeadersAsync(place.Bucket, there.Key, cancel, there.VersionId)).ToRecord(listed.Key));
            return ObjectComparison.CompareStated(one, other) is not { AreSame: true } ? null
                : Line(listed, there.VersionId, other.ETag, other.Checksum) with { VersionId = one.VersionId, Checksum = one.Checksum };
        }
        catch (ServiceException)
        {
            return null;
        }
    }

    private static string? ClassOf(ListedObject listed) => listed.StorageClass is "STANDARD" or "" ? null : listed.StorageClass;
}
