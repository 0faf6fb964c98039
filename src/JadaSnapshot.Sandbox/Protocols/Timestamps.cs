using System.Globalization;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>Points in time as the services write them.</summary>
internal static class Timestamps
{
    /// <summary><c>2024-05-01T12:00:00Z</c></summary>
    public static string Iso(this DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary><c>2024-05-01T12:00:00.000Z</c></summary>
    public static string IsoMilliseconds(this DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary><c>2024-05-01T12:00:00.000+0000</c></summary>
    public static string IsoOffset(this DateTimeOffset time) => Format(time, "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'");

    /// <summary>Seconds since 1970.</summary>
    public static JsonNode Epoch(this DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static string Format(DateTimeOffset time, string format) => time.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);
}
