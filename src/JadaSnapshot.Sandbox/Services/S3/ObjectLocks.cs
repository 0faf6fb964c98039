using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Object Lock: retention and legal holds of object versions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html</remarks>
internal static class ObjectLocks
{
    private const string Mode = "x-amz-object-lock-mode";
    private const string Until = "x-amz-object-lock-retain-until-date";
    private const string Hold = "x-amz-object-lock-legal-hold";
    private static readonly string[] Names = [Mode, Until, Hold];

    public static void AddTo(Dictionary<string, Func<S3Call, SandboxResponse>> operations)
    {
        operations.Add("GetObjectRetention", GetRetention);
        operations.Add("PutObjectRetention", PutRetention);
        operations.Add("GetObjectLegalHold", GetHold);
        operations.Add("PutObjectLegalHold", PutHold);
    }

    /// <summary>Has a new bucket keep versions and take locks.</summary>
    public static void Enable(Bucket bucket)
    {
        bucket.Versioning = Versioning.Enabled;
        bucket.Documents[("versioning", "")] = S3Xml.Document("VersioningConfiguration", writer => writer.WriteElementString("Status", "Enabled"));
        bucket.Documents[("object-lock", "")] = S3Xml.Document("ObjectLockConfiguration", writer => writer.WriteElementString("ObjectLockEnabled", "Enabled"));
    }

    /// <summary>What an object is put with, checked; where it says nothing of retention, that of the bucket.</summary>
    public static ObjectHeaders Applied(S3Call call, Bucket bucket, ObjectHeaders headers)
    {
        var configuration = ConfigurationOf(bucket);
        if (Names.Any(name => Value(headers, name) is not null))
        {
            if (configuration is null) throw MissingConfiguration();
            Check(call, Value(headers, Mode), Value(headers, Until), Value(headers, Hold));
        }
        if (Value(headers, Mode) is not null || configuration?.Children("Rule").SelectMany(rule => rule.Children("DefaultRetention")).FirstOrDefault() is not { } rule) return headers;
        var until = Number(rule, "Years") is { } years ? call.World.Now.AddYears(years) : call.World.Now.AddDays(Number(rule, "Days") ?? 0);
        return With(headers, [new(Mode, rule.Child("Mode")!), new(Until, Text(until))]);
    }

    /// <summary>Who locks what is sent has to say what is sent.</summary>
    public static void RequireDigest(S3Call call, ObjectHeaders headers, bool hasChecksum)
    {
        if (!hasChecksum && call.Header("Content-MD5") is null && Names.Any(name => Value(headers, name) is not null))
            throw S3Errors.InvalidRequest("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters");
    }

    /// <exception cref="SandboxException">The version is locked.</exception>
    public static void RequireUnlocked(S3Call call, ObjectVersion? version)
    {
        if (version is null or { IsDeleteMarker: true }) return;
        if (Value(version.Headers, Hold) == "ON" || (IsRetained(version.Headers, call.World.Now) && !(Value(version.Headers, Mode) == "GOVERNANCE" && Bypasses(call))))
            throw new SandboxException(403, "AccessDenied", "Access Denied because object protected by object lock.");
    }

    private static SandboxResponse GetRetention(S3Call call)
    {
        var version = Find(call);
        if (Value(version.Headers, Mode) is not { } mode) throw NotSet();
        return S3Xml.Response("Retention", writer =>
        {
            writer.WriteElementString("Mode", mode);
            writer.WriteElementString("RetainUntilDate", Value(version.Headers, Until));
        });
    }

    private static SandboxResponse PutRetention(S3Call call)
    {
        RequireBody(call);
        var asked = S3Xml.Read(call.Request.Body, "Retention");
        var (mode, until) = (asked.Child("Mode"), asked.Child("RetainUntilDate"));
        if (mode is not null || until is not null) Check(call, mode, until, null);
        return Change(call, version =>
        {
            var isShortened = mode is null || Time(until!) < Time(Value(version.Headers, Until) ?? Text(DateTimeOffset.MinValue)) || (Value(version.Headers, Mode) == "COMPLIANCE" && mode != "COMPLIANCE");
            if (isShortened && IsRetained(version.Headers, call.World.Now) && !(Value(version.Headers, Mode) == "GOVERNANCE" && Bypasses(call)))
                throw new SandboxException(403, "AccessDenied", "Access Denied because object protected by object lock.");
            return version with { Headers = With(version.Headers, mode is null ? [] : [new(Mode, mode), new(Until, until!)], Mode, Until) };
        });
    }

    private static SandboxResponse GetHold(S3Call call)
    {
        var version = Find(call);
        return Value(version.Headers, Hold) is { } status ? S3Xml.Response("LegalHold", writer => writer.WriteElementString("Status", status)) : throw NotSet();
    }

    private static SandboxResponse PutHold(S3Call call)
    {
        RequireBody(call);
        var status = S3Xml.Read(call.Request.Body, "LegalHold").Child("Status") ?? throw S3Errors.MalformedXml();
        Check(call, null, null, status);
        return Change(call, version => version with { Headers = With(version.Headers, [new(Hold, status)], Hold) });
    }

    private static void RequireBody(S3Call call)
    {
        if (Integrity.Check(call.Request) is null && call.Header("Content-MD5") is null) throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }

    private static void Check(S3Call call, string? mode, string? until, string? hold)
    {
        if (mode is null != until is null)
            throw S3Errors.InvalidArgument($"{Until} and {Mode} must both be supplied", mode is null ? Mode : Until, "");
        if (mode is not (null or "GOVERNANCE" or "COMPLIANCE")) throw S3Errors.InvalidArgument("Unknown wormMode directive.", Mode, mode);
        if (hold is not (null or "ON" or "OFF")) throw S3Errors.InvalidArgument("Legal Hold must be either of 'ON' or 'OFF'", Hold, hold);
        if (until is null) return;
        if (Time(until) is not { } time) throw S3Errors.InvalidArgument("The retain until date must be provided in ISO 8601 format", Until, until);
        if (time <= call.World.Now) throw S3Errors.InvalidArgument("The retain until date must be in the future!", Until, until);
    }

    private static ObjectVersion Find(S3Call call)
    {
        var bucket = call.Bucket;
        if (ConfigurationOf(bucket) is null) throw MissingConfiguration();
        lock (bucket.Lock) return call.Version(bucket);
    }

    private static SandboxResponse Change(S3Call call, Func<ObjectVersion, ObjectVersion> change)
    {
        var bucket = call.Bucket;
        if (ConfigurationOf(bucket) is null) throw MissingConfiguration();
        lock (bucket.Lock) bucket.Replace(change(call.Version(bucket)));
        return new();
    }

    private static XElement? ConfigurationOf(Bucket bucket)
    {
        byte[]? document;
        lock (bucket.Lock) document = bucket.Documents.GetValueOrDefault(("object-lock", ""));
        return document is null ? null : S3Xml.Read(document, "ObjectLockConfiguration");
    }

    private static ObjectHeaders With(ObjectHeaders headers, KeyValuePair<string, string>[] fields, params string[] without) =>
        headers with { Fields = [.. headers.Fields.Where(field => !without.Contains(field.Key)), .. fields] };

    private static bool IsRetained(ObjectHeaders headers, DateTimeOffset now) => Value(headers, Until) is { } until && Time(until) > now;

    private static bool Bypasses(S3Call call) => call.Header("x-amz-bypass-governance-retention")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    private static string? Value(ObjectHeaders headers, string name) => headers.Fields.FirstOrDefault(field => field.Key == name).Value;

    private static int? Number(XElement rule, string name) => int.TryParse(rule.Child(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static SandboxException MissingConfiguration() => S3Errors.InvalidRequest("Bucket is missing Object Lock Configuration");

    private static SandboxException NotSet() => new(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration");
}
