using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Points in time: seconds since 1970 in the first version, ISO 8601 in the second.</summary>
internal static class ApiTime
{
    public static DateTimeOffset? Of(JsonElement item, string member) =>
        item.Moment(member) ?? (DateTimeOffset.TryParse(item.Text(member), CultureInfo.InvariantCulture, out var time) ? time.ToUniversalTime() : null);
}
