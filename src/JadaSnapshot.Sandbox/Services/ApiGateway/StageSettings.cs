namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>Where the patch paths of a stage's method settings lead: <c>/~1bookings/POST/logging/loglevel</c> is a member of <c>methodSettings</c>.</summary>
internal static class StageSettings
{
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["metrics/enabled"] = "metricsEnabled",
        ["logging/loglevel"] = "loggingLevel",
        ["logging/dataTrace"] = "dataTraceEnabled",
        ["throttling/burstLimit"] = "throttlingBurstLimit",
        ["throttling/rateLimit"] = "throttlingRateLimit",
        ["caching/enabled"] = "cachingEnabled",
        ["caching/ttlInSeconds"] = "cacheTtlInSeconds",
        ["caching/dataEncrypted"] = "cacheDataEncrypted",
        ["caching/requireAuthorizationForCacheControl"] = "requireAuthorizationForCacheControl",
        ["caching/unauthorizedCacheControlHeaderStrategy"] = "unauthorizedCacheControlHeaderStrategy",
    };

    /// <summary>Null for a path that is not of a method setting.</summary>
    public static string[]? Path(string path)
    {
        string[] segments = path[1..].Split('/');
        return segments.Length == 4 && Members.TryGetValue($"{segments[2]}/{segments[3]}", out var member)
            ? ["methodSettings", $"{segments[0]}/{segments[1]}", member]
            : null;
    }
}
