using System.Xml;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>The calls by which S3 copies an object, or a stretch of it (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html"/>).</summary>
/// <param name="Source">The object.</param>
/// <param name="ETag">The ETag that it has to have; empty for any.</param>
/// <param name="Destination">Where it goes.</param>
internal sealed record CopyCall(ObjectPlace Source, string ETag, ObjectPlace Destination)
{
    // S3 answers when it is done, and gigabytes take it minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The storage class that the copy is to have; null for the one that S3 gives it.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The header that says so.</summary>
    public IEnumerable<KeyValuePair<string, string>> OfStorage => StorageClass is null ? [] : [new("x-amz-storage-class", StorageClass)];

    /// <summary>Copies it whole, with headers, metadata and tags.</summary>
    public S3Call Whole => Call("CopyObject", HttpMethod.Put) with
    {
        Headers = () => [.. OfSource(), new("x-amz-metadata-directive", "COPY"), new("x-amz-tagging-directive", "COPY"), .. OfStorage],
    };

    /// <summary>Copies its bytes and nothing else, and has S3 state their checksum.</summary>
    /// <param name="algorithm">The checksum's algorithm.</param>
    /// <param name="further">What is sent with it: what has to be in its place, and all that the copy is to have.</param>
    public S3Call Bytes(string algorithm, IEnumerable<KeyValuePair<string, string>> further) => Call("CopyObject", HttpMethod.Put) with
    {
        Headers = () => [.. OfSource(), new("x-amz-metadata-directive", "REPLACE"), new("x-amz-tagging-directive", "REPLACE"), new("x-amz-checksum-algorithm", algorithm), .. further],
    };

    /// <summary>Copies a stretch of it to a part of an upload.</summary>
    public S3Call Part(string query, long from, long to) => Call("UploadPartCopy", HttpMethod.Put) with
    {
        Query = query,
        Headers = () => [.. OfSource(), new("x-amz-copy-source-range", $"bytes={from}-{to - 1}")],
    };

    /// <summary>Any other call about the copy.</summary>
    public S3Call Call(string operation, HttpMethod method) => new()
    {
        Operation = operation,
        Method = method,
        Bucket = Destination.Bucket,
        Key = Destination.Key,
        Patience = Patience,
        Subject = $"{Source} → {Destination}",
    };

    /// <summary>The ETag in the answer to a copy.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public static string ETagOf(XElement answer) => Text(answer, "ETag").Trim('"');

    /// <summary>What the checksum of an algorithm is called in an answer.</summary>
    public static string ChecksumName(string algorithm) => "Checksum" + algorithm;

    /// <summary>A value in an answer.</summary>
    /// <exception cref="XmlException">It is not there.</exception>
    public static string Text(XElement answer, string name) =>
        answer.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? throw new XmlException($"<{answer.Name.LocalName}> has no {name}.");

    private IEnumerable<KeyValuePair<string, string>> OfSource()
    {
        yield return new("x-amz-copy-source", S3Path.Of(Source.Bucket, Source.Key) + (Source.VersionId is null ? "" : "?" + S3Path.Query(("versionId", Source.VersionId))));
        if (ETag.Length > 0) yield return new("x-amz-copy-source-if-match", $"\"{ETag}\"");
    }
}
