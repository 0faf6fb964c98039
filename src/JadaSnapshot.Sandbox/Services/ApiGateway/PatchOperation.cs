using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>One change to a document: <c>{"op":"replace","path":"/variables/table","value":"bookings"}</c>. Values are texts, whatever the member is.</summary>
internal static class PatchOperation
{
    private static readonly HashSet<string> Lists = ["binaryMediaTypes", "providerARNs", "cacheKeyParameters", "authorizationScopes", "types", "vpcEndpointIds", "apiStages"];

    private static readonly HashSet<string> Numbers =
    [
        "minimumCompressionSize", "timeoutInMillis", "authorizerResultTtlInSeconds", "burstLimit", "rateLimit", "limit", "offset", "percentTraffic",
        "throttlingBurstLimit", "throttlingRateLimit", "cacheTtlInSeconds",
    ];

    public static void Apply(JsonObject document, JsonObject operation)
    {
        var path = Segments(operation.Need("path"));
        var value = operation.Text("value");
        switch (operation.Need("op"))
        {
            case "add" or "replace":
                Set(document, path, value ?? "");
                break;
            case "remove":
                Remove(document, path, value);
                break;
            case "copy":
                Set(document, path, Segments(operation.Need("from")).Aggregate((JsonNode?)document, (node, name) => (node as JsonObject)?[name]) is JsonValue copied
                    ? copied.ToString()
                    : throw Invalid(operation.Need("from")));
                break;
            case var other:
                throw ApiErrors.Bad($"Invalid patch operation specified. Must be one of: [add, remove, replace, copy]: {other}");
        }
    }

    private static void Set(JsonObject document, string[] path, string value)
    {
        if (ListOf(document, path, value) is { } place)
        {
            if (!place.List.Any(item => JsonNode.DeepEquals(item, place.Item))) place.List.Add(place.Item);
            return;
        }
        var target = document;
        foreach (var name in path[..^1]) target = target.Part(name) ?? (JsonObject)(target[name] = new JsonObject());
        target[path[^1]] = Typed(path, value, target[path[^1]]);
    }

    private static void Remove(JsonObject document, string[] path, string? value)
    {
        if (ListOf(document, path, value ?? "") is { } place && (path.Length > 1 || value is not null))
        {
            var known = place.List.FirstOrDefault(item => JsonNode.DeepEquals(item, place.Item)) ?? throw Invalid(string.Join('/', path));
            place.List.Remove(known);
            return;
        }
        var target = path[..^1].Aggregate((JsonObject?)document, (part, name) => part?.Part(name));
        if (target?.Remove(path[^1]) != true) throw Invalid(string.Join('/', path));
    }

    /// <summary>Items of a list are named by the value, or by the path's last segment.</summary>
    private static (JsonArray List, JsonNode Item)? ListOf(JsonObject document, string[] path, string value)
    {
        var at = Array.FindIndex(path, Lists.Contains);
        if (at < 0 || at < path.Length - 2) return null;
        var target = document;
        foreach (var name in path[..at]) target = target.Part(name) ?? (JsonObject)(target[name] = new JsonObject());
        var list = target.List(path[at]) ?? (JsonArray)(target[path[at]] = new JsonArray());
        var text = at == path.Length - 1 ? value : path[^1];
        return path[at] != "apiStages"
            ? (list, JsonValue.Create(text))
            : text.Split(':') is [var api, var stage] ? (list, new JsonObject { ["apiId"] = api, ["stage"] = stage }) : throw ApiErrors.Bad($"Invalid API stage specified: {text}");
    }

    private static JsonValue Typed(string[] path, string value, JsonNode? before)
    {
        if (Numbers.Contains(path[^1]))
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number)
                : throw ApiErrors.Bad($"Invalid value specified for {path[^1]}");
        var isFlag = before is JsonValue known && known.TryGetValue<bool>(out _) || path[^1].EndsWith("Enabled", StringComparison.Ordinal)
            || path is ["requestParameters" or "responseParameters", _] || path[^1] is "enabled" or "apiKeyRequired" or "disableExecuteApiEndpoint" or "useStageCache" or "insecureSkipVerification";
        return isFlag && bool.TryParse(value, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(value);
    }

    private static string[] Segments(string path)
    {
        if (!path.StartsWith('/') || path.Length < 2) throw Invalid(path);
        return StageSettings.Path(path) ?? [.. path[1..].Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static Hosting.SandboxException Invalid(string path) => ApiErrors.Bad($"Invalid patch path {path}");
}
