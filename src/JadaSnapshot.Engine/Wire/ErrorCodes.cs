using System.Collections.Frozen;

namespace JadaSnapshot.Engine.Wire;

/// <summary>What the services' error codes mean.</summary>
internal static class ErrorCodes
{
    private static readonly FrozenSet<string> Throttling = Set(
        "Throttling", "ThrottlingException", "ThrottledException", "Throttled", "EC2ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "TooManyRequests", "RequestLimitExceeded", "BandwidthLimitExceeded", "ProvisionedThroughputExceededException",
        "TransactionInProgressException", "SlowDown", "PriorRequestNotComplete");

    private static readonly FrozenSet<string> Expired = Set("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");

    private static readonly FrozenSet<string> Clock = Set("RequestTimeTooSkewed", "RequestInTheFuture");

    private static readonly FrozenSet<string> WrongKeys = Set(
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSignatureException", "InvalidSignature",
        "IncompleteSignature", "IncompleteSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "AuthFailure", "InvalidToken", "InvalidTokenId");

    private static readonly FrozenSet<string> Denied = Set(
        "AccessDenied", "AccessDeniedException", "AccessDeniedFault", "AuthorizationError", "UnauthorizedOperation", "UnauthorizedAccess", "UnauthorizedException",
        "NotAuthorizedException", "Forbidden", "ForbiddenException", "AllAccessDisabled", "AccountProblem", "OptInRequired");

    public static bool IsThrottling(string? code) => code is not null && Throttling.Contains(code);

    public static bool IsExpired(string code) => Expired.Contains(code);

    public static bool IsClock(string code) => Clock.Contains(code);

    public static FailureKind Kind(string code, int status) => code switch
    {
        _ when Throttling.Contains(code) || status == 429 => FailureKind.Throttled,
        _ when Expired.Contains(code) || Clock.Contains(code) || WrongKeys.Contains(code) => FailureKind.BadCredentials,
        _ when Denied.Contains(code) || status is 401 or 403 => FailureKind.Denied,
        _ when status == 404 || code.StartsWith("NoSuch", StringComparison.Ordinal) || code is "ResourceNotFoundException" or "NotFoundException" => FailureKind.NotFound,
        _ when status >= 500 => FailureKind.ServiceFault,
        _ when status == 400 => FailureKind.Invalid,
        _ => FailureKind.Other,
    };

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
