using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

internal static class Methods
{
    /// <summary>Every method of an API with the path of its resource.</summary>
    public static IEnumerable<(string Path, string Verb, JsonObject Method)> Of(ApiNode api) =>
        from resource in api.Below("resources").Values
        from method in resource.Document.Part("resourceMethods") ?? []
        select (resource.Document.Need("path"), method.Key, method.Value!.AsObject());
}
