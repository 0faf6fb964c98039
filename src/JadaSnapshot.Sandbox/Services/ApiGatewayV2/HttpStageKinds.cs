using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>Deployments and stages; a stage may deploy by itself.</summary>
internal sealed class HttpStageKinds(ApiTree tree, HttpDialect dialect)
{
    public const string Stages = HttpApiKinds.Api + "/stages";

    public ApiKind Deployment => HttpApiKinds.Of("Deployment", "Deployments", HttpApiKinds.Api + "/deployments", "Deployment") with
    {
        IdLength = 6,
        Complete = change => CompleteDeployment(change.Parent, change.Node, isAutomatic: false),
        Created = Serve,
        Deleting = KeepServed,
    };

    public ApiKind Stage => new("Stage", "Stages", Stages, "stageName")
    {
        Words = "stage",
        IdLength = 0,
        IdMember = "stageName",
        DeletedStatus = 204,
        Required = ["stageName"],
        Complete = CompleteStage,
        Check = CheckStage,
        Created = change => Deploy(change.Parent, change.Document),
    };

    private void CompleteDeployment(ApiNode api, ApiNode deployment, bool isAutomatic)
    {
        if (api.Below("routes").Count == 0) throw ApiErrors.Bad("At least one route is required before deploying the Api.");
        deployment.Document["createdDate"] = dialect.Time(tree.World.Now);
        deployment.Document["autoDeployed"] = isAutomatic;
        deployment.Document["deploymentStatus"] = "DEPLOYED";
        deployment.Snapshot = api.Copy(HttpApiKinds.Definition);
    }

    private void Serve(ApiChange change)
    {
        if (change.Document.Text("stageName") is not { Length: > 0 } name) return;
        change.Document.Remove("stageName");
        var stage = change.Parent.Below("stages").GetValueOrDefault(name) ?? throw ApiErrors.Missing("stage", name);
        stage.Document["deploymentId"] = change.Document.Need("deploymentId");
        stage.Document["lastUpdatedDate"] = dialect.Time(tree.World.Now);
    }

    private void CompleteStage(ApiChange change)
    {
        var document = change.Document;
        var name = document.Need("stageName");
        if (name != "$default" && (name.Length is 0 or > 128 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')))
            throw ApiErrors.Bad("Stage name only allows a-zA-Z0-9_- or $default");
        (document["createdDate"], document["lastUpdatedDate"]) = (dialect.Time(tree.World.Now), dialect.Time(tree.World.Now));
        document["defaultRouteSettings"] ??= new JsonObject { ["detailedMetricsEnabled"] = false };
        document["routeSettings"] ??= new JsonObject();
        document["stageVariables"] ??= new JsonObject();
        document["tags"] ??= new JsonObject();
        document["autoDeploy"] ??= false;
    }

    private static void CheckStage(ApiChange change)
    {
        if (change.Document.Text("deploymentId") is { } deployment && !change.Parent.Below("deployments").ContainsKey(deployment))
            throw ApiErrors.Missing("Deployment", deployment);
        var routes = change.Parent.Below("routes").Values.Select(route => route.Document.Need("routeKey")).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, _) in change.Document.Part("routeSettings") ?? [])
            if (!routes.Contains(key)) throw ApiErrors.Missing("Route", key);
    }

    /// <summary>Deploys a changed API to the stages that want it at once.</summary>
    public void DeployByItself(ApiChange change) => DeployByItself(change.Parent);

    /// <summary>Deploys a changed API to the stages that want it at once.</summary>
    public void DeployByItself(ApiNode api)
    {
        foreach (var stage in api.Below("stages").Values) Deploy(api, stage.Document);
    }

    private void Deploy(ApiNode api, JsonObject stage)
    {
        if (stage.Flag("autoDeploy") != true || api.Below("routes").Count == 0) return;
        var id = tree.NewId(6);
        var deployment = new ApiNode(new() { ["deploymentId"] = id, ["description"] = "Automatic deployment triggered by changes to the Api configuration" });
        CompleteDeployment(api, deployment, isAutomatic: true);
        api.Below("deployments").Add(id, deployment);
        stage["deploymentId"] = id;
        stage["lastDeploymentStatusMessage"] = $"Successfully deployed stage with deployment ID '{id}'";
    }

    private static void KeepServed(ApiChange change)
    {
        if (change.Parent.Below("stages").Values.Any(stage => stage.Document.Text("deploymentId") == change.Document.Need("deploymentId")))
            throw ApiErrors.Bad("Active stages pointing to this deployment must be moved or deleted");
    }
}
