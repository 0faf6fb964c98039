using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>Looks up the copies that a snapshot keeps in S3, when it is verified.</summary>
/// <param name="connect">Says who calls; asked only where there are copies.</param>
/// <param name="isQuick">Whether a version's size and ETag in the listing are enough, or S3 is also asked for the checksum that the snapshot notes.</param>
/// <param name="throttleLimit">The number of requests that are under way at once.</param>
public sealed class CopiesCheck(Func<AwsConnection> connect, bool isQuick, int throttleLimit)
{
    /// <summary>Is told, from time to time, how many copies were looked up.</summary>
    public Action<long>? OnProgress { get; init; }

    /// <summary>Looks up what documents name.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="documents">The documents, each of which is as it was captured.</param>
    /// <param name="open">Reads one.</param>
    /// <param name="findings">Where it is noted what is wrong.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How many copies were looked up, and why others could not be.</returns>
    internal async Task<(long Checked, string? Unseen)> RunAsync(Snapshot snapshot, IReadOnlyCollection<ManifestEntry> documents, Func<ManifestEntry, Stream> open, Findings findings, CancellationToken cancel)
    {
        var (found, unseen) = (0L, (string?)null);
        if (documents.Count == 0 || snapshot.KeptInS3 is not { } kept) return (0, null);
        try
        {
            using S3Client s3 = new(connect(), throttleLimit);
            using WorkPool places = new(throttleLimit);
            foreach (var document in documents)
            {
                CopiesLookup lookup = new(s3, CopiesDocument.PlaceOf(kept, CopiesDocument.BucketOf(document)), document, findings, isQuick) { OnProgress = count => OnProgress?.Invoke(found + count) };
                try
                {
                    await lookup.RunAsync(open(document), places.NewGroup(), cancel);
                }
                catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound)
                {
                    findings.Add(FindingKind.Missing, document.Path, exception.Message, document.Layer);
                }
                catch (StoreException exception)
                {
                    findings.Add(FindingKind.Invalid, document.Path, exception.Message, document.Layer);
                }
                catch (ServiceException exception) when (!exception.IsOfEveryCall)
                {
                    unseen ??= exception.Message;
                }
                found += lookup.Count;
            }
        }
        catch (ServiceException exception)
        {
            unseen = exception.Message;
        }
        return (found, unseen);
    }
}

/// <summary>Looks up the copies of one bucket.</summary>
internal sealed class CopiesLookup(S3Client s3, S3Place place, ManifestEntry document, Findings findings, bool isQuick)
{
    private const int Told = 1000;

    public long Count { get; private set; }

    public Action<long>? OnProgress { get; init; }

    public async Task RunAsync(Stream content, WorkGroup heads, CancellationToken cancel)
    {
        try
        {
            var bytes = 0L;
            await using VersionCursor versions = new(s3.ListVersionsAsync(place.Bucket, cancel, place.Prefix).GetAsyncEnumerator(cancel));
            foreach (var kept in CopiesDocument.Read(content, document.Path, place))
            {
                var copy = kept.Copy;
                var found = await versions.FindAsync(copy.Key, copy.VersionId);
                if (found is null or { IsDeleteMarker: true }) Add(FindingKind.Missing, copy, $"The copy of '{kept.Key}' is not there any more.");
                else if (found.Size != kept.Size) Add(FindingKind.Changed, copy, $"The copy of '{kept.Key}' has {found.Size} bytes; it was made with {kept.Size}.");
                else if (found.ETag != copy.ETag) Add(FindingKind.Changed, copy, $"The copy of '{kept.Key}' has another ETag than it was made with.");
                else if (!isQuick && copy.Checksum is not null) await heads.AddAsync(token => CompareAsync(kept, token), cancel);
                bytes += kept.Size;
                if (++Count % Told == 0) OnProgress?.Invoke(Count);
            }
            if (new ObjectTotals(Count, bytes) != document.Copies) findings.Add(FindingKind.Invalid, document.Path, $"It names {new ObjectTotals(Count, bytes)}; the manifest says {document.Copies}.", document.Layer);
        }
        finally
        {
            await heads.CompleteAsync();
        }
    }

    private async Task CompareAsync(KeptObject kept, CancellationToken cancel)
    {
        try
        {
            var now = (await s3.ReadHeadersAsync(kept.Copy.Bucket, kept.Copy.Key, cancel, kept.Copy.VersionId)).ToRecord(kept.Copy.Key);
            if (now.Checksum != kept.Copy.Checksum) Add(FindingKind.Changed, kept.Copy, $"The copy of '{kept.Key}' has another checksum than it was made with.");
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound)
        {
            Add(FindingKind.Missing, kept.Copy, exception.Message);
        }
    }

    private void Add(FindingKind kind, KeptCopy copy, string message) => findings.Add(kind, $"s3://{copy.Bucket}/{copy.Key}?versionId={copy.VersionId}", message, document.Layer);
}

/// <summary>Finds versions in a listing of them, which is read once: keys are asked for in their order.</summary>
internal sealed class VersionCursor(IAsyncEnumerator<ListedVersion> versions) : IAsyncDisposable
{
    private bool _isBegun, _isOver;

    public async ValueTask<ListedVersion?> FindAsync(string key, string versionId)
    {
        if (!_isBegun) (_isBegun, _isOver) = (true, !await versions.MoveNextAsync());
        while (!_isOver && Utf8Order.Instance.Compare(versions.Current.Key, key) is var order and <= 0)
        {
            if (order == 0 && versions.Current.VersionId == versionId) return versions.Current;
            _isOver = !await versions.MoveNextAsync();
        }
        return null;
    }

    public ValueTask DisposeAsync() => versions.DisposeAsync();
}
