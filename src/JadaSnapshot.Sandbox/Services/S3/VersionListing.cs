using System.Xml;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Listings of all versions and delete markers: keys in order, the newest version of each first.</summary>
internal static class VersionListing
{
    private const int MostVersions = 1_000;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations) => operations.Add("ListObjectVersions", List);

    private static SandboxResponse List(S3Call call)
    {
        var bucket = call.Bucket;
        var (keyMarker, versionMarker) = (call.Parameter("key-marker") ?? "", call.Given("version-id-marker"));
        if (versionMarker is not null && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker);
        var (prefix, delimiter) = (call.Parameter("prefix") ?? "", call.Given("delimiter"));
        var most = call.PageSize("max-keys", MostVersions);
        var encoding = new KeyEncoding(call);
        var (rows, truncated) = Read(bucket, prefix, delimiter, keyMarker, versionMarker, most);
        return S3Xml.Response("ListVersionsResult", writer =>
        {
            writer.WriteElementString("Name", bucket.Name);
            writer.WriteElementString("Prefix", encoding.Write(prefix));
            writer.WriteElementString("KeyMarker", encoding.Write(keyMarker));
            writer.WriteElementString("VersionIdMarker", versionMarker ?? "");
            if (truncated)
            {
                writer.WriteElementString("NextKeyMarker", encoding.Write(rows[^1].Name));
                writer.Optional("NextVersionIdMarker", rows[^1].Version?.VersionId);
            }
            writer.Element("MaxKeys", most);
            if (delimiter is not null) writer.WriteElementString("Delimiter", encoding.Write(delimiter));
            writer.Optional("EncodingType", encoding.Type);
            writer.Element("IsTruncated", truncated);
            foreach (var row in rows) Write(writer, row, encoding, call.Store.OwnerId);
        }, headers: [new("x-amz-bucket-region", bucket.Region)]);
    }

    private static (List<Row> Rows, bool Truncated) Read(Bucket bucket, string prefix, string? delimiter, string keyMarker, string? versionMarker, int most)
    {
        var rows = new List<Row>();
        if (most == 0) return (rows, false);
        lock (bucket.Lock)
        {
            if (versionMarker is not null)
                foreach (var row in RowsOf(bucket, keyMarker).SkipWhile(row => row.Version!.VersionId != versionMarker).Skip(1))
                {
                    if (rows.Count == most) return (rows, true);
                    rows.Add(row);
                }
            var isPrefix = delimiter is not null && versionMarker is null && keyMarker.EndsWith(delimiter, StringComparison.Ordinal);
            var index = KeyCursor.Start(bucket, prefix, new(keyMarker, isPrefix));
            while (index < bucket.KeyCount && bucket.KeyAt(index) is var key && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                var common = KeyCursor.CommonPrefix(key, prefix, delimiter);
                foreach (var row in common is null ? RowsOf(bucket, key) : [new(common, null, false)])
                {
                    if (rows.Count == most) return (rows, true);
                    rows.Add(row);
                }
                index = common is null ? index + 1 : KeyCursor.AfterPrefix(bucket, index, common);
            }
        }
        return (rows, false);
    }

    private static IEnumerable<Row> RowsOf(Bucket bucket, string key)
    {
        var versions = bucket.Versions(key);
        for (var i = versions.Count - 1; i >= 0; i--) yield return new(key, versions[i], i == versions.Count - 1);
    }

    private static void Write(XmlWriter writer, Row row, KeyEncoding encoding, string owner)
    {
        if (row.Version is not { } version)
        {
            writer.WriteStartElement("CommonPrefixes");
            writer.WriteElementString("Prefix", encoding.Write(row.Name));
            writer.WriteEndElement();
            return;
        }
        writer.WriteStartElement(version.IsDeleteMarker ? "DeleteMarker" : "Version");
        writer.WriteElementString("Key", encoding.Write(version.Key));
        writer.WriteElementString("VersionId", version.VersionId);
        writer.Element("IsLatest", row.IsLatest);
        writer.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
        if (!version.IsDeleteMarker)
        {
            writer.WriteElementString("ETag", $"\"{version.ETag}\"");
            writer.Optional("ChecksumAlgorithm", version.Checksum?.Algorithm);
            writer.Optional("ChecksumType", version.Checksum?.Type);
            writer.Element("Size", version.Size);
            writer.WriteElementString("StorageClass", version.Headers.StorageClass);
        }
        writer.Owner(owner);
        writer.WriteEndElement();
    }

    private readonly record struct Row(string Name, ObjectVersion? Version, bool IsLatest);
}
