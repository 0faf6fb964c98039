using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>A KeyConditionExpression on a table's own key: the partition, and perhaps a condition on the sort key.</summary>
internal sealed partial class KeyCondition(string partition, Func<string, bool> sort)
{
    public bool Holds(ItemKey key) => key.Partition == partition && sort(key.Sort);

    public static KeyCondition Parse(JsonObject asked, KeySchema schema)
    {
        var expression = asked.Text("KeyConditionExpression") ?? throw DynamoDbState.Invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var match = Pattern().Match(expression);
        if (!match.Success || Projection.Resolve(asked, match.Groups["hash"].Value) != schema.HashName)
            throw DynamoDbState.Invalid("Query condition missed key schema element: " + schema.HashName);
        var partition = Operand(asked, match, "value", schema.HashType);
        if (!match.Groups["sort"].Success) return new(partition, _ => true);

        var name = match.Groups["range"].Success ? match.Groups["range"].Value : match.Groups["prefixed"].Value;
        if (schema.RangeName is null || Projection.Resolve(asked, name) != schema.RangeName) throw DynamoDbState.Invalid("Query key condition not supported");
        if (match.Groups["prefix"].Success)
        {
            var prefix = Operand(asked, match, "prefix", schema.RangeType!);
            return new(partition, value => value.StartsWith(prefix, StringComparison.Ordinal));
        }
        var first = Operand(asked, match, "first", schema.RangeType!);
        if (match.Groups["last"].Success)
        {
            var last = Operand(asked, match, "last", schema.RangeType!);
            return new(partition, value => string.CompareOrdinal(value, first) >= 0 && string.CompareOrdinal(value, last) <= 0);
        }
        Func<int, bool> holds = match.Groups["operator"].Value switch
        {
            "=" => order => order == 0,
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        return new(partition, value => holds(string.CompareOrdinal(value, first)));
    }

    private static string Operand(JsonObject asked, Match match, string group, string type)
    {
        var name = match.Groups[group].Value;
        var value = asked.Part("ExpressionAttributeValues")?.Part(name) ?? throw DynamoDbState.Invalid($"Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: {name}");
        return AttributeValue.Sortable(type, value.Text(type) ?? throw DynamoDbState.InvalidParameters("Condition parameter type does not match schema type"));
    }

    [GeneratedRegex(@"^\s*\(?\s*(?<hash>[#\w.-]+)\s*=\s*(?<value>:\w+)\s*\)?(?<sort>\s+AND\s+\(?\s*(begins_with\s*\(\s*(?<prefixed>[#\w.-]+)\s*,\s*(?<prefix>:\w+)\s*\)|(?<range>[#\w.-]+)\s*(BETWEEN\s+(?<first>:\w+)\s+AND\s+(?<last>:\w+)|(?<operator>=|<=|<|>=|>)\s*(?<first>:\w+)))\s*\)?)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
