using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

/// <summary>Everything that one of the two services holds, by region and path.</summary>
/// <param name="world">The world.</param>
/// <param name="root">What stands before the paths that ARNs name.</param>
internal sealed class ApiTree(SandboxWorld world, string root = "")
{
    private readonly Dictionary<string, ApiNode> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiKind> _kinds = new(StringComparer.Ordinal);
    private readonly Queue<string> _foretold = new();
    private int _ids;

    public SandboxWorld World { get; } = world;

    public void Know(ApiKind kind) => _kinds[Template(kind.Path)] = kind;

    public ApiNode Root(string region)
    {
        if (!_roots.TryGetValue(region, out var root)) _roots.Add(region, root = new([]));
        return root;
    }

    /// <summary>The id that the next thing gets whose id has ten characters, so that an estate can speak of it before it is there.</summary>
    public void Foretell(string id) => _foretold.Enqueue(id);

    /// <summary>An id that is drawn apart from those of other services.</summary>
    public string NewId(int length) =>
        length == 10 && _foretold.TryDequeue(out var told) ? told : SandboxWorld.HashId($"api gateway {(World.Account == SandboxWorld.EstateAccount ? "" : World.Account + " ")}{root}{++_ids}", length).ToLowerInvariant();

    /// <summary>The node above everything of a path, and the name of the collection: <c>/restapis/{restapi_id}/models</c>.</summary>
    /// <exception cref="SandboxException">Something on the way there is not there.</exception>
    public (ApiNode Parent, string Collection) Above(Call call, string path)
    {
        var node = Root(call.Region);
        var (collection, template) = ("", "");
        foreach (var segment in path.Trim('/').Split('/'))
        {
            if (!segment.StartsWith('{'))
            {
                collection = collection.Length == 0 ? segment : $"{collection}/{segment}";
                continue;
            }
            template += $"/{collection}";
            var id = call.Label(segment[1..^1]);
            node = node.Below(collection).GetValueOrDefault(id) ?? throw ApiErrors.Missing(_kinds[template].Words, id);
            collection = "";
        }
        return (node, collection);
    }

    /// <summary>The node at a path that ends in a label.</summary>
    public ApiNode At(Call call, string path) => Above(call, path).Parent;

    /// <summary>The node that an ARN's path names: <c>/restapis/{id}/stages/{name}</c>; null where there is none.</summary>
    public ApiNode? Find(string region, string path)
    {
        var node = Root(region);
        var segments = path.Trim('/').Split('/');
        segments[0] = root + segments[0];
        if (segments.Length % 2 != 0) return null;
        for (var i = 0; i < segments.Length && node is not null; i += 2) node = node.Below(segments[i]).GetValueOrDefault(segments[i + 1]);
        return node;
    }

    private static string Template(string path) => string.Concat(path.Trim('/').Split('/').Aggregate((Groups: new List<string>(), Open: ""), (state, segment) =>
    {
        if (segment.StartsWith('{')) return (state.Groups, "");
        if (state.Open.Length > 0) state.Groups[^1] += "/" + segment;
        else state.Groups.Add("/" + segment);
        return (state.Groups, segment);
    }).Groups);
}
