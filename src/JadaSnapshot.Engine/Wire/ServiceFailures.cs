using System.Net.Sockets;
using Amazon.Runtime;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Turns what went wrong with a call into a <see cref="ServiceException"/> with words for what to do.</summary>
internal sealed class ServiceFailures(AwsService service, Uri endpoint, Redaction redaction)
{
    /// <summary>Where the calls go.</summary>
    public Uri Endpoint => endpoint;

    public ServiceException From(Exception exception, WireRequest request) => exception switch
    {
        ServiceException known => known,
        WireError error => Refused(error, request),
        CorruptAnswerException e => Failed(FailureKind.Corrupt, e.Code, e.Message, request, e),
        HttpRequestException e => Unreached(e, request),
        TimeoutException e => Failed(FailureKind.Unreachable, "TimedOut", $"{Place} did not answer in time.", request, e),
        IOException e => Failed(FailureKind.Unreachable, "ConnectionReset", $"The connection to {Place} broke: {e.Message}", request, e),
        ArgumentException e => Failed(FailureKind.Invalid, "InvalidRequest", e.Message, request, e),
        AmazonClientException e => Failed(FailureKind.Other, "ClientFailure", e.Message, request, e),
        _ => Failed(FailureKind.Other, exception.GetType().Name, exception.Message, request, exception),
    };

    // In place of the service's own words, which may hold the canonical request, and with it a session token.
    public static string BadCredentials(string code) =>
        ErrorCodes.IsExpired(code) ? "The credentials have expired. Sign in again (aws sso login, or however they were obtained)."
        : ErrorCodes.IsClock(code) ? "The clock of this machine is too far from the service's. Set it right."
        : "The service does not know these credentials, or the secret key does not belong to the access key. Check the profile, the keys and the endpoint.";

    private ServiceException Refused(WireError error, WireRequest request)
    {
        var kind = ErrorCodes.Kind(error.ErrorCode, (int)error.StatusCode);
        var said = redaction.Of(error.Message).TrimEnd('.') + ".";
        var words = kind switch
        {
            FailureKind.BadCredentials => BadCredentials(error.ErrorCode),
            FailureKind.Denied when said.Contains("perform:", StringComparison.Ordinal) => $"{said} Allow the caller that action, or call with other credentials.",
            FailureKind.Denied => $"{said} The caller needs leave for {service.SigningName}:{request.Operation}.",
            FailureKind.Throttled => $"{said} The service went on refusing for want of budget; try again later, or with less at once.",
            FailureKind.ServiceFault => $"{said} The service failed, and went on failing; try again later.",
            _ => said,
        };
        return new ServiceException($"{Call(request)} failed ({error.ErrorCode}): {words}")
        {
            Kind = kind,
            Code = error.ErrorCode,
            StatusCode = (int)error.StatusCode,
            RequestId = error.RequestId,
            Service = service.SigningName,
            Operation = request.Operation,
        };
    }

    private ServiceException Unreached(HttpRequestException e, WireRequest request)
    {
        var socket = e.InnerException as SocketException;
        var (code, words) = (e.HttpRequestError, socket?.SocketErrorCode) switch
        {
            (_, SocketError.ConnectionRefused) => ("ConnectionRefused", $"Nothing answers at {Place} (connection refused). Check the endpoint, and that what should answer there is running."),
            (HttpRequestError.NameResolutionError, _) => ("NameNotResolved", $"There is no host '{endpoint.Host}'. Check the region and the endpoint, and the network."),
            (HttpRequestError.SecureConnectionError, _) => ("TlsFailed", $"No secure connection to {Place} could be made: {(e.InnerException ?? e).Message}"),
            (HttpRequestError.ConnectionError, SocketError.TimedOut) => ("TimedOut", $"Nothing answers at {Place} (timed out)."),
            (HttpRequestError.ResponseEnded, _) => ("ConnectionReset", $"{Place} broke off before it answered."),
            _ => ("ConnectionFailed", $"{Place} could not be reached: {(e.InnerException ?? e).Message}"),
        };
        return Failed(FailureKind.Unreachable, code, words, request, e);
    }

    private ServiceException Failed(FailureKind kind, string code, string words, WireRequest request, Exception inner) =>
        new($"{Call(request)} failed: {redaction.Of(words)}", inner)
        {
            Kind = kind,
            Code = code,
            Service = service.SigningName,
            Operation = request.Operation,
        };

    private string Call(WireRequest request) => $"{service.SigningName} {request.Operation}";

    private string Place => endpoint.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port, UriFormat.UriEscaped);
}
