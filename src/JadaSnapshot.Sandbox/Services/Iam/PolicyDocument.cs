using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>What IAM demands of a policy's text, which is kept as it came.</summary>
internal static class PolicyDocument
{
    public static string CheckPermissions(string document)
    {
        foreach (var statement in Statements(document))
        {
            if (statement["Principal"] is not null) throw IamErrors.Malformed("Policy document should not specify a principal.");
            if (statement["Resource"] is null && statement["NotResource"] is null) throw IamErrors.Malformed("Policy statement must contain resources.");
            if (statement["Action"] is null && statement["NotAction"] is null) throw IamErrors.Malformed("Policy statement must contain actions.");
        }
        return document;
    }

    public static string CheckTrust(string document)
    {
        foreach (var statement in Statements(document))
        {
            if (statement["Resource"] is not null) throw IamErrors.Malformed("Has prohibited field Resource");
            if (statement["Principal"] is null && statement["NotPrincipal"] is null) throw IamErrors.Malformed("Missing required field Principal");
        }
        return document;
    }

    public static bool Trusts(string document, string service) =>
        Statements(document).Any(statement =>
            Is(statement["Effect"], "Allow")
            && statement["Principal"] is JsonObject principal
            && (principal["Service"] is JsonArray services ? services.Any(name => Is(name, service)) : Is(principal["Service"], service)));

    private static bool Is(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue<string>(out var found) && found == text;

    private static List<JsonObject> Statements(string document)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(document, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw IamErrors.Malformed("This policy contains invalid Json");
        }
        List<JsonObject> statements = root is not JsonObject policy ? [] : policy["Statement"] switch
        {
            JsonObject single => [single],
            JsonArray many => [.. many.OfType<JsonObject>()],
            _ => [],
        };
        if (statements.Count == 0) throw IamErrors.Malformed("Syntax errors in policy.");
        if (statements.Any(statement => !Is(statement["Effect"], "Allow") && !Is(statement["Effect"], "Deny")))
            throw IamErrors.Malformed("Syntax errors in policy.");
        return statements;
    }
}
