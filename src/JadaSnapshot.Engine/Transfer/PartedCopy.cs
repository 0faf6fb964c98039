namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Has S3 copy an object part by part (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html"/>). Such a
/// copy has only the headers, metadata and tags that are sent with it.
/// </summary>
internal sealed class PartedCopy(S3Client s3, CopyCall copy, long size, PartRule rule, WorkPool places)
{
    private readonly long _partSize = rule.SizeFor(size);

    /// <summary>What has to be in the copy's place.</summary>
    public WriteCondition Condition { get; init; }

    /// <summary>Copies it. Of a copy that fails nothing stays.</summary>
    public async Task<MadeObject> RunAsync(CancellationToken cancel)
    {
        var upload = new MultipartUpload(s3, copy.Call("CreateMultipartUpload", HttpMethod.Post), rule.MostHelpers, places) { Headers = await ReadHeadersAsync(cancel), CompletionHeaders = [.. Condition.Headers] };
        return await upload.RunAsync(size, (int)((size + _partSize - 1) / _partSize), CopyAsync, cancel);
    }

    private async Task<IReadOnlyList<KeyValuePair<string, string>>> ReadHeadersAsync(CancellationToken cancel)
    {
        var source = (await s3.ReadHeadersAsync(copy.Source.Bucket, copy.Source.Key, cancel, copy.Source.VersionId)).ToRecord(copy.Source.Key);
        var tags = await s3.GetTagsAsync(copy.Source.Bucket, new(copy.Source.Key, size, copy.ETag, source.LastModified, "", copy.Source.VersionId), cancel);
        // A checksum of the whole, so that it can be held against the source's.
        return [.. SentHeaders.OfContent(source with { Tags = tags }), .. copy.OfStorage, .. SentHeaders.Checksums("CRC64NVME", isComposite: false)];
    }

    private Task<SentPart> CopyAsync(int part, string query, CancellationToken cancel) =>
        s3.ChangeAsync(copy.Part(query, part * _partSize, Math.Min(size, (part + 1) * _partSize)), (_, document) => new SentPart(CopyCall.ETagOf(document)), cancel);
}
