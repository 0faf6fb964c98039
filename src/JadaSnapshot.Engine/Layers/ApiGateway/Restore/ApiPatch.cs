using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>
/// The changes that make one document of the first version another (<see href="https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html"/>).
/// Values are texts, whatever the member is.
/// </summary>
internal sealed class ApiPatch
{
    // Items of these are named by the path; those of other lists by the value.
    private static readonly string[] ListsByPath = ["binaryMediaTypes"];

    private readonly List<JsonObject> _operations = [];

    /// <summary>The operations.</summary>
    public IReadOnlyList<JsonObject> Operations => _operations;

    /// <summary>Whether two documents say something else.</summary>
    public static bool Differs(JsonElement one, JsonElement other) => new DocumentDifferences(ComparisonRules.Of(ApiGatewayLayer.LayerName)).Compare(ToNode(one), ToNode(other)).Any();

    /// <summary>Adds the changes of all members but some.</summary>
    public ApiPatch Add(JsonElement wanted, JsonElement live, params IReadOnlyList<string> except) => Add("", wanted, live, except);

    /// <summary>Adds a change.</summary>
    public ApiPatch Add(string operation, string path, string? value = null)
    {
        JsonObject change = new() { ["op"] = operation, ["path"] = path };
        if (value is not null) change["value"] = value;
        _operations.Add(change);
        return this;
    }

    /// <summary>Adds the changes of the members of a structure.</summary>
    public ApiPatch Add(string path, JsonElement wanted, JsonElement live, params IReadOnlyList<string> except)
    {
        foreach (var name in Names(wanted).Union(Names(live)).Except(except).Order(StringComparer.Ordinal)) AddMember($"{path}/{Escape(name)}", name, wanted.Member(name), live.Member(name));
        return this;
    }

    /// <summary>A name as a segment of a path.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void AddMember(string path, string name, JsonElement wanted, JsonElement live)
    {
        if (!Differs(wanted, live)) return;
        switch (wanted.ValueKind)
        {
            case JsonValueKind.Object:
                Add(path, wanted, live, []);
                break;
            case JsonValueKind.Array:
                AddItems(path, name, Texts(wanted), Texts(live));
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                if (live.ValueKind == JsonValueKind.Array) AddItems(path, name, [], Texts(live));
                else Add("remove", path);
                break;
            default:
                Add("replace", path, wanted.ToString() is var text && wanted.ValueKind is JsonValueKind.True or JsonValueKind.False ? text.ToLowerInvariant() : text);
                break;
        }
    }

    private void AddItems(string path, string name, List<string> wanted, List<string> live)
    {
        var isByPath = ListsByPath.Contains(name);
        foreach (var item in wanted.Except(live)) Add("add", isByPath ? $"{path}/{Escape(item)}" : path, isByPath ? null : item);
        foreach (var item in live.Except(wanted)) Add("remove", isByPath ? $"{path}/{Escape(item)}" : path, isByPath ? null : item);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => member.Name) : [];

    private static List<string> Texts(JsonElement list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    private static DocumentNode? ToNode(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined || (element.ValueKind == JsonValueKind.Object && element.GetPropertyCount() == 0) ? null : DocumentNode.Parse(".json", JsonList.Verbatim(element));
}
