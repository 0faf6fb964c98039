namespace JadaSnapshot.Engine.Compare;

/// <summary>By what the items of a list are known, so that one that moved or has a new neighbour is still itself.</summary>
internal static class ListIdentity
{
    // The first that all items have, and no two alike.
    private static readonly string[][] Known =
    [
        ["Id"], ["Arn"], ["Name", "Type", "SetIdentifier"], ["Key"], ["Sid"], ["PathPattern"], ["AttributeName", "KeyType"], ["IndexName"], ["DomainName"], ["EventType"],
        ["RouteKey"], ["RouteId"], ["IntegrationId"], ["StageName"], ["Path"], ["PolicyName"], ["PolicyArn"], ["VariableName"], ["FunctionArn"], ["UUID"], ["ErrorCode"],
        ["ResourceId", "ScalableDimension", "PolicyName", "ScheduledActionName"],
    ];

    /// <summary>What tells the items of two lists apart; null where nothing does.</summary>
    public static Func<DocumentNode, string>? Of(IReadOnlyList<DocumentNode> one, IReadOnlyList<DocumentNode> other)
    {
        foreach (var names in Known)
            if (IsUnique(one, names) && IsUnique(other, names)) return item => Key(item, names);
        return null;
    }

    /// <summary>Whether two nodes are two items of a list, and not the same thing twice.</summary>
    public static bool TellsApart(DocumentNode one, DocumentNode other) =>
        Known.FirstOrDefault(names => Member(one, names[0]) is not null && Member(other, names[0]) is not null) is { } names && Key(one, names) != Key(other, names);

    private static bool IsUnique(IReadOnlyList<DocumentNode> items, string[] names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return items.All(item => Member(item, names[0]) is not null && seen.Add(Key(item, names)));
    }

    private static string Key(DocumentNode item, string[] names) => string.Join(' ', names.Select(name => Member(item, name)).OfType<string>());

    // The services do not agree on how a name begins.
    private static string? Member(DocumentNode item, string name) => item.Text(name) ?? item.Text(char.ToLowerInvariant(name[0]) + name[1..]);
}
