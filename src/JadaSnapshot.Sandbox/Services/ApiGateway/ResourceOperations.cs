using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>The paths of an API: a tree of resources, the methods inside them.</summary>
internal sealed class ResourceOperations(ApiTree tree, RestDialect dialect)
{
    public const string Path = RestApiKinds.Api + "/resources";
    public const string One = Path + "/{resource_id}";

    public void AddTo(OperationTable operations)
    {
        tree.Know(new("Resource", "Resources", Path, "resource_id") { Words = "Resource" });
        operations.Add("CreateResource", $"POST {Path}/{{parent_id}}", Create);
        operations.Add("GetResource", $"GET {One}", call => JsonAnswer.Of(View(call, tree.At(call, One))));
        operations.Add("GetResources", $"GET {Path}", call => dialect.Listing(call, tree.At(call, RestApiKinds.Api).Below("resources"), node => View(call, node)));
        operations.Add("DeleteResource", $"DELETE {One}", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var resources = tree.At(call, RestApiKinds.Api).Below("resources");
        var parent = resources.GetValueOrDefault(call.Label("parent_id")) ?? throw ApiErrors.Missing("Resource", call.Label("parent_id"));
        var part = call.Json.Text("pathPart") is { Length: > 0 } text ? text : throw ApiErrors.Bad("Resource's path part must be specified");
        var isLabel = part.StartsWith('{') && (part.EndsWith('}') || part.EndsWith("+}", StringComparison.Ordinal));
        if (!(isLabel ? part.Trim('{', '}').TrimEnd('+') : part).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':' or ',' or '~'))
            throw ApiErrors.Bad("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.");
        if (resources.Values.Any(other => other.Document.Text("parentId") == parent.Document.Need("id") && other.Document.Text("pathPart") == part))
            throw ApiErrors.Conflict($"Another resource with the same parent already has this name: {part}");

        var id = tree.NewId(6);
        var document = new JsonObject
        {
            ["id"] = id,
            ["parentId"] = parent.Document.Need("id"),
            ["pathPart"] = part,
            ["path"] = $"{parent.Document.Need("path").TrimEnd('/')}/{part}",
        };
        resources.Add(id, new ApiNode(document));
        return JsonAnswer.Of(document.DeepClone(), 201);
    }

    private SandboxResponse Delete(Call call)
    {
        var document = tree.At(call, One).Document;
        if (!document.ContainsKey("parentId")) throw ApiErrors.Bad("Cannot delete root resource.");
        var resources = tree.At(call, RestApiKinds.Api).Below("resources");
        var path = document.Need("path");
        foreach (var id in resources.Where(each => each.Value.Document.Need("path") is var other && (other == path || other.StartsWith(path + "/", StringComparison.Ordinal))).Select(each => each.Key).ToList())
            resources.Remove(id);
        return JsonAnswer.Empty(202);
    }

    /// <summary>Without <c>embed=methods</c>, methods are named and no more.</summary>
    private static JsonObject View(Call call, ApiNode node)
    {
        var document = node.Document.DeepClone().AsObject();
        if (document.Part("resourceMethods") is { } methods && !call.Request.Query.Any(parameter => parameter is { Key: "embed", Value: "methods" }))
            document["resourceMethods"] = new JsonObject([.. methods.Select(method => KeyValuePair.Create(method.Key, (JsonNode?)new JsonObject()))]);
        return document;
    }
}
