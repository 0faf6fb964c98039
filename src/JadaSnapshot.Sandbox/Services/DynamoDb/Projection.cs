using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Which top-level attributes of an item a reader wants; null for all.</summary>
internal sealed record Projection(IReadOnlyList<string>? Names)
{
    public static Projection Of(JsonObject asked)
    {
        if (asked.Text("ProjectionExpression") is not { } expression) return new(asked.List("AttributesToGet") is null ? null : [.. asked.Texts("AttributesToGet")]);
        List<string> names = [.. expression.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Resolve(asked, name))];
        if (names.Any(name => name.AsSpan().IndexOfAny('[', ']') >= 0)) throw DynamoDbState.Invalid("Invalid ProjectionExpression: the sandbox projects top-level attributes only.");
        return new(names);
    }

    /// <summary>A name, or what ExpressionAttributeNames puts for <c>#name</c>.</summary>
    public static string Resolve(JsonObject asked, string name) => !name.StartsWith('#')
        ? name
        : asked.Part("ExpressionAttributeNames")?.Text(name) ?? throw DynamoDbState.Invalid($"An expression attribute name used in the document path is not defined; attribute name: {name}");

    public JsonObject Apply(JsonObject item) => Names is null
        ? item.DeepClone().AsObject()
        : [.. Names.Where(item.ContainsKey).Select(name => KeyValuePair.Create(name, item[name]?.DeepClone()))];
}
