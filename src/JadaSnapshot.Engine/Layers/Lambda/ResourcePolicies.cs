using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// Puts the policies of functions and of layer versions back, statement by statement, since Lambda takes no policy as a whole
/// (<see href="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html"/>). A statement that the snapshot does not have is taken away: a permission is no extra.
/// </summary>
internal static class ResourcePolicies
{
    private const string Whole = "policy.json", ByQualifier = "policies/";

    // Conditions by the members that ask for them.
    private static readonly Dictionary<string, string> Conditions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AWS:SourceArn"] = "SourceArn",
        ["AWS:SourceAccount"] = "SourceAccount",
        ["aws:PrincipalOrgID"] = "PrincipalOrgID",
        ["lambda:EventSourceToken"] = "EventSourceToken",
        ["lambda:FunctionUrlAuthType"] = "FunctionUrlAuthType",
        ["lambda:InvokedViaFunctionUrl"] = "InvokedViaFunctionUrl",
    };

    public static Task PutAsync(RestoreWork work, CancellationToken cancel) => PutAsync(
        work, LambdaService.PathOf(work.Name, "/policy"), [], Whole, "AddPermission", "RemovePermission", WriteFunctionStatement, cancel);

    /// <summary>Those of versions and aliases.</summary>
    public static async Task PutQualifiedAsync(RestoreWork work, CancellationToken cancel)
    {
        var wanted = Qualifiers(work.DocumentNames).ToDictionary(name => VersionNumbers.Of(work.Resource, name, work.Map), name => name, StringComparer.Ordinal);
        foreach (var qualifier in wanted.Keys.Union(Qualifiers(work.LiveNames)).ToList())
            await PutAsync(
                work, LambdaService.PathOf(work.Name, "/policy"), [new("Qualifier", qualifier)], $"{ByQualifier}{wanted.GetValueOrDefault(qualifier)}.json",
                "AddPermission", "RemovePermission", WriteFunctionStatement, cancel);
    }

    /// <summary>Those of a layer's version.</summary>
    public static Task PutOfLayerAsync(RestoreWork work, string path, CancellationToken cancel) => PutAsync(
        work, path, [], Whole, "AddLayerVersionPermission", "RemoveLayerVersionPermission", WriteLayerStatement, cancel);

    private static IEnumerable<string> Qualifiers(IEnumerable<string> documents) =>
        documents.Where(name => name.StartsWith(ByQualifier, StringComparison.Ordinal)).Select(name => name[ByQualifier.Length..^".json".Length]);

    private static async Task PutAsync(
        RestoreWork work, string path, KeyValuePair<string, string>[] qualifier, string document, string add, string remove, Action<Utf8JsonWriter, JsonElement> write, CancellationToken cancel)
    {
        var wanted = Statements(work.Documents.Json(document).Text("Policy"));
        var had = work.IsNew ? [] : Statements(await LivePolicyAsync(work, path, qualifier, add == "AddPermission" ? "GetPolicy" : "GetLayerVersionPolicy", cancel));
        foreach (var (sid, statement) in had)
            if (!wanted.TryGetValue(sid, out var same) || !JsonElement.DeepEquals(same, statement))
                await LambdaCalls.SendAsync(work, LambdaCalls.Delete(remove, WirePath.Of(path + "/{}", sid), qualifier), cancel);
        foreach (var (sid, statement) in wanted)
            if (!had.TryGetValue(sid, out var same) || !JsonElement.DeepEquals(same, statement))
                await LambdaCalls.TryMakeAsync(work, LambdaCalls.Request(add, "POST", path, json => write(json, statement), qualifier), cancel);
    }

    private static async Task<string?> LivePolicyAsync(RestoreWork work, string path, KeyValuePair<string, string>[] qualifier, string operation, CancellationToken cancel)
    {
        try
        {
            return (await work.Wire(LambdaService.Service).SendAsync(LambdaService.Get(operation, path, qualifier), cancel)).Json().Text("Policy");
        }
        catch (ServiceException exception) when (exception.Code == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private static Dictionary<string, JsonElement> Statements(string? policy) =>
        policy is null ? [] : JsonElement.Parse(policy).Items("Statement").Where(statement => statement.Text("Sid") is not null).ToDictionary(statement => statement.Text("Sid")!, StringComparer.Ordinal);

    private static void WriteFunctionStatement(Utf8JsonWriter json, JsonElement statement)
    {
        json.WriteString("StatementId", statement.Text("Sid"));
        json.WriteString("Action", statement.Text("Action"));
        json.WriteString("Principal", Principal(statement));
        foreach (var (key, value) in ConditionsOf(statement))
        {
            var member = Conditions.GetValueOrDefault(key) ?? throw new NotSupportedException($"The statement {statement.Text("Sid")} has the condition {key}, which no request can ask for.");
            if (member == "InvokedViaFunctionUrl") json.WriteBoolean(member, value == "true");
            else json.WriteString(member, value);
        }
    }

    private static void WriteLayerStatement(Utf8JsonWriter json, JsonElement statement)
    {
        json.WriteString("StatementId", statement.Text("Sid"));
        json.WriteString("Action", statement.Text("Action"));
        // An account is named by its number here.
        json.WriteString("Principal", Principal(statement) is { } principal && principal.Split(':') is ["arn", _, "iam", _, var account, "root"] ? account : Principal(statement));
        foreach (var (key, value) in ConditionsOf(statement))
            if (key.Equals("aws:PrincipalOrgID", StringComparison.OrdinalIgnoreCase)) json.WriteString("OrganizationId", value);
    }

    private static string? Principal(JsonElement statement) => statement.Member("Principal") switch
    {
        { ValueKind: JsonValueKind.String } everyone => everyone.GetString(),
        var named => named.Texts().Values.FirstOrDefault(),
    };

    private static IEnumerable<KeyValuePair<string, string>> ConditionsOf(JsonElement statement) =>
        statement.Member("Condition") is { ValueKind: JsonValueKind.Object } condition ? condition.EnumerateObject().SelectMany(each => each.Value.Texts()) : [];
}
