using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

internal sealed class HttpTagOperations(ApiGatewayService first, ApiTree tree)
{
    private const string Tags = "/v2/tags/{resource-arn}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetTags", $"GET {Tags}", call => With(call, document => JsonAnswer.Of(new JsonObject { ["tags"] = document.Part("tags")?.DeepClone() ?? new JsonObject() })));
        operations.Add("TagResource", $"POST {Tags}", call => With(call, document =>
        {
            ApiTags.Merge(document, call.Json.Part("tags"));
            return JsonAnswer.Of(new JsonObject(), 201);
        }));
        operations.Add("UntagResource", $"DELETE {Tags}", call => With(call, document =>
        {
            ApiTags.Remove(document, call);
            return JsonAnswer.Empty();
        }));
    }

    private SandboxResponse With(Call call, Func<JsonObject, SandboxResponse> handler)
    {
        var arn = call.Label("resource-arn");
        if (!arn.Contains("::/domainnames/", StringComparison.Ordinal)) return handler(ApiTags.Find(tree, call, arn).Document);
        lock (first.Operations.Gate) return handler(ApiTags.Find(first.Tree, call, arn).Document);
    }
}
