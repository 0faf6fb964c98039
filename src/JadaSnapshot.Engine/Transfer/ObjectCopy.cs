using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object in a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The exact key.</param>
internal sealed record ObjectPlace(string Bucket, string Key)
{
    public override string ToString() => $"{Bucket}/{Key}";
}

/// <summary>An object that was copied.</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="IsVerified">Whether what S3 states of the bytes of both agrees; false where it states nothing that can be compared.</param>
internal readonly record struct CopiedObject(long Size, bool IsVerified);

/// <summary>Has S3 copy objects, with headers, metadata and tags, between buckets of any regions; nothing of them comes here.</summary>
internal sealed class ObjectCopy(S3Client s3, WorkPool places)
{
    private const int Tries = 4;
    private const string Redirect = "x-amz-website-redirect-location";

    /// <summary>Which objects are copied in parts: those that S3 does not copy in one go.</summary>
    public PartRule Parts { get; init; } = new() { From = (5L << 30) + 1, Size = 512 << 20 };

    /// <summary>Copies an object as it is now.</summary>
    /// <param name="source">The object.</param>
    /// <param name="size">Its size as it was listed.</param>
    /// <param name="etag">Its ETag as it was listed. Where it has another by now, it is looked at anew.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">It cannot be read or written, or the copy never is what the object is.</exception>
    public async Task<CopiedObject> CopyAsync(ObjectPlace source, long size, string etag, ObjectPlace destination, CancellationToken cancel)
    {
        for (var tried = 1; ; tried++)
        {
            var copy = new CopyCall(source, etag, destination);
            try
            {
                var copied = size < Parts.From ? await CopyWholeAsync(copy, size, cancel) : await new PartedCopy(s3, copy, size, Parts, places).RunAsync(cancel);
                return new(size, await IsVerifiedAsync(copy, size, copied, cancel));
            }
            catch (CorruptBodyException corrupt)
            {
                if (tried == Tries) throw s3.Failed(corrupt, copy.Whole, tried);
            }
            catch (ServiceException exception) when (tried < Tries && exception.StatusCode == 412)
            {
                var now = await s3.ReadHeadersAsync(source.Bucket, source.Key, cancel);
                (size, etag) = (now.Length ?? size, now.ETag);
            }
            await Task.Delay(s3.FirstPause * tried, cancel);
        }
    }

    /// <summary>Looks whether an object is the copy of another that somebody else was to make.</summary>
    /// <param name="source">The object.</param>
    /// <param name="size">Its size as it was listed. Where it was written since, the copy may be of what it is now.</param>
    /// <param name="etag">Its ETag as it was listed.</param>
    /// <param name="destination">The copy.</param>
    /// <param name="there">The copy as it is listed.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">It is no copy, or one of them cannot be looked at.</exception>
    public async Task<CopiedObject> ConfirmAsync(ObjectPlace source, long size, string etag, ObjectPlace destination, (long Size, string ETag) there, CancellationToken cancel)
    {
        if (there == (size, etag)) return new(size, IsVerified: true);
        var copy = new CopyCall(source, etag, destination);
        var (now, copied) = await ReadBothAsync(copy, cancel);
        var length = now.Length ?? size;
        if (now.ETag == copied.ETag && copied.Length == length) return new(length, IsVerified: true);
        try
        {
            return new(length, Agree(copy, now, copied, length));
        }
        catch (CorruptBodyException corrupt)
        {
            throw s3.Failed(corrupt, copy.Whole, attempts: 1);
        }
    }

    private async Task<string> CopyWholeAsync(CopyCall copy, long size, CancellationToken cancel)
    {
        // What redirects has no content, and S3 does not copy where to.
        var redirect = size > 0 ? null : (await s3.ReadHeadersAsync(copy.Source.Bucket, copy.Source.Key, cancel)).ToRecord(copy.Source.Key).Headers?.GetValueOrDefault(Redirect);
        var call = redirect is null ? copy.Whole : copy.Whole with { Headers = () => [.. copy.Whole.Headers!(), new(Redirect, redirect)] };
        return await s3.ChangeAsync(call, (_, document) => CopyCall.ETagOf(document), cancel);
    }

    private async Task<bool> IsVerifiedAsync(CopyCall copy, long size, string copied, CancellationToken cancel)
    {
        if (copied == copy.ETag) return true;
        var (source, destination) = await ReadBothAsync(copy, cancel);
        // Whoever wrote either of them meanwhile, the copy was made of what was listed.
        return source.ETag == copy.ETag && destination.ETag == copied && Agree(copy, source, destination, size);
    }

    private async Task<(ObjectHeaders Source, ObjectHeaders Destination)> ReadBothAsync(CopyCall copy, CancellationToken cancel) =>
        (await s3.ReadHeadersAsync(copy.Source.Bucket, copy.Source.Key, cancel), await s3.ReadHeadersAsync(copy.Destination.Bucket, copy.Destination.Key, cancel));

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
}
