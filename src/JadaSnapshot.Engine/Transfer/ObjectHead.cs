namespace JadaSnapshot.Engine.Transfer;

/// <summary>Asks what is said of an object, without its bytes.</summary>
internal static class ObjectHead
{
    /// <summary>The object as it is now, or the version that is listed, with its checksum and its tags.</summary>
    /// <exception cref="Wire.ServiceException">It is not there, or may not be looked at.</exception>
    public static async Task<ObjectRecord> HeadAsync(this S3Client s3, string bucket, ListedObject listed, CancellationToken cancel)
    {
        var record = (await s3.ReadHeadersAsync(bucket, listed.Key, cancel, listed.VersionId)).ToRecord(listed.Key);
        // HEAD tells of no tags: only asking for them does.
        return await s3.GetTagsAsync(bucket, listed, cancel) is { Count: > 0 } tags ? record with { Tags = tags } : record;
    }

    /// <summary>The headers that a GET of the object as it is now, or of a version of it, would have.</summary>
    /// <exception cref="Wire.ServiceException">It is not there, or may not be looked at.</exception>
    public static Task<ObjectHeaders> ReadHeadersAsync(this S3Client s3, string bucket, string key, CancellationToken cancel, string? versionId = null)
    {
        S3Call call = new() { Operation = "HeadObject", Method = HttpMethod.Head, Bucket = bucket, Key = key, Query = S3Path.Query(("versionId", versionId)), Headers = () => [new("x-amz-checksum-mode", "ENABLED")] };
        return s3.CallAsync(call, (response, _, _) => Task.FromResult(new ObjectHeaders(response)), cancel);
    }
}
