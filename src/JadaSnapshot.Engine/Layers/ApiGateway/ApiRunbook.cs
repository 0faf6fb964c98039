using System.Text.Json;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>How APIs come back: by the OpenAPI of what each stage served.</summary>
internal sealed class ApiRunbook : IRunbookPart
{
    public string Layer => ApiGatewayLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Apis;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var api in source.Of(Layer, ApiKinds.RestApi)) WriteRest(api, source, page);
        foreach (var api in source.Of(Layer, ApiKinds.HttpApi)) WriteHttp(api, source, page);
        foreach (var api in source.Of(Layer, ApiKinds.WebSocketApi))
        {
            Begin(api, "WebSocket API", page);
            page.Add("OpenAPI cannot say it: `aws apigatewayv2 create-api`, then `create-integration`, `create-route`, `create-deployment` and `create-stage`, from the documents in its folder.");
        }
        page.Hints(source.Resources.Where(resource => resource.Layer == Layer && resource.Kind is not (ApiKinds.RestApi or ApiKinds.HttpApi or ApiKinds.WebSocketApi))
            .Select(resource => (ApiKind.FolderOf(resource), HintOf(resource.Kind))));
    }

    private static void WriteRest(Resource api, RunbookSource source, RunbookPage page)
    {
        Begin(api, "REST API", page);
        var folder = ApiKind.FolderOf(api);
        page.Shell(shell =>
        {
            foreach (var (name, stage) in Stages(folder, "item", source))
            {
                if (Export(folder, name, source) is not { } export) continue;
                shell.Add($"rest_api {api.Region} {api.Id} {export}");
                var patch = stage.Flag("tracingEnabled") == true ? "op=replace,path=/tracingEnabled,value=true" : null;
                shell.Add($"aws apigateway create-deployment --region {api.Region} --rest-api-id \"$API\" --stage-name {name} --stage-description {stage.Text("description") ?? ""}");
                if (patch is not null) shell.Add($"aws apigateway update-stage --region {api.Region} --rest-api-id \"$API\" --stage-name {name} --patch-operations {patch}");
            }
        });
        Missing(Stages(folder, "item", source), "variables", page);
    }

    private static void WriteHttp(Resource api, RunbookSource source, RunbookPage page)
    {
        Begin(api, "HTTP API", page);
        var folder = ApiKind.FolderOf(api);
        page.Shell(shell =>
        {
            foreach (var (name, stage) in Stages(folder, "items", source))
            {
                if (Export(folder, name, source) is { } export) shell.Add($"http_api {api.Region} {api.Id} {export}");
                shell.Send(
                    RunbookRequest.Of(("StageName", name), ("AutoDeploy", stage.Node("autoDeploy")), ("Description", stage.Node("description"))),
                    $"request aws apigatewayv2 create-stage --region {api.Region} --api-id \"$API\"");
            }
        });
        Missing(Stages(folder, "items", source), "stageVariables", page);
    }

    private static void Begin(Resource api, string kind, RunbookPage page)
    {
        page.Heading(kind, api.Name, $"{api.Id}, {api.Region}");
        page.Restore("Restore-JadaApi", "ApiId", api.Id);
    }

    private static IEnumerable<(string Name, JsonElement Stage)> Stages(string folder, string list, RunbookSource source) =>
        from stage in source.AllJson($"{folder}{ApiDocuments.Stages}-").SelectMany(page => page.Items(list))
        where stage.Text("stageName") is not null
        select (stage.Text("stageName")!, stage);

    private static string? Export(string folder, string stage, RunbookSource source) =>
        $"{folder}exports/{PathNames.FromName(stage)}.json" is var path && source.Has(path) ? path : null;

    private static void Missing(IEnumerable<(string Name, JsonElement Stage)> stages, string member, RunbookPage page)
    {
        List<string> lines = [.. from stage in stages let names = stage.Stage.Member(member).Texts().Keys where names.Any() select $"- {RunbookQuoting.Markdown(stage.Name)}: {RunbookQuoting.Markdown(string.Join(", ", names))}\n"];
        if (lines.Count > 0) page.Add($"Variables of its stages, whose values are not in this snapshot (`update-stage`):\n\n{string.Concat(lines)}");
    }

    private static string HintOf(string kind) => kind switch
    {
        ApiKinds.DomainName => "`aws apigatewayv2 create-domain-name`, `create-api-mapping`; then the DNS record that leads to it",
        ApiKinds.UsagePlan => "`aws apigateway create-usage-plan`, `create-usage-plan-key`",
        ApiKinds.Account => "`aws apigateway update-account`",
        _ => $"`aws apigateway create-{kind}`",
    };
}
