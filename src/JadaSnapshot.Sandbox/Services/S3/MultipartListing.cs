using System.Globalization;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Listings of uploads that are under way, and of their parts.</summary>
internal static class MultipartListing
{
    private const int MostRows = 1_000;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("ListParts", ListParts);
        operations.Add("ListMultipartUploads", ListUploads);
    }

    private static SandboxResponse ListParts(S3Call call)
    {
        var bucket = call.Bucket;
        var upload = MultipartOperations.Find(call, bucket);
        var most = call.PageSize("max-parts", MostRows);
        var marker = int.TryParse(call.Given("part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        List<UploadedPart> rest;
        lock (bucket.Lock) rest = [.. upload.Parts.Values.Where(part => part.Number > marker).Take(most + 1)];
        var page = rest.Take(most).ToList();
        return S3Xml.Response("ListPartsResult", writer =>
        {
            writer.WriteElementString("Bucket", bucket.Name);
            writer.WriteElementString("Key", upload.Key);
            writer.WriteElementString("UploadId", upload.Id);
            writer.Owner(call.Store.OwnerId, "Initiator");
            writer.Owner(call.Store.OwnerId);
            writer.WriteElementString("StorageClass", upload.Headers.StorageClass);
            writer.Element("PartNumberMarker", marker);
            writer.Element("NextPartNumberMarker", page.Count > 0 ? page[^1].Number : 0);
            writer.Element("MaxParts", most);
            writer.Element("IsTruncated", rest.Count > most);
            writer.Optional("ChecksumAlgorithm", upload.Algorithm);
            if (upload.Algorithm is not null) writer.WriteElementString("ChecksumType", upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
            foreach (var part in page)
            {
                writer.WriteStartElement("Part");
                writer.Element("PartNumber", part.Number);
                writer.WriteElementString("LastModified", S3Xml.Instant(part.LastModified));
                writer.WriteElementString("ETag", $"\"{part.ETag}\"");
                writer.Element("Size", part.Size);
                if (upload.Algorithm is not null) writer.WriteElementString("Checksum" + part.Checksum.Algorithm, part.Checksum.Value);
                writer.WriteEndElement();
            }
        });
    }

    private static SandboxResponse ListUploads(S3Call call)
    {
        var bucket = call.Bucket;
        var (keyMarker, idMarker) = (call.Parameter("key-marker") ?? "", call.Given("upload-id-marker"));
        var (prefix, delimiter) = (call.Parameter("prefix") ?? "", call.Given("delimiter"));
        var most = call.PageSize("max-uploads", MostRows);
        var encoding = new KeyEncoding(call);
        List<MultipartUpload> uploads;
        lock (bucket.Lock)
            uploads = [.. bucket.Uploads.Values.Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(upload => upload.Key, Utf8Order.Instance).ThenBy(upload => upload.Id, StringComparer.Ordinal)];
        var rows = uploads
            .Where(upload => Utf8Order.Instance.Compare(upload.Key, keyMarker) is var order && (order > 0 || order == 0 && idMarker is not null && string.CompareOrdinal(upload.Id, idMarker) > 0))
            .Select(upload => (Upload: upload, Common: KeyCursor.CommonPrefix(upload.Key, prefix, delimiter)))
            .Where(row => row.Common is null || row.Common != keyMarker)
            .DistinctBy(row => row.Common ?? row.Upload.Key + "\0" + row.Upload.Id)
            .Take(most + 1).ToList();
        var truncated = rows.Count > most;
        if (truncated) rows.RemoveAt(most);
        return S3Xml.Response("ListMultipartUploadsResult", writer =>
        {
            writer.WriteElementString("Bucket", bucket.Name);
            writer.WriteElementString("KeyMarker", encoding.Write(keyMarker));
            writer.WriteElementString("UploadIdMarker", idMarker ?? "");
            if (truncated && rows.Count > 0)
            {
                writer.WriteElementString("NextKeyMarker", encoding.Write(rows[^1].Common ?? rows[^1].Upload.Key));
                writer.WriteElementString("NextUploadIdMarker", rows[^1].Common is null ? rows[^1].Upload.Id : "");
            }
            writer.WriteElementString("Prefix", encoding.Write(prefix));
            if (delimiter is not null) writer.WriteElementString("Delimiter", encoding.Write(delimiter));
            writer.Optional("EncodingType", encoding.Type);
            writer.Element("MaxUploads", most);
            writer.Element("IsTruncated", truncated);
            foreach (var (upload, common) in rows.Where(row => row.Common is null))
            {
                writer.WriteStartElement("Upload");
                writer.WriteElementString("Key", encoding.Write(upload.Key));
                writer.WriteElementString("UploadId", upload.Id);
                writer.Owner(call.Store.OwnerId, "Initiator");
                writer.Owner(call.Store.OwnerId);
                writer.WriteElementString("StorageClass", upload.Headers.StorageClass);
                writer.WriteElementString("Initiated", S3Xml.Instant(upload.Started));
                writer.Optional("ChecksumAlgorithm", upload.Algorithm);
                writer.WriteEndElement();
            }
            foreach (var (_, common) in rows.Where(row => row.Common is not null))
            {
                writer.WriteStartElement("CommonPrefixes");
                writer.WriteElementString("Prefix", encoding.Write(common!));
                writer.WriteEndElement();
            }
        });
    }
}
