using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Xml;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>A version of an object, or a delete marker, as a listing shows it.</summary>
internal sealed record ListedVersion
{
    /// <summary>The exact key.</summary>
    public required string Key { get; init; }

    /// <summary>The version id; <c>null</c> in letters for one that was written while the bucket was not versioned.</summary>
    public required string VersionId { get; init; }

    /// <summary>Whether it is the object's current version.</summary>
    public required bool IsLatest { get; init; }

    /// <summary>Whether it says that the object was deleted.</summary>
    public required bool IsDeleteMarker { get; init; }

    /// <summary>The ETag, without the quotes; a delete marker has none.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The size in bytes; a delete marker has none.</summary>
    public long? Size { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The storage class; a delete marker has none.</summary>
    public string? StorageClass { get; init; }
}

/// <summary>Reads listings of versions page by page (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html"/>).</summary>
internal static class VersionListing
{
    /// <summary>All versions and delete markers of a bucket whose keys begin so, in the binary order of their keys, the newest of each first.</summary>
    public static async IAsyncEnumerable<ListedVersion> ListVersionsAsync(this S3Client s3, string bucket, [EnumeratorCancellation] CancellationToken cancel, string prefix = "")
    {
        var (key, version) = ((string?)null, (string?)null);
        do
        {
            var query = S3Path.Query(("versions", ""), ("encoding-type", "url"), ("max-keys", "1000"), ("key-marker", key), ("version-id-marker", version), ("prefix", prefix.Length == 0 ? null : prefix));
            (var versions, key, version) = await s3.GetDocumentAsync(new() { Operation = "ListObjectVersions", Bucket = bucket, Query = query }, Read, cancel);
            foreach (var listed in versions) yield return listed;
        }
        while (key is not null);
    }

    private static (List<ListedVersion> Versions, string? NextKey, string? NextVersion) Read(byte[] page)
    {
        List<ListedVersion> versions = new(1000);
        var (key, version, truncated) = ((string?)null, (string?)null, false);
        using var reader = XmlReader.Create(new MemoryStream(page), ListingDocument.Reading);
        reader.MoveToContent();
        if (reader.LocalName != "ListVersionsResult") throw new XmlException($"A listing of versions was expected, and <{reader.LocalName}> came.");
        reader.Read();
        while (!reader.EOF)
        {
            if (reader.NodeType != XmlNodeType.Element) reader.Read();
            else switch (reader.LocalName)
            {
                case "Version" or "DeleteMarker": versions.Add(ReadVersion(reader)); break;
                case "NextKeyMarker": key = ListingDocument.Unescape(reader.ReadElementContentAsString()); break;
                case "NextVersionIdMarker": version = reader.ReadElementContentAsString(); break;
                case "IsTruncated": truncated = reader.ReadElementContentAsString() == "true"; break;
                default: reader.Skip(); break;
            }
        }
        if (truncated && key is null) throw new XmlException("A listing of versions says that it goes on, and not where.");
        return truncated ? (versions, key, version is { Length: > 0 } ? version : null) : (versions, null, null);
    }

    private static ListedVersion ReadVersion(XmlReader reader)
    {
        ListedVersion version = new() { Key = "", VersionId = "null", IsLatest = false, IsDeleteMarker = reader.LocalName == "DeleteMarker", LastModified = default };
        reader.Read();
        while (reader.NodeType == XmlNodeType.Element)
            switch (reader.LocalName)
            {
                case "Key": version = version with { Key = ListingDocument.Unescape(reader.ReadElementContentAsString()) }; break;
                case "VersionId": version = version with { VersionId = reader.ReadElementContentAsString() }; break;
                case "IsLatest": version = version with { IsLatest = reader.ReadElementContentAsString() == "true" }; break;
                case "ETag": version = version with { ETag = reader.ReadElementContentAsString().Trim('"') }; break;
                case "Size": version = version with { Size = reader.ReadElementContentAsLong() }; break;
                case "LastModified": version = version with { LastModified = ListingDocument.Time(reader.ReadElementContentAsString()) }; break;
                case "StorageClass": version = version with { StorageClass = reader.ReadElementContentAsString() }; break;
                default: reader.Skip(); break;
            }
        reader.ReadEndElement();
        return version;
    }
}
