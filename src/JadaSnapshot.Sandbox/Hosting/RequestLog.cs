using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Sandbox.Hosting;

/// <summary>One request, noted before its answer leaves.</summary>
/// <param name="Sequence">Its place in the order of arrival, from 1.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Operation">The operation, or empty where the request was refused before it was known.</param>
/// <param name="Region">The region of the credential scope.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query as they stood on the wire, without the signatures and tokens of links.</param>
/// <param name="Status">The HTTP status; 0 where the connection was cut before an answer.</param>
/// <param name="Started">When it arrived.</param>
/// <param name="Duration">From its arrival to the beginning of the answer.</param>
/// <param name="Fault">The fault that met it, or null.</param>
/// <param name="BodyHash">The SHA-256 of its body as it arrived, in hexadecimal digits; empty where it had none.</param>
public sealed record LoggedRequest(long Sequence, string Service, string Operation, string Region, string Method, string Target,
    int Status, DateTimeOffset Started, TimeSpan Duration, string? Fault, string BodyHash);

/// <summary>The latest requests, and counts of all of them.</summary>
public sealed partial class RequestLog
{
    private const int Kept = 200_000;

    private readonly ConcurrentQueue<LoggedRequest> _entries = new();
    private readonly ConcurrentDictionary<(string Service, string Operation), long> _counts = new();
    private long _sequence;

    /// <summary>The latest requests (at most 200,000), in the order of their answers.</summary>
    public IReadOnlyList<LoggedRequest> Entries => [.. _entries];

    /// <summary>How many requests each operation got.</summary>
    public IReadOnlyDictionary<(string Service, string Operation), long> Counts => _counts;

    /// <summary>How many requests there were.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>How many requests an operation got.</summary>
    public long Count(string service, string operation) => _counts.GetValueOrDefault((service, operation));

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _entries.Clear();
        _counts.Clear();
    }

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    internal void Add(LoggedRequest entry)
    {
        _counts.AddOrUpdate((entry.Service, entry.Operation), 1, static (_, count) => count + 1);
        _entries.Enqueue(entry);
        if (entry.Sequence > Kept) _entries.TryDequeue(out _);
    }

    internal static string WithoutSecrets(string target) =>
        target.Contains("Signature=", StringComparison.OrdinalIgnoreCase) || target.StartsWith("/_links/", StringComparison.Ordinal)
            ? SecretParameter().Replace(target, "$1…")
            : target;

    [GeneratedRegex("([?&](?:X-Amz-Signature|Signature|X-Amz-Security-Token|token)=)[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();
}
