using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal static class SesV2Answer
{
    private const int MostTags = 50;

    public static SandboxResponse Empty => JsonAnswer.Of(new JsonObject());

    /// <summary>One page of a list, with NextToken.</summary>
    public static SandboxResponse Listing<T>(Call call, string list, IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode> render, int most = 1000)
    {
        var page = items.After(Marker.Open(call.Query("NextToken"), "BadRequestException"), call.PageSize("PageSize", most, "BadRequestException"), key);
        return JsonAnswer.Of(new JsonObject { [list] = new JsonArray([.. page.Items.Select(render)]) }.With("NextToken", Marker.Seal(page.Marker)));
    }

    public static SandboxException NotFound(string what, string name) => new(404, "NotFoundException", $"{what} <{name}> does not exist.");

    public static SandboxException Exists(string what, string name) => new(400, "AlreadyExistsException", $"{what} <{name}> already exists.");

    public static SandboxException Bad(string message) => new(400, "BadRequestException", message);

    public static JsonArray Tags(SortedDictionary<string, string> tags) =>
        [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    public static void Merge(SortedDictionary<string, string> tags, JsonObject asked)
    {
        foreach (var tag in asked.Parts("Tags")) tags[tag.Need("Key")] = tag.Need("Value");
        if (tags.Count > MostTags) throw Bad($"A resource can have at most {MostTags} tags.");
    }

    /// <summary>What the protocol itself refuses is a BadRequestException here.</summary>
    public static SandboxResponse Error(SandboxException error)
    {
        var code = error.Code is "ValidationException" or "SerializationException" ? "BadRequestException" : error.Code;
        var answer = JsonAnswer.Of(new JsonObject { ["message"] = error.Message }, error.Status);
        return new SandboxResponse { Status = answer.Status, ContentType = answer.ContentType, Body = answer.Body, Headers = [new("x-amzn-ErrorType", code), .. error.Headers] };
    }
}
