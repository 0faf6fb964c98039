using System.Collections.Concurrent;
using System.IO.Enumeration;

namespace JadaSnapshot.Sandbox.Hosting.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>An error of any status, code and message.</summary>
    Error,

    /// <summary>The caller may not do this, as the service says it.</summary>
    Deny,

    /// <summary>The service throttles, in its own words.</summary>
    Throttle,

    /// <summary>Something else is under way that has to end first, as the service says it.</summary>
    Busy,

    /// <summary>What was asked for is done, and the connection reset instead of an answer.</summary>
    Reset,

    /// <summary>The connection is reset before the service has seen the request.</summary>
    Drop,

    /// <summary>Of many things that were asked for, only the first half is done, and the answer names the rest (BatchWriteItem, DeleteObjects).</summary>
    Partial,

    /// <summary>The connection is reset in the middle of the body.</summary>
    ResetMidBody,

    /// <summary>The connection is closed in the middle of the body, though Content-Length promised all of it.</summary>
    TruncateBody,

    /// <summary>The body comes in chunks, without Content-Length, and goes on after its end.</summary>
    LongBody,

    /// <summary>One byte in the middle of the body is flipped.</summary>
    CorruptBody,

    /// <summary>The checksum headers belong to other data.</summary>
    WrongChecksum,

    /// <summary>There are no checksum headers, as of objects that were uploaded before S3 kept a checksum of each.</summary>
    NoChecksum,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>The caller's credentials have expired.</summary>
    ExpireCredentials,

    /// <summary>The caller's clock is taken for wrong, and the Date header of the answer is an hour off.</summary>
    ClockSkew,

    /// <summary>What was asked for is gone.</summary>
    Vanish,

    /// <summary>What was asked for has changed: If-Match fails, and without it the ETag is another.</summary>
    Change,

    /// <summary>The bucket is said to be in another region.</summary>
    Redirect,
}

/// <summary>Something that goes wrong on purpose, and which requests it meets.</summary>
public sealed record Fault
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private int _met;

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The signing name of the service; null for any.</summary>
    public string? Service { get; init; }

    /// <summary>The operation; null for any. <c>*</c> and <c>?</c> are wildcards.</summary>
    public string? Operation { get; init; }

    /// <summary>What path and query, as on the wire, contain, or look like where it holds <c>*</c>; null for any.</summary>
    public string? Match { get; init; }

    /// <summary>The share of requests that it meets, from 0 to 1, by the sandbox's seed.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Of how many requests for the same path and query it meets the first; null for each of them.</summary>
    public int? Every { get; init; }

    /// <summary>How many requests it meets before it is over; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>The status of an <see cref="FaultKind.Error"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The code of an <see cref="FaultKind.Error"/>.</summary>
    public string Code { get; init; } = "InternalError";

    /// <summary>The message of an <see cref="FaultKind.Error"/>.</summary>
    public string Message { get; init; } = "We encountered an internal error. Please try again.";

    /// <summary>How late a <see cref="FaultKind.Delay"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The region that a <see cref="FaultKind.Redirect"/> names; null for one that the request was not signed for.</summary>
    public string? Region { get; init; }

    internal bool Concerns(string service, string operation, string target) =>
        (Service is null || Service.Equals(service, StringComparison.OrdinalIgnoreCase))
        && (Operation is null || FileSystemName.MatchesSimpleExpression(Operation, operation))
        && (Match is null || (Match.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(Match, target, ignoreCase: false)
            : target.Contains(Match, StringComparison.Ordinal)));

    internal bool IsDue(string target) =>
        Every is not { } every || (_asked.AddOrUpdate(target, 1, static (_, count) => count + 1) - 1) % every == 0;

    internal bool TakesOne() => Times is not { } times || Interlocked.Increment(ref _met) <= times;

    /// <summary>Reads <c>service=s3,operation=GetObject,rate=0.2,kind=reset</c>. Names are the properties' own; a delay is <c>200ms</c> or <c>2s</c>.</summary>
    /// <exception cref="FormatException">It is not of that form; the message says where.</exception>
    public static Fault Parse(string text) => FaultParser.Parse(text);
}
