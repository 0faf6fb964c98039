using System.Net;
using Amazon.Runtime;

namespace JadaSnapshot.Engine.Wire;

/// <summary>An answer that says no, inside the pipeline.</summary>
internal sealed class WireError(string code, string message, string? requestId, HttpStatusCode status, TimeSpan? retryAfter = null)
    : AmazonServiceException(message, ErrorType.Unknown, code, requestId, status)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsThrottling => StatusCode == HttpStatusCode.TooManyRequests || ErrorCodes.IsThrottling(ErrorCode);
}

/// <summary>An answer whose bytes are not what the service said they would be.</summary>
internal sealed class CorruptAnswerException(string code, string message) : IOException(message)
{
    public string Code { get; } = code;
}
