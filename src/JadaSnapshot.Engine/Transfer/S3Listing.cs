using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object as a listing shows it.</summary>
/// <param name="Key">The exact key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">The ETag, without the quotes.</param>
/// <param name="LastModified">When it was written (UTC).</param>
/// <param name="StorageClass">Its storage class.</param>
/// <param name="VersionId">Its version, where the listing is one of versions; null for the current one.</param>
internal sealed record ListedObject(string Key, long Size, string ETag, DateTimeOffset LastModified, string StorageClass, string? VersionId = null);

/// <summary>A bucket as a listing shows it.</summary>
internal readonly record struct ListedBucket(string Name, string Region, DateTimeOffset? CreatedAt);

/// <summary>Reads S3's listings page by page.</summary>
internal static class S3Listing
{
    internal static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };

    /// <summary>All buckets of the account, with their regions.</summary>
    public static async IAsyncEnumerable<ListedBucket> ListBucketsAsync(this S3Client s3, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? continuation = null;
        do
        {
            var page = await s3.GetDocumentAsync(new() { Operation = "ListBuckets", Query = S3Path.Query(("max-buckets", "1000"), ("continuation-token", continuation)) }, cancel);
            var (buckets, next) = ReadBuckets(page, s3);
            continuation = next;
            foreach (var bucket in buckets)
            {
                s3.Learn(bucket.Name, bucket.Region);
                yield return bucket;
            }
        }
        while (continuation is not null);
    }

    /// <summary>All current objects of a bucket, in the binary order of their keys.</summary>
    public static async IAsyncEnumerable<ListedObject> ListObjectsAsync(this S3Client s3, string bucket, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in s3.ListObjectPagesAsync(bucket, cancel))
            foreach (var listed in page) yield return listed;
    }

    /// <summary>The same page by page, a call each.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ListedObject>> ListObjectPagesAsync(this S3Client s3, string bucket, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? continuation = null;
        do
        {
            var query = S3Path.Query(("list-type", "2"), ("encoding-type", "url"), ("max-keys", "1000"), ("continuation-token", continuation));
            var page = await s3.GetDocumentAsync(new() { Operation = "ListObjectsV2", Bucket = bucket, Query = query }, cancel);
            (var objects, continuation) = ReadObjects(page);
            yield return objects;
        }
        while (continuation is not null);
    }

    private static (List<ListedBucket>, string?) ReadBuckets(byte[] page, S3Client s3)
    {
        List<ListedBucket> buckets = [];
        string? next = null;
        using var reader = XmlReader.Create(new MemoryStream(page), Reading);
        reader.MoveToContent();
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Bucket")
            {
                var fields = Fields(reader);
                buckets.Add(new(
                    fields.GetValueOrDefault("Name", ""),
                    fields.GetValueOrDefault("BucketRegion") is { Length: > 0 } region ? region : s3.RegionOf(fields.GetValueOrDefault("Name")),
                    fields.TryGetValue("CreationDate", out var created) ? Time(created) : null));
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "ContinuationToken") next = reader.ReadElementContentAsString();
            else reader.Read();
        }
        return (buckets, next is { Length: > 0 } ? next : null);
    }

    private static (List<ListedObject>, string?) ReadObjects(byte[] page)
    {
        List<ListedObject> objects = new(1000);
        string? next = null;
        var truncated = false;
        using var reader = XmlReader.Create(new MemoryStream(page), Reading);
        reader.MoveToContent();
        if (reader.LocalName != "ListBucketResult") throw new XmlException($"A listing was expected, and <{reader.LocalName}> came.");
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element) reader.Read();
            else switch (reader.LocalName)
            {
                case "Contents": objects.Add(ReadObject(reader)); break;
                case "NextContinuationToken": next = reader.ReadElementContentAsString(); break;
                case "IsTruncated": truncated = reader.ReadElementContentAsString() == "true"; break;
                default: reader.Skip(); break;
            }
        }
        if (truncated && next is null) throw new XmlException("A listing says that it goes on, and not where.");
        return (objects, truncated ? next : null);
    }

    private static ListedObject ReadObject(XmlReader reader)
    {
        string key = "", etag = "", storageClass = "STANDARD";
        long size = 0;
        DateTimeOffset modified = default;
        reader.Read();
        while (reader.NodeType == XmlNodeType.Element)
            switch (reader.LocalName)
            {
                case "Key": key = Unescape(reader.ReadElementContentAsString()); break;
                case "Size": size = reader.ReadElementContentAsLong(); break;
                case "ETag": etag = reader.ReadElementContentAsString().Trim('"'); break;
                case "LastModified": modified = Time(reader.ReadElementContentAsString()); break;
                case "StorageClass": storageClass = reader.ReadElementContentAsString(); break;
                default: reader.Skip(); break;
            }
        reader.ReadEndElement();
        return new(key, size, etag, modified, storageClass);
    }

    private static Dictionary<string, string> Fields(XmlReader reader)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        reader.Read();
        while (reader.NodeType == XmlNodeType.Element)
        {
            var name = reader.LocalName;
            fields[name] = reader.ReadElementContentAsString();
        }
        reader.ReadEndElement();
        return fields;
    }

    // With encoding-type=url a blank comes as a plus sign.
    internal static string Unescape(string key) => key.AsSpan().IndexOfAny('%', '+') < 0 ? key : Uri.UnescapeDataString(key.Replace('+', ' '));

    internal static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
