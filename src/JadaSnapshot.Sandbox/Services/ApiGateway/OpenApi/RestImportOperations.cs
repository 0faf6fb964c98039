using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;

/// <summary>REST APIs out of OpenAPI, and OpenAPI out of a stage.</summary>
internal sealed class RestImportOperations(ApiTree tree, RestDialect dialect)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("GetExport", $"GET {DeploymentKinds.Stages}/{{stage_name}}/exports/{{export_type}}", Export);
        operations.Add("ImportRestApi", "POST /restapis?mode=import", Import);
        operations.Add("PutRestApi", $"PUT {RestApiKinds.Api}", Put);
    }

    private SandboxResponse Export(Call call)
    {
        var api = tree.At(call, RestApiKinds.Api);
        var stage = tree.At(call, DeploymentKinds.Stages + "/{stage_name}");
        if (call.Label("export_type") is not "oas30") throw ApiErrors.Bad("The sandbox exports oas30 alone");
        if (call.Header("Accept") is { } type && !type.Contains("json", StringComparison.Ordinal) && type != "*/*") throw ApiErrors.Bad($"The sandbox exports no {type}");
        var deployed = api.Below("deployments")[stage.Document.Need("deploymentId")].Snapshot!;
        var written = new RestApiWriter(deployed, call.Query("extensions") is "apigateway" or "integrations").Write(call.Region, stage.Document.Need("stageName"));
        return new()
        {
            ContentType = "application/json",
            Headers = [new("Content-Disposition", "attachment; filename=\"oas30.json\"")],
            Body = JsonAnswer.Of(written).Body,
        };
    }

    private SandboxResponse Import(Call call)
    {
        var document = new JsonObject
        {
            ["id"] = tree.NewId(10),
            ["createdDate"] = dialect.Time(tree.World.Now),
            ["apiKeySource"] = "HEADER",
            ["endpointConfiguration"] = new JsonObject { ["types"] = new JsonArray(call.Query("endpointConfigurationTypes") ?? "EDGE"), ["ipAddressType"] = "ipv4" },
            ["disableExecuteApiEndpoint"] = false,
            ["rootResourceId"] = tree.NewId(9),
        };
        var api = new ApiNode(document);
        Fill(api, call.Json);
        tree.Root(call.Region).Below("restapis").Add(document.Need("id"), api);
        return JsonAnswer.Of(document.DeepClone(), 201);
    }

    private SandboxResponse Put(Call call)
    {
        var api = tree.At(call, RestApiKinds.Api);
        var isMerge = call.Query("mode") != "overwrite";
        var changed = isMerge ? api.Copy(RestApiKinds.Definition) : new ApiNode(api.Document.DeepClone().AsObject());
        Fill(changed, call.Json);
        api.Document = changed.Document;
        api.Replace(changed, RestApiKinds.Definition);
        return JsonAnswer.Of(api.Document.DeepClone());
    }

    private void Fill(ApiNode api, JsonObject openApi)
    {
        var info = openApi.Part("info") ?? [];
        api.Document["name"] = info.Text("title") ?? throw ApiErrors.Bad("Invalid OpenAPI input: info.title is missing");
        info.CopyTo(api.Document, "description", "version");
        var root = api.Document.Need("rootResourceId");
        api.Below("resources").TryAdd(root, new ApiNode(new JsonObject { ["id"] = root, ["path"] = "/" }));
        new RestApiReader(tree, api, openApi).Read();
    }
}
