using System.Globalization;
using System.Xml;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Reads the documents of which listings are made.</summary>
internal static class ListingDocument
{
    public static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };

    public static (List<ListedBucket>, string?) ReadBuckets(byte[] page, S3Client s3)
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

    public static ListedPage ReadObjects(byte[] page)
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
        return new(objects, truncated ? next : null);
    }

    /// <summary>The common prefixes of a listing by slashes, and with what it goes on.</summary>
    public static (List<string>, string?) ReadFolders(byte[] page)
    {
        var root = page.ToXml();
        return ([.. root.Elements().Where(element => element.Name.LocalName == "CommonPrefixes").Select(folder => Unescape(CopyCall.Text(folder, "Prefix")))],
            CopyCall.Text(root, "IsTruncated") == "true" ? CopyCall.Text(root, "NextContinuationToken") : null);
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
    public static string Unescape(string key) => key.AsSpan().IndexOfAny('%', '+') < 0 ? key : Uri.UnescapeDataString(key.Replace('+', ' '));

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
