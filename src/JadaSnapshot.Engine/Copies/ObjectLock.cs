using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>S3's locks on objects (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"/>): with what an object is put, and how one that is there is locked for longer.</summary>
internal sealed class ObjectLock(S3Client s3, CopyLock wanted)
{
    private const string ModeHeader = "x-amz-object-lock-mode";
    private const string UntilHeader = "x-amz-object-lock-retain-until-date";
    private const string HoldHeader = "x-amz-object-lock-legal-hold";
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>With what an object is put.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            if (wanted.Until is { } until) foreach (var header in (KeyValuePair<string, string>[])[new(ModeHeader, Mode), new(UntilHeader, Text(until))]) yield return header;
            if (wanted.LegalHold) yield return new(HoldHeader, "ON");
        }
    }

    private string Mode => wanted.Mode == RetentionMode.Compliance ? "COMPLIANCE" : "GOVERNANCE";

    /// <summary>Makes sure that the bucket takes locks, where the caller may know.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.NoObjectLock"/>: it takes none.</exception>
    public async Task RequireAsync(string bucket, CancellationToken cancel)
    {
        try
        {
            await s3.GetDocumentAsync(new() { Operation = "GetObjectLockConfiguration", Bucket = bucket, Query = S3Path.Query(("object-lock", "")) }, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "ObjectLockConfigurationNotFoundError")
        {
            throw new StoreException(StoreFault.NoObjectLock, $"The bucket {bucket} has no Object Lock, so nothing in it can be locked. Enable it (it needs versioning), or copy to another bucket.", exception);
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.Denied)
        {
            // What is put with a lock says whether it may be.
        }
    }

    /// <summary>Locks an object that is there as those are that are put, where it is not locked as long or as hard. No lock is ever shortened.</summary>
    public async Task ProlongAsync(ObjectPlace place, ObjectRecord there, CancellationToken cancel)
    {
        if (wanted.Until is { } until && !IsLocked(there, until))
            await ChangeAsync("PutObjectRetention", "retention", place, new(Namespace + "Retention", new XElement(Namespace + "Mode", Mode), new XElement(Namespace + "RetainUntilDate", Text(until))), cancel);
        if (wanted.LegalHold && Value(there, HoldHeader) != "ON")
            await ChangeAsync("PutObjectLegalHold", "legal-hold", place, new(Namespace + "LegalHold", new XElement(Namespace + "Status", "ON")), cancel);
    }

    private bool IsLocked(ObjectRecord there, DateTimeOffset until) =>
        DateTimeOffset.TryParse(Value(there, UntilHeader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var locked)
        && locked.ToUnixTimeSeconds() >= until.ToUnixTimeSeconds() && (Value(there, ModeHeader) == "COMPLIANCE" || wanted.Mode == RetentionMode.Governance);

    private Task ChangeAsync(string operation, string query, ObjectPlace place, XElement document, CancellationToken cancel)
    {
        var body = document.ToBody();
        return s3.ChangeAsync(new()
        {
            Operation = operation,
            Method = HttpMethod.Put,
            Bucket = place.Bucket,
            Key = place.Key,
            Query = S3Path.Query((query, "")),
            Body = body,
            Headers = () => [body.ToMd5Header()],
        }, cancel);
    }

    private static string? Value(ObjectRecord record, string header) => record.Headers?.GetValueOrDefault(header);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
