using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>Answers as Google's APIs write them: indented JSON, one page at a time.</summary>
internal static class GoogleAnswer
{
    /// <summary>Google gives at most this many items a page, whatever is asked for.</summary>
    private const int MostItems = 50;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", MaxDepth = 128 };

    public static SandboxResponse Of(JsonNode body) =>
        new() { ContentType = "application/json; charset=UTF-8", Body = JsonSerializer.SerializeToUtf8Bytes(body, Indented) };

    /// <summary>A page of items in the order that they are in.</summary>
    public static SandboxResponse Listing<T>(Call call, string list, IReadOnlyList<T> items, Func<T, JsonNode> render)
    {
        const string invalid = "INVALID_ARGUMENT";
        var marker = Marker.Open(call.Query("pageToken"), invalid);
        var page = Enumerable.Range(0, items.Count).After(marker, call.PageSize("pageSize", MostItems, invalid), place => place.ToString("D6", null));
        var body = new JsonObject();
        if (page.Items.Count > 0) body[list] = new JsonArray([.. page.Items.Select(place => render(items[place]))]);
        return Of(body.With("nextPageToken", Marker.Seal(page.Marker)));
    }
}
