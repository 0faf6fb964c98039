using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>Has S3 copy files of snapshots from place to place. What comes of it is held against the manifest by what S3 states of it, and read where that says nothing.</summary>
/// <param name="s3">Who calls.</param>
/// <param name="places">The places for parts.</param>
internal sealed class CopyInS3(S3Client s3, WorkPool places)
{
    /// <summary>Which files are copied in parts: those that S3 does not copy in one go; in parts as they are uploaded in, which gives them the same checksum.</summary>
    public PartRule Parts { get; init; } = new() { From = (5L << 30) + 1 };

    /// <summary>What is sent with every file.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Further { get; init; } = [];

    /// <summary>Is told why S3 would not copy a file.</summary>
    public Action<ServiceException>? OnRefusal { get; init; }

    /// <summary>Copies a file to where there is nothing.</summary>
    /// <param name="entry">The file.</param>
    /// <param name="from">Where it lies.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether the file is there now; where not, because S3 would not copy it or what lay there is something else, what has to be in its place for it to be uploaded.</returns>
    /// <exception cref="ServiceException">It cannot be written; with status 412 because something is there.</exception>
    public async Task<(bool IsThere, WriteCondition Condition)> TakeAsync(ManifestEntry entry, ObjectPlace from, ObjectPlace to, CancellationToken cancel)
    {
        try
        {
            var call = new CopyCall(from, "", to);
            var (etag, agrees) = entry.Size < Parts.From ? await CopyWholeAsync(call, entry, cancel) : await CopyPartsAsync(call, entry, cancel);
            return (agrees ?? await StatedDigest.ReadAsync(s3, to, entry.Size, cancel) == entry.Sha256, WriteCondition.ETag(etag));
        }
        catch (ServiceException exception) when (exception.StatusCode is 400 or 403 or 404 or 501 && exception.Code != "NoSuchBucket")
        {
            OnRefusal?.Invoke(exception);
            return (false, WriteCondition.Nothing);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Headers(ManifestEntry entry) => [new("x-amz-meta-" + StatedDigest.Name, entry.Sha256), .. Further];

    private Task<(string ETag, bool? Agrees)> CopyWholeAsync(CopyCall call, ManifestEntry entry, CancellationToken cancel) => s3.ChangeAsync(
        call.Bytes(StatedDigest.Algorithm, [.. WriteCondition.Nothing.Headers, .. Headers(entry)]),
        (_, answer) => (CopyCall.ETagOf(answer), answer.Elements().FirstOrDefault(child => child.Name.LocalName == CopyCall.ChecksumName(StatedDigest.Algorithm)) is { } stated ? stated.Value == StatedDigest.ToBase64(entry.Sha256) : (bool?)null), cancel);

    // The checksum of parts proves the whole where it is that of the source, which S3 held against the file when it was uploaded.
    private async Task<(string ETag, bool? Agrees)> CopyPartsAsync(CopyCall call, ManifestEntry entry, CancellationToken cancel)
    {
        var source = (await s3.ReadHeadersAsync(call.Source.Bucket, call.Source.Key, cancel)).ToRecord(call.Source.Key);
        var size = Parts.SizeFor(entry.Size);
        var upload = new MultipartUpload(s3, call.Call("CreateMultipartUpload", HttpMethod.Post), Parts.MostHelpers, places)
        {
            Headers = [.. Headers(entry), .. SentHeaders.Checksums(StatedDigest.Algorithm, isComposite: true)],
            CompletionHeaders = [.. WriteCondition.Nothing.Headers],
        };
        var made = await upload.RunAsync(entry.Size, (int)((entry.Size + size - 1) / size), (part, query, token) => s3.ChangeAsync(
            call.Part(query, part * size, Math.Min(entry.Size, (part + 1) * size)),
            (_, answer) => new SentPart(CopyCall.ETagOf(answer), new(StatedDigest.Algorithm, CopyCall.Text(answer, CopyCall.ChecksumName(StatedDigest.Algorithm)), null)), token), cancel);
        var copy = (await s3.ReadHeadersAsync(call.Destination.Bucket, call.Destination.Key, cancel)).ToRecord(call.Destination.Key);
        return (made.ETag, StatedDigest.Agrees(source, entry) == true && copy.Checksum is not null && copy.Checksum == source.Checksum ? true : null);
    }
}
