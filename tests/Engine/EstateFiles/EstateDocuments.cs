using System.Text.Json.Nodes;

namespace JadaSnapshot.Engine.Tests.EstateFiles;

/// <summary>Estate files, good and bad, that the published schema and the reader have to judge alike.</summary>
internal static class EstateDocuments
{
    /// <summary>One that has every member.</summary>
    public const string Full = """
        {
          "$schema": "jada.schema.json",
          "account": "782785212866",
          "regions": ["us-west-2", "us-gov-west-1"],
          "store": "snapshot",
          "snapshot": { "base": "latest", "excludeKeys": ["logs/*"], "excludeBuckets": ["scratch-*"], "keepInS3": { "place": "s3://backup/kept", "above": 100000000000, "aboveCount": 1000000, "buckets": ["media-*"] }, "allVersions": true, "includeData": false, "instanceSnapshots": ["jada-web"] },
          "protectTo": ["alias/jada-snapshots", "ops.cer"],
          "scriptProjects": { "jada-main": "1bgmhvKnAcj9GtL_-x" },
          "localRoots": { "tools": { "path": "~/repos/tools", "include": ["*.py"], "exclude": ["*"], "gitIgnore": true, "notSecret": ["keys.example"] } },
          "categories": { "ops-*": "Operational", "*": "Media" },
          "meantToDiffer": { "robots.txt": "search engines" },
          "sites": {
            "sailjada.com": {
              "zones": ["sailjada.com"],
              "buckets": ["sailjada.com", "sailjada-assets"],
              "staging": [
                { "place": "staging.sailjada.com", "standsFor": "sailjada.com", "meantToDiffer": { "env.js": "own settings" } },
                { "place": "sailjada-assets/_staging/", "standsFor": "sailjada-assets/icons/" }
              ],
              "distributions": { "production": ["E2QWRUHAPOMQZL"], "staging": ["EDFDVBD6EXAMPLE"] },
              "meantToDiffer": { "sitemap.xml": "host names" }
            },
            "salejada.com": {}
          }
        }
        """;

    /// <summary>Each document, and whether it is well formed.</summary>
    public static IEnumerable<(string Text, bool IsGood)> Table { get; } =
    [
        ("{}", true),
        (Full, true),
        ("[]", false),
        ("null", false),
        ("\"jada\"", false),
        ("""{ "stroe": "x" }""", false),
        ("""{ "account": "1234" }""", false),
        ("""{ "account": 782785212866 }""", false),
        ("""{ "regions": [] }""", false),
        ("""{ "regions": ["us-west-2", "us-west-2"] }""", false),
        ("""{ "regions": ["US-WEST-2"] }""", false),
        ("""{ "regions": ["west"] }""", false),
        ("""{ "store": "" }""", false),
        ("""{ "store": "a\u0000b" }""", false),
        ("""{ "snapshot": { "excludeKeys": "logs/*" } }""", false),
        ("""{ "snapshot": { "allVersions": "yes" } }""", false),
        ("""{ "snapshot": { "keepInS3": "s3://backup/kept" } }""", false),
        ("""{ "snapshot": { "keepInS3": {} } }""", false),
        ("""{ "snapshot": { "keepInS3": { "place": "backup/kept" } } }""", false),
        ("""{ "snapshot": { "keepInS3": { "place": "s3://backup", "above": 0, "aboveCount": 9007199254740991 } } }""", true),
        ("""{ "snapshot": { "keepInS3": { "place": "s3://backup", "above": -1 } } }""", false),
        ("""{ "snapshot": { "keepInS3": { "place": "s3://backup", "above": 1.5 } } }""", false),
        ("""{ "snapshot": { "keepInS3": { "place": "s3://backup", "above": 1e300 } } }""", false),
        ("""{ "snapshot": { "keepInS3": { "place": "s3://backup", "above": "100GB" } } }""", false),
        ("""{ "protectTo": [""] }""", false),
        ("""{ "scriptProjects": { "": "1abc" } }""", false),
        ("""{ "scriptProjects": { "a": "https://script.google.com/x" } }""", false),
        ("""{ "localRoots": { "tools": {} } }""", false),
        ("""{ "localRoots": { "tools": "path" } }""", false),
        ("""{ "localRoots": { "tools": { "path": "x", "paths": [] } } }""", false),
        ("""{ "categories": { "x-*": "operational" } }""", false),
        ("""{ "categories": { "x-*": "Unknown" } }""", false),
        ("""{ "sites": { "a": { "buckets": ["no"] } } }""", false),
        ("""{ "sites": { "a": { "buckets": ["a/b"] } } }""", false),
        ("""{ "sites": { "a": { "zones": ["a b"] } } }""", false),
        ("""{ "sites": { "a": { "buckets": ["abc"], "staging": [{ "place": "abc/_staging", "standsFor": "abc" }] } } }""", false),
        ("""{ "sites": { "a": { "buckets": ["abc"], "staging": [{ "place": "abc/_staging/" }] } } }""", false),
        ("""{ "sites": { "a": { "buckets": ["abc"], "staging": [{ "place": "abc/_staging/", "standsFor": "abc" }] } } }""", true),
        ("""{ "sites": { "a": { "buckets": ["abc"], "staging": [{ "place": "abc//", "standsFor": "abc/" }] } } }""", true),
        ("""{ "sites": { "a": { "buckets": ["abc"], "staging": { "place": "abc/x/", "standsFor": "abc" } } } }""", false),
        ("""{ "sites": { "a": { "distributions": ["E2QWRUHAPOMQZL"] } } }""", false),
        ("""{ "sites": { "a": { "distributions": { "staging": ["sailjada.com"] } } } }""", false),
        ("""{ "meantToDiffer": ["robots.txt"] }""", false),
        ("""{ "meantToDiffer": { "robots.txt": "" } }""", false),
    ];

    /// <summary>The full document with each of its values replaced by something else, and with each taken away.</summary>
    public static IEnumerable<string> Mutations()
    {
        string[] others = ["1", "true", "null", "\"x\"", "\"\"", "[]", "{}", "[\"x\"]", "{\"x\":1}"];
        foreach (var path in Paths(JsonNode.Parse(Full)!, ""))
        {
            foreach (var other in others) yield return With(path, JsonNode.Parse(other), takesAway: false);
            yield return With(path, null, takesAway: true);
        }
    }

    private static IEnumerable<string> Paths(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value!, $"{path}\t{member.Key}").Prepend($"{path}\t{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => Paths(item!, $"{path}\t{index}").Prepend($"{path}\t{index}")),
        _ => [],
    };

    private static string With(string path, JsonNode? value, bool takesAway)
    {
        var root = JsonNode.Parse(Full)!;
        var keys = path.Split('\t')[1..];
        var parent = keys[..^1].Aggregate(root, (node, key) => (node is JsonArray items ? items[int.Parse(key, null)] : node[key])!);
        if (parent is JsonArray array)
        {
            if (takesAway) array.RemoveAt(int.Parse(keys[^1], null));
            else array[int.Parse(keys[^1], null)] = value;
        }
        else if (takesAway) ((JsonObject)parent).Remove(keys[^1]);
        else parent[keys[^1]] = value;
        return root.ToJsonString();
    }
}
