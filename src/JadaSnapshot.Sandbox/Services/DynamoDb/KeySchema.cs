using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>The names and types of a table's key attributes.</summary>
internal sealed record KeySchema(string HashName, string HashType, string? RangeName, string? RangeType)
{
    public IEnumerable<string> Names => RangeName is null ? [HashName] : [HashName, RangeName];

    public static KeySchema Of(JsonObject description)
    {
        var types = description.Parts("AttributeDefinitions").ToDictionary(definition => definition.Need("AttributeName"), definition => definition.Need("AttributeType"), StringComparer.Ordinal);
        var names = NamesOf(description);
        return new(names[0], types[names[0]], names.Count > 1 ? names[1] : null, names.Count > 1 ? types[names[1]] : null);
    }

    public static List<string> NamesOf(JsonObject tableOrIndex) => [.. tableOrIndex.Parts("KeySchema").Select(element => element.Need("AttributeName"))];

    /// <summary>The key of an item.</summary>
    public ItemKey KeyOf(JsonObject item) => new(Value(item, HashName, HashType), RangeName is null ? "" : Value(item, RangeName, RangeType!));

    /// <summary>The key that a request names: the key attributes and nothing else.</summary>
    public ItemKey KeyAlone(JsonObject key) =>
        key.Count == Names.Count() && Names.All(key.ContainsKey) ? KeyOf(key) : throw DynamoDbState.Invalid("The provided key element does not match the schema");

    public JsonObject Extract(JsonObject item) => [.. Names.Select(name => KeyValuePair.Create(name, item[name]?.DeepClone()))];

    private static string Value(JsonObject item, string name, string type)
    {
        if (item.Part(name) is not { } value) throw DynamoDbState.InvalidParameters($"Missing the key {name} in the item");
        if (value.Count != 1 || value.Text(type) is not { } text)
            throw DynamoDbState.InvalidParameters($"Type mismatch for key {name} expected: {type} actual: {value.Select(pair => pair.Key).FirstOrDefault()}");
        if (text.Length == 0) throw DynamoDbState.InvalidParameters($"The AttributeValue for a key attribute cannot contain an empty string value. Key: {name}");
        return AttributeValue.Sortable(type, text);
    }
}

/// <summary>Where an item stands: by a hash of its partition, then by its sort key.</summary>
internal sealed record ItemKey(string Partition, string Sort) : IComparable<ItemKey>
{
    public string Hash { get; } = Hosting.SandboxWorld.HashId(Partition, 8);

    public int CompareTo(ItemKey? other)
    {
        if (other is null) return 1;
        var byHash = string.CompareOrdinal(Hash, other.Hash);
        if (byHash != 0) return byHash;
        var byPartition = string.CompareOrdinal(Partition, other.Partition);
        return byPartition != 0 ? byPartition : string.CompareOrdinal(Sort, other.Sort);
    }
}
