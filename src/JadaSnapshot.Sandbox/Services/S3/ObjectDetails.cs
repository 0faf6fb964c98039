using System.Globalization;
using System.Xml;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>What is said of an object beside its bytes: tags, access control list, attributes, restoration from an archive.</summary>
internal static class ObjectDetails
{
    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("GetObjectTagging", GetTags);
        operations.Add("PutObjectTagging", call => SetTags(call, ObjectTags.FromDocument(S3Xml.Read(call.Request.Body, "Tagging")), 200));
        operations.Add("DeleteObjectTagging", call => SetTags(call, [], 204));
        operations.Add("GetObjectAcl", GetAcl);
        operations.Add("PutObjectAcl", PutAcl);
        operations.Add("GetObjectAttributes", Attributes);
        operations.Add("RestoreObject", Restore);
    }

    private static SandboxResponse GetTags(S3Call call)
    {
        var (bucket, version) = Find(call);
        return S3Xml.Response("Tagging", writer =>
        {
            writer.WriteStartElement("TagSet");
            foreach (var (key, value) in version.Tags)
            {
                writer.WriteStartElement("Tag");
                writer.WriteElementString("Key", key);
                writer.WriteElementString("Value", value);
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
        }, headers: VersionHeader(bucket, version));
    }

    private static SandboxResponse SetTags(S3Call call, IReadOnlyList<KeyValuePair<string, string>> tags, int status)
    {
        Integrity.Check(call.Request);
        var (bucket, version) = Change(call, version => version with { Tags = tags });
        return new() { Status = status, Headers = VersionHeader(bucket, version) };
    }

    private static SandboxResponse GetAcl(S3Call call)
    {
        var (bucket, version) = Find(call);
        return new() { ContentType = "application/xml", Body = version.Acl ?? CannedAcl.Private(call.Store.OwnerId), Headers = VersionHeader(bucket, version) };
    }

    private static SandboxResponse PutAcl(S3Call call)
    {
        Integrity.Check(call.Request);
        var acl = call.Request.Body.IsEmpty ? CannedAcl.Document(call) : call.Request.Body.ToArray();
        S3Xml.Read(acl, "AccessControlPolicy");
        var bucket = call.Bucket;
        lock (bucket.Lock)
            if (SubResourceRules.IsOwnerEnforced(bucket))
                throw new SandboxException(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        Change(call, version => version with { Acl = acl });
        return new();
    }

    private static SandboxResponse Restore(S3Call call)
    {
        var days = call.Request.Body.IsEmpty ? 1 : int.TryParse(S3Xml.Read(call.Request.Body, "RestoreRequest").Child("Days"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        var wasRestored = false;
        Change(call, version =>
        {
            if (!version.Headers.IsArchived)
                throw new SandboxException(403, "InvalidObjectState", "Restore is not allowed for the object's current storage class") { Details = [new("StorageClass", version.Headers.StorageClass)] };
            wasRestored = version.RestoredUntil > call.World.Now;
            return version with { RestoredUntil = call.World.Now.AddDays(days) };
        });
        return new() { Status = wasRestored ? 200 : 202 };
    }

    private static SandboxResponse Attributes(S3Call call)
    {
        var (bucket, version) = Find(call);
        CustomerKeys.Check(call, version);
        var wanted = (call.Header("x-amz-object-attributes") ?? throw S3Errors.InvalidArgument("The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty", "x-amz-object-attributes", ""))
            .Split(',', StringSplitOptions.TrimEntries);
        return S3Xml.Response("GetObjectAttributesResponse", writer =>
        {
            if (wanted.Contains("ETag")) writer.WriteElementString("ETag", version.ETag);
            if (wanted.Contains("Checksum") && version.Checksum is { } checksum)
            {
                writer.WriteStartElement("Checksum");
                writer.WriteElementString("Checksum" + checksum.Algorithm, checksum.Value);
                writer.WriteElementString("ChecksumType", checksum.Type);
                writer.WriteEndElement();
            }
            if (wanted.Contains("ObjectParts") && version.Parts.Count > 0) WriteParts(call, writer, version.Parts);
            if (wanted.Contains("StorageClass")) writer.WriteElementString("StorageClass", version.Headers.StorageClass);
            if (wanted.Contains("ObjectSize")) writer.Element("ObjectSize", version.Size);
        }, headers: [new("Last-Modified", version.LastModified.ToString("R", CultureInfo.InvariantCulture)), .. VersionHeader(bucket, version)]);
    }

    private static void WriteParts(S3Call call, XmlWriter writer, IReadOnlyList<ObjectPart> parts)
    {
        var most = int.TryParse(call.Header("x-amz-max-parts"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, 1_000) : 1_000;
        var marker = int.TryParse(call.Header("x-amz-part-number-marker"), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var page = parts.Where(part => part.Number > marker).Take(most).ToList();
        writer.WriteStartElement("ObjectParts");
        writer.Element("PartsCount", parts.Count);
        writer.Element("PartNumberMarker", marker);
        writer.Element("NextPartNumberMarker", page.Count > 0 ? page[^1].Number : 0);
        writer.Element("MaxParts", most);
        writer.Element("IsTruncated", page.Count > 0 && page[^1].Number < parts[^1].Number);
        foreach (var part in page.Where(part => part.Checksum is not null))
        {
            writer.WriteStartElement("Part");
            writer.Element("PartNumber", part.Number);
            writer.Element("Size", part.Size);
            writer.WriteElementString("Checksum" + part.Checksum!.Algorithm, part.Checksum.Value);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static (Bucket Bucket, ObjectVersion Version) Find(S3Call call)
    {
        var bucket = call.Bucket;
        lock (bucket.Lock) return (bucket, call.Version(bucket));
    }

    private static (Bucket Bucket, ObjectVersion Version) Change(S3Call call, Func<ObjectVersion, ObjectVersion> change)
    {
        var bucket = call.Bucket;
        lock (bucket.Lock)
        {
            var version = change(call.Version(bucket));
            bucket.Replace(version);
            return (bucket, version);
        }
    }

    private static KeyValuePair<string, string>[] VersionHeader(Bucket bucket, ObjectVersion version) =>
        bucket.Versioning is Versioning.Never ? [] : [new("x-amz-version-id", version.VersionId)];
}
