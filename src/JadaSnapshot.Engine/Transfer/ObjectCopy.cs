using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object in a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The exact key.</param>
/// <param name="VersionId">The version; null for the current one.</param>
internal sealed record ObjectPlace(string Bucket, string Key, string? VersionId = null)
{
    public override string ToString() => $"{Bucket}/{Key}";
}

/// <summary>An object that was copied.</summary>
/// <param name="Source">The object as it was copied: in listing terms, but for its storage class.</param>
/// <param name="Copy">What S3 says of the copy.</param>
/// <param name="IsVerified">Whether what S3 states of the bytes of both agrees; false where it states nothing that can be compared.</param>
internal readonly record struct CopiedObject(ListedObject Source, MadeObject Copy, bool IsVerified);

/// <summary>Has S3 copy objects, with headers, metadata and tags, between buckets of any regions; nothing of them comes here.</summary>
internal sealed class ObjectCopy(S3Client s3, WorkPool places)
{
    /// <summary>What S3 does not copy in one go.</summary>
    public static PartRule Large { get; } = new() { From = (5L << 30) + 1, Size = 512 << 20 };

    private const int Tries = 4;
    private const string Redirect = "x-amz-website-redirect-location";

    /// <summary>Which objects are copied in parts: those that S3 does not copy in one go.</summary>
    public PartRule Parts { get; init; } = Large;

    /// <summary>What has to be in a copy's place.</summary>
    public WriteCondition Condition { get; init; }

    /// <summary>The storage class of copies; null for the one that S3 gives them.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Copies an object as it is now.</summary>
    /// <param name="source">The bucket, or the version of which the listing tells.</param>
    /// <param name="listed">The object as it was listed. Where it has another ETag by now, it is looked at anew, unless a version is meant.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">It cannot be read or written, or the copy never is what the object is; with status 412 also because what is in its place is something else.</exception>
    public async Task<CopiedObject> CopyAsync(ObjectPlace source, ListedObject listed, ObjectPlace destination, CancellationToken cancel)
    {
        for (var tried = 1; ; tried++)
        {
            var copy = new CopyCall(source, listed.ETag, destination) { StorageClass = StorageClass };
            try
            {
                var copied = listed.Size < Parts.From ? await CopyWholeAsync(copy, listed.Size, cancel) : await new PartedCopy(s3, copy, listed.Size, Parts, places) { Condition = Condition }.RunAsync(cancel);
                return new(listed, copied, await IsVerifiedAsync(copy, listed.Size, copied, cancel));
            }
            catch (CorruptBodyException corrupt)
            {
                if (tried == Tries) throw s3.Failed(corrupt, copy.Whole, tried);
            }
            catch (ServiceException exception) when (tried < Tries && exception.StatusCode == 412 && source.VersionId is null)
            {
                var now = await s3.ReadHeadersAsync(source.Bucket, source.Key, cancel);
                listed = listed with { Size = now.Length ?? listed.Size, ETag = now.ETag, LastModified = now.LastModified };
            }
            await Task.Delay(s3.FirstPause * tried, cancel);
        }
    }

    /// <summary>Looks whether an object is the copy of another that somebody else was to make.</summary>
    /// <param name="source">The object.</param>
    /// <param name="listed">The object as it was listed. Where it was written since, the copy may be of what it is now.</param>
    /// <param name="destination">The copy.</param>
    /// <param name="there">The copy as it is listed.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">It is no copy, or one of them cannot be looked at.</exception>
    public async Task<CopiedObject> ConfirmAsync(ObjectPlace source, ListedObject listed, ObjectPlace destination, (long Size, string ETag) there, CancellationToken cancel)
    {
        MadeObject made = new(there.ETag, destination.VersionId, null, null);
        if (there == (listed.Size, listed.ETag)) return new(listed, made, IsVerified: true);
        var copy = new CopyCall(source, listed.ETag, destination);
        var (now, copied) = await ReadBothAsync(copy, cancel);
        listed = listed with { Size = now.Length ?? listed.Size, ETag = now.ETag, LastModified = now.LastModified };
        if (now.ETag == copied.ETag && copied.Length == listed.Size) return new(listed, made, IsVerified: true);
        try
        {
            return new(listed, made, Agree(copy, now, copied, listed.Size));
        }
        catch (CorruptBodyException corrupt)
        {
            throw s3.Failed(corrupt, copy.Whole, attempts: 1);
        }
    }

    private async Task<MadeObject> CopyWholeAsync(CopyCall copy, long size, CancellationToken cancel)
    {
        // What redirects has no content, and S3 does not copy where to.
        var redirect = size > 0 ? null : (await HeadAsync(copy.Source, cancel)).ToRecord(copy.Source.Key).Headers?.GetValueOrDefault(Redirect);
        KeyValuePair<string, string>[] further = [.. Condition.Headers, .. redirect is null ? Array.Empty<KeyValuePair<string, string>>() : [new(Redirect, redirect)]];
        var call = copy.Whole;
        return await s3.ChangeAsync(call with { Headers = () => [.. call.Headers!(), .. further] }, MadeObject.Read, cancel);
    }

    private async Task<bool> IsVerifiedAsync(CopyCall copy, long size, MadeObject copied, CancellationToken cancel)
    {
        if (copied.ETag == copy.ETag) return true;
        var (source, destination) = await ReadBothAsync(copy with { Destination = copy.Destination with { VersionId = copied.VersionId } }, cancel);
        // Whoever wrote either of them meanwhile, the copy was made of what was listed.
        return source.ETag == copy.ETag && destination.ETag == copied.ETag && Agree(copy, source, destination, size);
    }

    private async Task<(ObjectHeaders Source, ObjectHeaders Destination)> ReadBothAsync(CopyCall copy, CancellationToken cancel) => (await HeadAsync(copy.Source, cancel), await HeadAsync(copy.Destination, cancel));

    private static bool Agree(CopyCall copy, ObjectHeaders source, ObjectHeaders destination, long size)
    {
        if (destination.Length != size) throw new CorruptBodyException("WrongLength", $"The copy has {destination.Length:N0} bytes, the object {size:N0}.");
        return ObjectComparison.CompareStated(source.ToRecord(copy.Source.Key), destination.ToRecord(copy.Destination.Key)) switch
        {
            null => false,
            { AreSame: true } => true,
            { By: var by } => throw new CorruptBodyException("WrongChecksum", $"The copy has another checksum than the object ({by})."),
        };
    }

    private Task<ObjectHeaders> HeadAsync(ObjectPlace place, CancellationToken cancel) => s3.ReadHeadersAsync(place.Bucket, place.Key, cancel, place.VersionId);
}
