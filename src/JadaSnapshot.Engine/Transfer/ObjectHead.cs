namespace JadaSnapshot.Engine.Transfer;

/// <summary>Asks what is said of an object, without its bytes.</summary>
internal static class ObjectHead
{
    /// <summary>The object as it is now, with its checksum and its tags.</summary>
    /// <exception cref="Wire.ServiceException">It is not there, or may not be looked at.</exception>
    public static async Task<ObjectRecord> HeadAsync(this S3Client s3, string bucket, ListedObject listed, CancellationToken cancel)
    {
        S3Call call = new() { Operation = "HeadObject", Method = HttpMethod.Head, Bucket = bucket, Key = listed.Key, Headers = () => [new("x-amz-checksum-mode", "ENABLED")] };
        var headers = await s3.CallAsync(call, (response, _, _) => Task.FromResult(new ObjectHeaders(response)), cancel);
        var record = headers.ToRecord(listed.Key);
        // HEAD tells of no tags: only asking for them does.
        return await s3.GetTagsAsync(bucket, listed, cancel) is { Count: > 0 } tags ? record with { Tags = tags } : record;
    }
}
