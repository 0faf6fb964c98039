using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>The AddPermission request that makes a statement of a function's policy (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"/>).</summary>
internal static class PermissionRequest
{
    private static readonly (string Key, string Member)[] Conditions =
    [
        ("AWS:SourceArn", "SourceArn"), ("AWS:SourceAccount", "SourceAccount"), ("lambda:EventSourceToken", "EventSourceToken"), ("aws:PrincipalOrgID", "PrincipalOrgID"), ("lambda:FunctionUrlAuthType", "FunctionUrlAuthType"),
    ];

    public static JsonObject Of(JsonElement statement)
    {
        var principal = statement.Member("Principal");
        JsonObject request = RunbookRequest.Of(
            ("StatementId", statement.Text("Sid")),
            ("Action", statement.Text("Action")),
            ("Principal", principal.ValueKind == JsonValueKind.Object ? principal.Text("Service") ?? principal.Text("AWS") : statement.Text("Principal")),
            ("Qualifier", statement.Text("Resource")?.Split(':') is [_, _, _, _, _, _, _, var qualifier] ? qualifier : null));
        if (statement.Member("Condition") is { ValueKind: JsonValueKind.Object } condition)
            foreach (var (key, value) in condition.EnumerateObject().SelectMany(test => test.Value.Texts()))
                if (Conditions.FirstOrDefault(known => known.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Member is { } member) request[member] = value;
        return request;
    }
}
