using System.Text;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>HTTP APIs out of OpenAPI, and OpenAPI out of them.</summary>
internal sealed class HttpImportOperations(ApiTree tree, HttpApiKinds apis, HttpStageKinds stages)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("ExportApi", $"GET {HttpApiKinds.Api}/exports/{{specification}}", Export);
        operations.Add("ImportApi", "PUT /v2/apis", Import);
        operations.Add("ReimportApi", $"PUT {HttpApiKinds.Api}", Reimport);
    }

    private SandboxResponse Export(Call call)
    {
        var api = tree.At(call, HttpApiKinds.Api);
        if (!HttpRules.IsHttp(api)) throw ApiErrors.Bad("Only HTTP APIs can be exported");
        if (call.Label("specification") != "OAS30") throw ApiErrors.Bad("Invalid specification specified. Must be OAS30");
        if (call.Query("outputType") != "JSON") throw ApiErrors.Bad("The sandbox exports JSON alone");
        var exported = api;
        if (call.Query("stageName") is { } name)
        {
            var stage = api.Below("stages").GetValueOrDefault(name) ?? throw ApiErrors.Missing("stage", name);
            exported = api.Below("deployments").GetValueOrDefault(stage.Document.Text("deploymentId") ?? "")?.Snapshot ?? throw ApiErrors.Bad("The stage has no deployment");
        }
        return JsonAnswer.Of(new HttpApiWriter(exported, call.Query("includeExtensions") != "false").Write(call.Query("stageName")));
    }

    private SandboxResponse Import(Call call)
    {
        var api = new ApiNode(new() { ["apiId"] = tree.NewId(10), ["protocolType"] = "HTTP" });
        Fill(api, call);
        apis.CompleteApi(api.Document, call.Region);
        tree.Root(call.Region).Below("v2/apis").Add(api.Document.Need("apiId"), api);
        return JsonAnswer.Of(api.Document.DeepClone(), 201);
    }

    private SandboxResponse Reimport(Call call)
    {
        var api = tree.At(call, HttpApiKinds.Api);
        if (!HttpRules.IsHttp(api)) throw ApiErrors.Bad("Only HTTP APIs can be imported");
        var changed = new ApiNode(api.Document.DeepClone().AsObject());
        Fill(changed, call);
        api.Document = changed.Document;
        api.Replace(changed, HttpApiKinds.Definition);
        stages.DeployByItself(api);
        return JsonAnswer.Of(api.Document.DeepClone(), 201);
    }

    private void Fill(ApiNode api, Call call)
    {
        var body = call.Json.Text("body") ?? throw ApiErrors.Bad("Body is required");
        var document = JsonBody.Parse(Encoding.UTF8.GetBytes(body));
        var info = document.Part("info") ?? [];
        api.Document["name"] = info.Text("title") ?? throw ApiErrors.Bad("Unable to parse API definition because of a missing info.title");
        info.CopyTo(api.Document, "description", "version");
        new HttpApiReader(tree, api, document).Read();
    }
}
