using System.IO.Enumeration;
using System.Text.Json;

namespace JadaSnapshot.Sandbox.Hosting.Access;

/// <summary>One statement of a policy.</summary>
internal sealed class AccessStatement
{
    private static readonly string[] Known = ["Sid", "Effect", "Action", "Resource", "Condition"];

    public required bool IsDenial { get; init; }
    public required IReadOnlyList<string> Actions { get; init; }
    public required IReadOnlyList<string> Resources { get; init; }
    public required IReadOnlyList<AccessCondition> Conditions { get; init; }

    public static AccessStatement Read(JsonElement statement)
    {
        foreach (var member in statement.EnumerateObject())
            if (!Known.Contains(member.Name)) throw new FormatException($"The sandbox does not understand '{member.Name}' of a statement.");
        return new()
        {
            IsDenial = statement.GetProperty("Effect").GetString() switch { "Allow" => false, "Deny" => true, var other => throw new FormatException($"'{other}' is no effect.") },
            Actions = Texts(statement.GetProperty("Action")),
            Resources = Texts(statement.GetProperty("Resource")),
            Conditions = statement.TryGetProperty("Condition", out var conditions)
                ? [.. from test in conditions.EnumerateObject() from about in test.Value.EnumerateObject() select AccessCondition.Of(test.Name, about.Name, Texts(about.Value))]
                : [],
        };
    }

    public string? ActionFor(AccessNeed need) => Actions.FirstOrDefault(action => Matches(action, need.Action, ignoreCase: true));

    public string? ResourceFor(AccessNeed need) => need.Resource == AccessNeed.AnyResource ? Resources[0] : Resources.FirstOrDefault(resource => Matches(resource, need.Resource));

    public static bool Matches(string pattern, string text, bool ignoreCase = false) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase);

    private static List<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
}

/// <summary>A condition of a statement.</summary>
/// <param name="Key">What it is about: <c>s3:prefix</c>.</param>
/// <param name="Values">What that may be; one is enough.</param>
/// <param name="HasWildcards">Whether <c>*</c> and <c>?</c> in them are wildcards.</param>
/// <param name="HoldsWithout">Whether it holds for a request that says nothing of it.</param>
internal sealed record AccessCondition(string Key, IReadOnlyList<string> Values, bool HasWildcards, bool HoldsWithout)
{
    public static AccessCondition Of(string test, string key, IReadOnlyList<string> values) => test switch
    {
        "StringLike" or "ArnLike" => new(key, values, HasWildcards: true, HoldsWithout: false),
        "StringLikeIfExists" or "ArnLikeIfExists" => new(key, values, HasWildcards: true, HoldsWithout: true),
        "StringEquals" or "ArnEquals" => new(key, values, HasWildcards: false, HoldsWithout: false),
        "StringEqualsIfExists" => new(key, values, HasWildcards: false, HoldsWithout: true),
        _ => throw new FormatException($"The sandbox does not understand the condition '{test}'."),
    };

    public bool Holds(AccessNeed need)
    {
        var said = need.Conditions.Where(condition => condition.Key.Equals(Key, StringComparison.OrdinalIgnoreCase)).Select(condition => condition.Value).ToList();
        return said.Count == 0 ? HoldsWithout : said.Any(value => Values.Any(allowed => HasWildcards ? AccessStatement.Matches(allowed, value) : allowed == value));
    }
}
