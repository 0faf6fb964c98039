using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Points in time: seconds since 1970 in the first version, ISO 8601 in the second.</summary>
internal static class ApiTime
{
    private const double EndOfTime = 253402300799;

    public static DateTimeOffset? Of(JsonElement item, string member) =>
        item.Member(member) is { ValueKind: JsonValueKind.Number } number
            ? number.TryGetDouble(out var seconds) && seconds is >= 0 and <= EndOfTime ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null
            : DateTimeOffset.TryParse(item.Text(member), CultureInfo.InvariantCulture, out var time) ? time.ToUniversalTime() : null;
}
