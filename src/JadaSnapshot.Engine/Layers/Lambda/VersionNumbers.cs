using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Recovery;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Lambda counts versions itself: a version that is published anew has another number. By what the ARN of a version has become, its number is known.</summary>
internal static class VersionNumbers
{
    private const string Policies = "policies/";

    /// <summary>The number of a version in the other place; what is no number, an alias or <c>$LATEST</c>, stays.</summary>
    public static string Of(Resource function, string number, ReferenceMap map) =>
        function.Arn is { } arn && number.Length > 0 && number.All(char.IsAsciiDigit) && map.Of($"{arn}:{number}") is var there ? there[(there.LastIndexOf(':') + 1)..] : number;

    /// <summary>Writes the numbers in a document, and in its path, as they are in the other place.</summary>
    public static (string Document, byte[] Content) Translate(Resource function, string document, byte[] content, ReferenceMap map)
    {
        if (document.StartsWith(FunctionView.Versions, StringComparison.Ordinal) && Renamed(FunctionView.Versions) is var version && version != document)
            return (version, Edit(content, root => root["Configuration"]!["Version"] = version[FunctionView.Versions.Length..^".json".Length]));
        if (document.StartsWith(Policies, StringComparison.Ordinal)) return (Renamed(Policies), content);
        if (document.StartsWith(FunctionView.Aliases, StringComparison.Ordinal)) return (document, Edit(content, root =>
        {
            foreach (var alias in root["Aliases"]?.AsArray().OfType<JsonObject>() ?? []) Renumber(alias);
        }));
        return (document, content);

        string Renamed(string folder) => $"{folder}{Of(function, document[folder.Length..^".json".Length], map)}.json";

        void Renumber(JsonObject alias)
        {
            if ((string?)alias["FunctionVersion"] is { } number && Of(function, number, map) is var there && there != number) alias["FunctionVersion"] = there;
            if (alias["RoutingConfig"]?["AdditionalVersionWeights"] is not JsonObject weights) return;
            List<KeyValuePair<string, JsonNode?>> were = [.. weights];
            weights.Clear();
            foreach (var (weighed, weight) in were) weights[Of(function, weighed, map)] = weight;
        }
    }

    private static byte[] Edit(byte[] content, Action<JsonNode> edit)
    {
        if (JsonNode.Parse(content) is not { } root) return content;
        edit(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
