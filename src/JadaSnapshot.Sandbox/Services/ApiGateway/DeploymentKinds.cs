using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>Deployments, which freeze an API's definition, and the stages that serve them.</summary>
internal sealed class DeploymentKinds(ApiTree tree, RestDialect dialect)
{
    public const string Stages = RestApiKinds.Api + "/stages";

    /// <summary>Members of a deployment's request that are of the stage that it makes or moves.</summary>
    private static readonly string[] OfStage = ["variables", "cacheClusterEnabled", "cacheClusterSize", "tracingEnabled", "canarySettings"];

    public ApiKind Deployment => new("Deployment", "Deployments", RestApiKinds.Api + "/deployments", "deployment_id")
    {
        Words = "Deployment",
        Complete = CompleteDeployment,
        Created = Serve,
        Deleting = KeepServed,
        View = (call, node) => ViewDeployment(node, call.Query("embed") == "apisummary"),
        Listed = (_, node) => ViewDeployment(node, summary: false),
    };

    public ApiKind Stage => new("Stage", "Stages", Stages, "stage_name")
    {
        Words = "stage",
        IdLength = 0,
        IdMember = "stageName",
        List = ListStages,
        Required = ["stageName", "deploymentId"],
        Complete = CompleteStage,
        Check = change => Deployed(change.Parent, change.Document.Text("deploymentId")),
    };

    /// <summary>Stages do not page.</summary>
    private SandboxResponse ListStages(Call call)
    {
        var deployment = call.Query("deploymentId");
        var stages = tree.At(call, RestApiKinds.Api).Below("stages").Values.Where(stage => deployment is null || stage.Document.Text("deploymentId") == deployment);
        return JsonAnswer.Of(new JsonObject { ["item"] = JsonAnswer.List(stages.Select(stage => stage.Document)) });
    }

    private void CompleteDeployment(ApiChange change)
    {
        var methods = Methods.Of(change.Parent).ToList();
        if (methods.Count == 0) throw ApiErrors.Bad("The REST API doesn't contain any methods");
        if (methods.Any(each => each.Method.Part("methodIntegration") is null)) throw ApiErrors.Bad("No integration defined for method");
        change.Document["createdDate"] = dialect.Time(tree.World.Now);
        change.Node.Snapshot = change.Parent.Copy(RestApiKinds.Definition);
    }

    private void Serve(ApiChange change)
    {
        var document = change.Document;
        var asked = document.DeepClone().AsObject();
        foreach (var member in OfStage) document.Remove(member);
        document.Remove("stageName");
        document.Remove("stageDescription");
        if (asked.Text("stageName") is not { Length: > 0 } name) return;

        var stages = change.Parent.Below("stages");
        var isNew = !stages.TryGetValue(name, out var stage);
        if (isNew) stages.Add(name, stage = new ApiNode(new JsonObject { ["stageName"] = name, ["createdDate"] = dialect.Time(tree.World.Now) }));
        var target = stage!.Document;
        var canary = asked.Part("canarySettings");
        if (canary is not null && !isNew) (target["canarySettings"] = canary.DeepClone())["deploymentId"] = document.Need("id");
        else target["deploymentId"] = document.Need("id");
        if (asked.Text("stageDescription") is { } words) target["description"] = words;
        foreach (var member in OfStage)
            if (member != "canarySettings" && asked[member] is { } value) target[member] = value.DeepClone();
        Furnish(target);
    }

    private void CompleteStage(ApiChange change)
    {
        var name = change.Document.Need("stageName");
        if (name.Length is 0 or > 128 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw ApiErrors.Bad("Stage name only allows a-zA-Z0-9_-");
        change.Document["createdDate"] = dialect.Time(tree.World.Now);
        Furnish(change.Document);
    }

    private void Furnish(JsonObject stage)
    {
        stage["cacheClusterEnabled"] ??= false;
        stage["cacheClusterStatus"] = stage["cacheClusterEnabled"]!.ToString() == "true" ? "AVAILABLE" : "NOT_AVAILABLE";
        stage["methodSettings"] ??= new JsonObject();
        stage["tracingEnabled"] ??= false;
        stage["lastUpdatedDate"] = dialect.Time(tree.World.Now);
    }

    private static void Deployed(ApiNode api, string? deployment)
    {
        if (!api.Below("deployments").ContainsKey(deployment ?? "")) throw ApiErrors.Bad("Deployment id does not exist");
    }

    private static void KeepServed(ApiChange change)
    {
        if (change.Parent.Below("stages").Values.Any(stage => stage.Document.Text("deploymentId") == change.Document.Need("id")))
            throw ApiErrors.Bad("Active stages pointing to this deployment must be moved or deleted");
    }

    private static JsonObject ViewDeployment(ApiNode deployment, bool summary)
    {
        var view = deployment.Document.DeepClone().AsObject();
        if (!summary) return view;
        var paths = new JsonObject();
        foreach (var (path, verb, method) in Methods.Of(deployment.Snapshot!))
            (paths[path] ??= new JsonObject())[verb] = new JsonObject { ["authorizationType"] = method.Need("authorizationType"), ["apiKeyRequired"] = method.Flag("apiKeyRequired") ?? false };
        view["apiSummary"] = paths;
        return view;
    }
}
