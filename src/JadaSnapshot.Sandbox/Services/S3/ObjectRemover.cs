using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>DeleteObject and DeleteObjects. Without a version id, a versioned bucket gets a delete marker.</summary>
internal static class ObjectRemover
{
    private const int MostKeys = 1_000;

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("DeleteObject", DeleteOne);
        operations.Add("DeleteObjects", DeleteMany);
    }

    private static SandboxResponse DeleteOne(S3Call call)
    {
        var bucket = call.Bucket;
        Outcome outcome;
        lock (bucket.Lock)
        {
            if (call.Request.Headers.IfMatch.Count > 0) Conditions.CheckWrite(call.Request.Headers, call.Key, bucket.Latest(call.Key));
            outcome = Delete(call, bucket, call.Key, call.Given("versionId"));
        }
        var headers = new List<KeyValuePair<string, string>>();
        if (outcome.IsMarker) headers.Add(new("x-amz-delete-marker", "true"));
        if (outcome.VersionId is { } id) headers.Add(new("x-amz-version-id", id));
        return new() { Status = 204, Headers = headers };
    }

    private static SandboxResponse DeleteMany(S3Call call)
    {
        var bucket = call.Bucket;
        if (Integrity.Check(call.Request) is null && call.Header("Content-MD5") is null)
            throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        var request = S3Xml.Read(call.Request.Body, "Delete");
        var keys = request.Children("Object").ToList();
        if (keys.Count is 0 or > MostKeys) throw S3Errors.MalformedXml();
        var quiet = request.Child("Quiet") == "true";
        return S3Xml.Response("DeleteResult", writer =>
        {
            var done = call.Request.IsHalved ? keys.Count / 2 : keys.Count;
            foreach (var named in keys.Skip(done)) WriteError(writer, named, "InternalError", "We encountered an internal error. Please try again.");
            foreach (var named in keys.Take(done))
            {
                var (key, id) = (named.Child("Key") ?? throw S3Errors.MalformedXml(), named.Child("VersionId"));
                Outcome outcome;
                try
                {
                    lock (bucket.Lock) outcome = Delete(call, bucket, key, id);
                }
                catch (SandboxException refusal)
                {
                    WriteError(writer, named, refusal.Code, refusal.Message);
                    continue;
                }
                if (quiet) continue;
                writer.WriteStartElement("Deleted");
                writer.WriteElementString("Key", key);
                writer.Optional("VersionId", id);
                if (outcome.IsMarker)
                {
                    writer.Element("DeleteMarker", true);
                    writer.WriteElementString("DeleteMarkerVersionId", outcome.VersionId);
                }
                writer.WriteEndElement();
            }
        });
    }

    private static void WriteError(XmlWriter writer, XElement named, string code, string message)
    {
        writer.WriteStartElement("Error");
        writer.WriteElementString("Key", named.Child("Key"));
        writer.Optional("VersionId", named.Child("VersionId"));
        writer.WriteElementString("Code", code);
        writer.WriteElementString("Message", message);
        writer.WriteEndElement();
    }

    private static Outcome Delete(S3Call call, Bucket bucket, string key, string? id)
    {
        if (id is not null) ObjectLocks.RequireUnlocked(call, bucket.Versions(key).FirstOrDefault(version => version.VersionId == id));
        if (id is not null) return new(id, bucket.Remove(key, id)?.IsDeleteMarker ?? false);
        if (bucket.Versioning is Versioning.Never)
        {
            bucket.Remove(key, "null");
            return default;
        }
        var marker = new ObjectVersion
        {
            Key = key,
            VersionId = bucket.Versioning is Versioning.Enabled ? call.Store.NewVersionId() : "null",
            IsDeleteMarker = true,
            LastModified = call.World.Now,
        };
        bucket.Add(marker);
        return new(marker.VersionId, true);
    }

    private readonly record struct Outcome(string? VersionId, bool IsMarker);
}
