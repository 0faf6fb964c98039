using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;

/// <summary>API Gateway's own members of an OpenAPI document, and what both directions say of them.</summary>
internal static class Extension
{
    public const string AnyMethod = "x-amazon-apigateway-any-method";
    public const string Integration = "x-amazon-apigateway-integration";
    public const string Authorizer = "x-amazon-apigateway-authorizer";
    public const string AuthorizationType = "x-amazon-apigateway-authtype";
    public const string Validator = "x-amazon-apigateway-request-validator";
    public const string Validators = "x-amazon-apigateway-request-validators";
    public const string GatewayResponses = "x-amazon-apigateway-gateway-responses";
    public const string BinaryTypes = "x-amazon-apigateway-binary-media-types";
    public const string Policy = "x-amazon-apigateway-policy";
    public const string Cors = "x-amazon-apigateway-cors";
    public const string ApiKeySource = "x-amazon-apigateway-api-key-source";
    public const string MinimumCompression = "x-amazon-apigateway-minimum-compression-size";
    public const string Endpoint = "x-amazon-apigateway-endpoint-configuration";
    public const string ExportVersion = "x-amazon-apigateway-importexport-version";
    public const string Any = "ANY";
    public const string ApiKey = "api_key";

    /// <summary>Members of an integration that are called alike in its document and in OpenAPI.</summary>
    public static readonly string[] Alike =
    [
        "httpMethod", "uri", "connectionType", "connectionId", "credentials", "requestParameters", "requestTemplates", "timeoutInMillis",
        "cacheNamespace", "cacheKeyParameters", "contentHandling", "tlsConfig",
    ];

    public static string Member(string verb) => verb == Any ? AnyMethod : verb.ToLowerInvariant();

    public static string? Verb(string member) => member switch
    {
        AnyMethod => Any,
        "get" or "post" or "put" or "patch" or "delete" or "head" or "options" => member.ToUpperInvariant(),
        _ => null,
    };

    public static void CopyTo(this JsonObject from, JsonObject to, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            if (from[member] is { } value) to[member] = value.DeepClone();
    }

    /// <summary>The structures inside a structure, by their names; what is none of them is passed over.</summary>
    public static IEnumerable<(string Name, JsonObject Part)> Named(this JsonObject? from, string member) =>
        from?.Part(member) is not { } parts ? [] : parts.Where(each => each.Value is JsonObject).Select(each => (each.Key, each.Value!.AsObject()));

    /// <summary>A text in another case, as OpenAPI writes what the service writes in capitals, and back.</summary>
    public static JsonNode? InLower(this JsonObject from, string member) => from.Text(member)?.ToLowerInvariant();

    public static JsonNode? InUpper(this JsonObject from, string member) => from.Text(member)?.ToUpperInvariant();
}
