using System.Text.Json;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Reads what an API answers, and who answers it.</summary>
internal static partial class ApiRoutes
{
    /// <summary>The routes in the order of their paths.</summary>
    public static IEnumerable<ApiRoute> InOrder(this IEnumerable<ApiRoute> routes) =>
        routes.OrderBy(route => route.Key[(route.Key.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal).ThenBy(route => route.Key, StringComparer.Ordinal);

    /// <summary>The methods of a REST API's resources.</summary>
    public static IEnumerable<ApiRoute> OfResources(ResourceDocuments documents) =>
        from page in documents.AllJson(ApiDocuments.Resources + "-")
        from resource in page.Items("item")
        where resource.Member("resourceMethods").ValueKind == JsonValueKind.Object
        from method in resource.Member("resourceMethods").EnumerateObject()
        select Route($"{method.Name} {resource.Text("path")}", method.Value, Target(method.Value.Member("methodIntegration"), "type", "uri"));

    /// <summary>The routes of an HTTP or a WebSocket API.</summary>
    public static IEnumerable<ApiRoute> OfRoutes(ResourceDocuments documents)
    {
        var integrations = documents.AllJson(ApiDocuments.Integrations + "-").SelectMany(page => page.Items("items"))
            .ToLookup(integration => $"integrations/{integration.Text("integrationId")}", StringComparer.Ordinal);
        return from page in documents.AllJson(ApiDocuments.Routes + "-")
               from route in page.Items("items")
               select Route(route.Text("routeKey") ?? "", route, Target(integrations[route.Text("target") ?? ""].FirstOrDefault(), "integrationType", "integrationUri"));
    }

    private static ApiRoute Route(string key, JsonElement of, (string? Name, bool IsFunction) target) => new()
    {
        Key = key,
        Target = target.Name,
        IsFunction = target.IsFunction,
        Authorization = of.Text("authorizationType"),
        NeedsApiKey = of.Flag("apiKeyRequired") == true,
    };

    private static (string? Name, bool IsFunction) Target(JsonElement integration, string typeMember, string uriMember)
    {
        if (integration.Text(typeMember) == "MOCK") return ("mock", false);
        if (integration.Text(uriMember) is not { } uri) return (integration.Text("integrationSubtype"), false);
        if (Function().Match(uri) is { Success: true } function) return (function.Groups["name"].Value, true);
        return (Action().Match(uri) is { Success: true } action ? action.Groups["action"].Value : uri, false);
    }

    /// <summary>A function's own ARN, or the one inside an invocation's.</summary>
    [GeneratedRegex(@"arn:[\w-]+:lambda:[\w-]*:\d*:function:(?<name>[^/]+)(/invocations)?$")]
    private static partial Regex Function();

    /// <summary>What an integration with another service does: <c>dynamodb:action/PutItem</c>.</summary>
    [GeneratedRegex(@"^arn:[\w-]+:apigateway:[\w-]+:(?<action>[\w.-]+:(action|path)/.+)$")]
    private static partial Regex Action();
}
