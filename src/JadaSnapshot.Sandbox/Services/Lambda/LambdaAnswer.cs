using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal static class LambdaAnswer
{
    /// <summary>Lambda gives at most this many items a page, whatever is asked for.</summary>
    private const int MostItems = 50;

    private static readonly HashSet<string> CapitalMessage = ["ResourceNotFoundException", "ServiceException", "ResourceInUseException"];

    public static SandboxResponse Listing<T>(Call call, string list, IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode> render, int most = MostItems)
    {
        var page = items.After(Marker.Open(call.Query("Marker"), "InvalidParameterValueException"), call.PageSize("MaxItems", most, "ValidationException"), key);
        return JsonAnswer.Of(new JsonObject { [list] = new JsonArray([.. page.Items.Select(render)]) }.With("NextMarker", Marker.Seal(page.Marker)));
    }

    public static SandboxResponse Error(SandboxException error)
    {
        var body = new JsonObject
        {
            ["Type"] = error.Status < 500 ? "User" : "Service",
            [CapitalMessage.Contains(error.Code) ? "Message" : "message"] = error.Message,
        };
        foreach (var (name, value) in error.Details) body[name] = value;
        var answer = JsonAnswer.Of(body, error.Status);
        return new SandboxResponse { Status = answer.Status, ContentType = answer.ContentType, Body = answer.Body, Headers = [new("x-amzn-ErrorType", error.Code), .. error.Headers] };
    }
}
