namespace JadaSnapshot.Engine.Wire;

/// <summary>What kind of failure a <see cref="ServiceException"/> is: what a person would do about it.</summary>
public enum FailureKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>There are no credentials, or they could not be obtained.</summary>
    NoCredentials,

    /// <summary>The credentials are wrong or expired.</summary>
    BadCredentials,

    /// <summary>The caller may not do this.</summary>
    Denied,

    /// <summary>What was asked for is not there.</summary>
    NotFound,

    /// <summary>The service refused for want of budget, and went on doing so through every retry.</summary>
    Throttled,

    /// <summary>The service failed, and went on doing so through every retry.</summary>
    ServiceFault,

    /// <summary>Nothing answered: no such host, connection refused or reset, time ran out.</summary>
    Unreachable,

    /// <summary>The request was wrong.</summary>
    Invalid,

    /// <summary>The data that arrived is not what the service said it would be.</summary>
    Corrupt,

    /// <summary>No region was given or configured.</summary>
    NoRegion,
}

/// <summary>A call to a service that failed for good, with what the service said. Messages never hold credentials or signed links.</summary>
public sealed class ServiceException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>Whether no other call of this caller would fare better: nobody can be reached, or nobody knows the caller.</summary>
    internal bool IsOfEveryCall => Kind is FailureKind.Unreachable or FailureKind.NoCredentials or FailureKind.BadCredentials;

    /// <summary>The service's code (<c>AccessDenied</c>), or our word for what happened to the connection (<c>ConnectionRefused</c>).</summary>
    public required string Code { get; init; }

    /// <summary>The HTTP status; 0 where nothing answered.</summary>
    public int StatusCode { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The service that was called: <c>lambda</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The operation that was called: <c>GetFunction</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Throws it once more, where a value was wanted instead.</summary>
    internal T Again<T>()
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(this);
        return default;
    }
}
