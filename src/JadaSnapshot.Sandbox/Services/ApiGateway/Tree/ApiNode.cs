using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>One thing of API Gateway: the document that describes it, and the collections of things below it.</summary>
internal sealed class ApiNode(JsonObject document)
{
    private readonly SortedDictionary<string, SortedDictionary<string, ApiNode>> _below = new(StringComparer.Ordinal);

    public JsonObject Document { get; set; } = document;

    /// <summary>What a deployment froze; null for anything else.</summary>
    public ApiNode? Snapshot { get; set; }

    public SortedDictionary<string, ApiNode> Below(string collection)
    {
        if (!_below.TryGetValue(collection, out var nodes)) _below.Add(collection, nodes = new(StringComparer.Ordinal));
        return nodes;
    }

    /// <summary>Puts in place of some collections those of another node.</summary>
    public void Replace(ApiNode other, params ReadOnlySpan<string> collections)
    {
        foreach (var collection in collections) _below[collection] = other.Below(collection);
    }

    public ApiNode Copy(params ReadOnlySpan<string> collections)
    {
        var copy = new ApiNode(Document.DeepClone().AsObject());
        foreach (var collection in collections)
            foreach (var (id, node) in Below(collection)) copy.Below(collection).Add(id, node.Copy());
        return copy;
    }
}
