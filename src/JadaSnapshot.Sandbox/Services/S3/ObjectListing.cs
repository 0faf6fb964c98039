using System.Xml;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Listings of current objects, old and new.</summary>
internal static class ObjectListing
{
    private const int MostKeys = 1_000;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("ListObjectsV2", List);
        operations.Add("ListObjects", ListOld);
    }

    private static SandboxResponse List(S3Call call)
    {
        var bucket = call.Bucket;
        var token = call.Given("continuation-token");
        var startAfter = call.Given("start-after");
        var after = token is null ? new(startAfter ?? "", false) : ListingToken.Read(token);
        var page = Read(call, bucket, after);
        return page.Response(bucket, writer =>
        {
            writer.Optional("ContinuationToken", token);
            if (page.IsTruncated) writer.WriteElementString("NextContinuationToken", page.Last.ToString());
            if (startAfter is not null) writer.WriteElementString("StartAfter", page.Encoding.Write(startAfter));
            writer.Element("KeyCount", page.Versions.Count + page.Prefixes.Count);
        }, owner: call.Parameter("fetch-owner") == "true" ? call.Store.OwnerId : null);
    }

    private static SandboxResponse ListOld(S3Call call)
    {
        var bucket = call.Bucket;
        var marker = call.Parameter("marker") ?? "";
        var delimiter = call.Given("delimiter");
        var page = Read(call, bucket, new(marker, delimiter is not null && marker.EndsWith(delimiter, StringComparison.Ordinal)));
        return page.Response(bucket, writer =>
        {
            writer.WriteElementString("Marker", page.Encoding.Write(marker));
            if (page.IsTruncated && delimiter is not null) writer.WriteElementString("NextMarker", page.Encoding.Write(page.Last.Name));
        }, owner: call.Store.OwnerId);
    }

    private static Page Read(S3Call call, Bucket bucket, ListingToken after)
    {
        var page = new Page(call.Parameter("prefix") ?? "", call.Given("delimiter"), call.PageSize("max-keys", MostKeys), new KeyEncoding(call));
        if (page.Most == 0) return page;
        lock (bucket.Lock)
        {
            var index = KeyCursor.Start(bucket, page.Prefix, after);
            while (index < bucket.KeyCount && bucket.KeyAt(index) is var key && key.StartsWith(page.Prefix, StringComparison.Ordinal))
            {
                var common = KeyCursor.CommonPrefix(key, page.Prefix, page.Delimiter);
                var next = common is null ? index + 1 : KeyCursor.AfterPrefix(bucket, index, common);
                if (FirstCurrent(bucket, index, next) is { } version)
                {
                    if (page.Versions.Count + page.Prefixes.Count == page.Most) return page with { IsTruncated = true };
                    if (common is null) page.Versions.Add(version);
                    else page.Prefixes.Add(common);
                    page = page with { Last = new(common ?? key, common is not null) };
                }
                index = next;
            }
        }
        return page;
    }

    private static ObjectVersion? FirstCurrent(Bucket bucket, int from, int to)
    {
        for (var i = from; i < to; i++)
            if (bucket.Latest(bucket.KeyAt(i)) is { IsDeleteMarker: false } version)
                return version;
        return null;
    }

    private sealed record Page(string Prefix, string? Delimiter, int Most, KeyEncoding Encoding)
    {
        public List<ObjectVersion> Versions { get; } = [];
        public List<string> Prefixes { get; } = [];
        public bool IsTruncated { get; init; }
        public ListingToken Last { get; init; }

        public SandboxResponse Response(Bucket bucket, Action<XmlWriter> own, string? owner) => S3Xml.Response("ListBucketResult", writer =>
        {
            writer.WriteElementString("Name", bucket.Name);
            writer.WriteElementString("Prefix", Encoding.Write(Prefix));
            if (Delimiter is not null) writer.WriteElementString("Delimiter", Encoding.Write(Delimiter));
            writer.Element("MaxKeys", Most);
            writer.Optional("EncodingType", Encoding.Type);
            own(writer);
            writer.Element("IsTruncated", IsTruncated);
            foreach (var version in Versions) Write(writer, version, owner);
            foreach (var prefix in Prefixes)
            {
                writer.WriteStartElement("CommonPrefixes");
                writer.WriteElementString("Prefix", Encoding.Write(prefix));
                writer.WriteEndElement();
            }
        }, headers: [new("x-amz-bucket-region", bucket.Region)]);

        private void Write(XmlWriter writer, ObjectVersion version, string? owner)
        {
            writer.WriteStartElement("Contents");
            writer.WriteElementString("Key", Encoding.Write(version.Key));
            writer.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
            writer.WriteElementString("ETag", $"\"{version.ETag}\"");
            writer.Optional("ChecksumAlgorithm", version.Checksum?.Algorithm);
            writer.Optional("ChecksumType", version.Checksum?.Type);
            writer.Element("Size", version.Size);
            if (owner is not null) writer.Owner(owner);
            writer.WriteElementString("StorageClass", version.Headers.StorageClass);
            writer.WriteEndElement();
        }
    }
}
