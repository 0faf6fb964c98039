using System.Globalization;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Has S3 copy an object part by part (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html"/>). Such a
/// copy has only the headers, metadata and tags that are sent with it.
/// </summary>
internal sealed class PartedCopy(S3Client s3, CopyCall copy, long size, PartRule rule, WorkPool places)
{
    private const int MostParts = 10_000;
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(10);
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly long _partSize = Math.Max(rule.Size, (size + MostParts - 1) / MostParts);

    /// <summary>Copies it; what comes back is the copy's ETag. Of a copy that fails nothing stays.</summary>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        var upload = await CreateAsync(cancel);
        try
        {
            var etags = new string[(size + _partSize - 1) / _partSize];
            await new PartedWork(0, etags.Length, rule.MostHelpers, places, async (part, token) => etags[part] = await CopyAsync(upload, part, token)).RunAsync(cancel);
            return await CompleteAsync(upload, etags, cancel);
        }
        catch
        {
            await AbortAsync(upload);
            throw;
        }
    }

    private async Task<string> CreateAsync(CancellationToken cancel)
    {
        var source = (await s3.ReadHeadersAsync(copy.Source.Bucket, copy.Source.Key, cancel)).ToRecord(copy.Source.Key);
        var tags = await s3.GetTagsAsync(copy.Source.Bucket, new(copy.Source.Key, size, copy.ETag, source.LastModified, ""), cancel);
        List<KeyValuePair<string, string>> headers =
        [
            .. (source.Headers ?? new Dictionary<string, string>()).Where(header => !header.Key.StartsWith("x-amz-", StringComparison.Ordinal) || header.Key == "x-amz-website-redirect-location"),
            .. (source.Metadata ?? new Dictionary<string, string>()).Select(entry => KeyValuePair.Create("x-amz-meta-" + entry.Key, entry.Value)),
            // One of the whole, so that it can be held against the source's.
            new("x-amz-checksum-algorithm", "CRC64NVME"), new("x-amz-checksum-type", "FULL_OBJECT"),
        ];
        if (tags.Count > 0) headers.Add(new("x-amz-tagging", S3Path.Query([.. tags.Select(tag => (tag.Key, (string?)tag.Value))])));
        var call = copy.Call("CreateMultipartUpload", HttpMethod.Post) with { Query = S3Path.Query(("uploads", "")), Headers = () => headers };
        return await s3.ChangeAsync(call, (_, document) => CopyCall.Text(document, "UploadId"), cancel);
    }

    private Task<string> CopyAsync(string upload, int part, CancellationToken cancel)
    {
        var query = S3Path.Query(("partNumber", (part + 1).ToString(CultureInfo.InvariantCulture)), ("uploadId", upload));
        var call = copy.Part(query, part * _partSize, Math.Min(size, (part + 1) * _partSize));
        return s3.ChangeAsync(call, (_, document) => CopyCall.ETagOf(document), cancel);
    }

    private Task<string> CompleteAsync(string upload, IReadOnlyList<string> etags, CancellationToken cancel)
    {
        var parts = etags.Select((etag, part) => new XElement(Namespace + "Part", new XElement(Namespace + "ETag", $"\"{etag}\""), new XElement(Namespace + "PartNumber", part + 1)));
        var call = copy.Call("CompleteMultipartUpload", HttpMethod.Post) with
        {
            Query = S3Path.Query(("uploadId", upload)),
            Headers = () => [new("x-amz-mp-object-size", size.ToString(CultureInfo.InvariantCulture))],
            Body = new XElement(Namespace + "CompleteMultipartUpload", parts).ToBody(),
        };
        return s3.ChangeAsync(call, (_, document) => CopyCall.ETagOf(document), cancel);
    }

    // Parts of an upload that is never completed cost as much as objects do, and no listing shows them.
    private async Task AbortAsync(string upload)
    {
        using var grace = new CancellationTokenSource(AbortGrace);
        try
        {
            await s3.ChangeAsync(copy.Call("AbortMultipartUpload", HttpMethod.Delete) with { Query = S3Path.Query(("uploadId", upload)) }, grace.Token);
        }
        catch (Exception exception) when (exception is Wire.ServiceException or OperationCanceledException or ObjectDisposedException)
        {
            // What failed before is what is told.
        }
    }
}
