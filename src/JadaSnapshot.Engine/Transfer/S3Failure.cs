using System.Net.Sockets;
using System.Xml;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>What can be done about a failed S3 call.</summary>
internal enum S3Remedy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Wait and try again.</summary>
    Wait,

    /// <summary>Ask the bucket's own region.</summary>
    OtherRegion,

    /// <summary>Sign with the service's time.</summary>
    SetClock,

    /// <summary>Get new credentials.</summary>
    RefreshCredentials,
}

/// <summary>The body that arrived is not the object: cut short, too long, or with another checksum.</summary>
internal sealed class CorruptBodyException(string code, string message) : IOException(message)
{
    public string Code { get; } = code;
}

/// <summary>A failed S3 call, understood.</summary>
internal sealed class S3Failure : Exception
{
    private const int LargestDocument = 1 << 20;

    private S3Failure(S3Call call, FailureKind kind, string code, string message, S3Remedy remedy, Exception? cause = null) : base(message, cause) =>
        (Call, Kind, Code, Remedy) = (call, kind, code, remedy);

    public S3Call Call { get; }

    public FailureKind Kind { get; }

    public string Code { get; }

    public S3Remedy Remedy { get; }

    public int Status { get; private init; }

    public string? RequestId { get; private init; }

    public string? Region { get; private init; }

    public DateTimeOffset? ServerTime { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Reads S3's error document (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"/>).</summary>
    public static async Task<S3Failure> ReadAsync(HttpResponseMessage response, S3Call call, CancellationToken cancel)
    {
        await response.Content.LoadIntoBufferAsync(LargestDocument, cancel);
        return Of(response, (int)response.StatusCode, Parse(await response.Content.ReadAsByteArrayAsync(cancel)), call);
    }

    /// <summary>
    /// The failure that an answer of success turns out to be: what takes long is answered before it is known how it ends
    /// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html"/>).
    /// </summary>
    public static S3Failure OfSuccess(HttpResponseMessage response, XElement error, S3Call call) => Of(response, Text(error, "Code") switch
    {
        "PreconditionFailed" => 412,
        "AccessDenied" => 403,
        "NoSuchKey" or "NoSuchUpload" => 404,
        null or "InternalError" or "ServiceUnavailable" => 500,
        _ => 400,
    }, error, call);

    private static S3Failure Of(HttpResponseMessage response, int status, XElement? error, S3Call call)
    {
        var code = Text(error, "Code") ?? CodeOf(status);
        var region = Header(response, "x-amz-bucket-region") ?? Text(error, "Region");
        var remedy = (status, code) switch
        {
            (301 or 307, _) or (_, "AuthorizationHeaderMalformed" or "PermanentRedirect" or "TemporaryRedirect" or "IllegalLocationConstraintException") => S3Remedy.OtherRegion,
            (_, "RequestTimeTooSkewed" or "RequestInTheFuture") => S3Remedy.SetClock,
            (_, "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired") => S3Remedy.RefreshCredentials,
            (_, "RequestTimeout" or "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded") or (408 or 429 or >= 500, _) => S3Remedy.Wait,
            _ => S3Remedy.None,
        };
        return new(call, KindOf(status, code), code, Text(error, "Message") ?? WordsOf(status, call), remedy)
        {
            Status = status,
            RequestId = Header(response, "x-amz-request-id") ?? Text(error, "RequestId"),
            Region = region,
            ServerTime = response.Headers.Date,
            RetryAfter = response.Headers.RetryAfter?.Delta,
        };
    }

    // An answer to HEAD has no body.
    private static string WordsOf(int status, S3Call call) => (status, call.Key) switch
    {
        (404, null) => $"There is no bucket {call.Bucket}.",
        (404, _) => "There is no such object.",
        (403, _) => "Access is denied.",
        _ => $"HTTP status {status}",
    };

    /// <summary>Says what an exception means for a call; null where it is none of the call's own.</summary>
    public static S3Failure? Understand(Exception exception, S3Call call, ServiceFailures failures) => exception switch
    {
        S3Failure failure => failure,
        CorruptBodyException corrupt => Corrupt(corrupt, call),
        OperationCanceledException => Transport(call, new TimeoutException(exception.Message, exception), failures),
        HttpRequestException or HttpIOException or IOException { InnerException: SocketException } => Transport(call, exception, failures),
        _ => null,
    };

    /// <summary>A body that is not what the service said of it.</summary>
    public static S3Failure Corrupt(CorruptBodyException corrupt, S3Call call) => new(call, FailureKind.Corrupt, corrupt.Code, corrupt.Message, S3Remedy.Wait, corrupt);

    /// <summary>The same for whoever called, after this many attempts.</summary>
    public ServiceException ToException(int attempts, Redaction redaction) => new($"{redaction.Of(Words())}{(attempts > 1 ? $" Tried {attempts} times." : "")}", this)
    {
        Kind = Kind,
        Code = Code,
        StatusCode = Status,
        RequestId = RequestId,
        Service = "s3",
        Operation = Call.Operation,
    };

    private string Words() => Kind switch
    {
        FailureKind.Unreachable => Message,
        FailureKind.BadCredentials => $"{Call.Subject} ({Code}): {ServiceFailures.BadCredentials(Code)}",
        FailureKind.Denied when IsKms => $"{Call.Subject} is encrypted with a KMS key that the caller cannot use: {Message}",
        FailureKind.Denied => $"Access to {Call.Subject} is denied for {Call.Operation}: {Message}",
        FailureKind.NotFound when Code == "NoSuchKey" => $"{Call.Subject} is not there (any more).",
        FailureKind.NotFound when Code == "NoSuchBucket" => $"The bucket {Call.Bucket} is not there (any more).",
        _ when Status == 412 && Call.Operation is "PutObject" or "CompleteMultipartUpload" => $"{Call.Subject} is not what it was when it was looked at: it was not written over.",
        _ when Status == 412 => $"{Call.Subject} changed again and again while it was read.",
        _ when Code == "InvalidObjectState" => $"{Call.Subject} is in an archive and must be restored there before it can be read.",
        _ => $"{Call.Subject}: {Message}",
    };

    private bool IsKms => Code.StartsWith("KMS.", StringComparison.Ordinal) || Message.Contains("kms:", StringComparison.Ordinal);

    private static S3Failure Transport(S3Call call, Exception exception, ServiceFailures failures)
    {
        var failure = failures.From(exception, new WireRequest { Operation = call.Operation });
        return new(call, failure.Kind, failure.Code, failure.Message, S3Remedy.Wait, exception);
    }

    private static XElement? Parse(byte[] body)
    {
        try
        {
            return body.ToXml();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Text(XElement? error, string name) => error?.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string CodeOf(int status) => status switch
    {
        301 => "PermanentRedirect",
        304 => "NotModified",
        400 => "BadRequest",
        403 => "AccessDenied",
        404 => "NotFound",
        412 => "PreconditionFailed",
        503 => "SlowDown",
        _ => "Http" + status,
    };

    private static FailureKind KindOf(int status, string code) =>
        code == "InvalidObjectState" ? FailureKind.Other
        : code.StartsWith("KMS.", StringComparison.Ordinal) ? FailureKind.Denied
        : ErrorCodes.Kind(code, status);
}
