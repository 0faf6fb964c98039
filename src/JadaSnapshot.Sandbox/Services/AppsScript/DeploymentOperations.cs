using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

internal sealed class DeploymentOperations(ScriptState state)
{
    private const string Deployments = $"{AppsScriptService.Projects}/{{scriptId}}/deployments";

    /// <summary>A project has no more deployments of versions than this.</summary>
    private const int MostDeployments = 20;

    public void AddTo(OperationTable operations)
    {
        operations.Add("projects.deployments.list", $"GET {Deployments}", List);
        operations.Add("projects.deployments.create", $"POST {Deployments}", Create);
        operations.Add("projects.deployments.get", $"GET {Deployments}/{{deploymentId}}", call => Answer(Find(call)));
        operations.Add("projects.deployments.update", $"PUT {Deployments}/{{deploymentId}}", Update);
        operations.Add("projects.deployments.delete", $"DELETE {Deployments}/{{deploymentId}}", Delete);
    }

    private (ScriptProject Project, ScriptDeployment Deployment) Find(Call call)
    {
        var project = state.Project(call);
        return (project, project.Deployments.FirstOrDefault(deployment => deployment.Id == call.Label("deploymentId")) ?? throw GoogleErrors.Of("NOT_FOUND"));
    }

    private (ScriptProject Project, ScriptDeployment Deployment) FindVersioned(Call call, string participle)
    {
        var found = Find(call);
        return found.Deployment.Version is null ? throw GoogleErrors.Invalid($"Read-only deployments may not be {participle}.") : found;
    }

    private SandboxResponse List(Call call)
    {
        var project = state.Project(call);
        return GoogleAnswer.Listing(call, "deployments", project.Deployments, deployment => Render(project, deployment));
    }

    private SandboxResponse Create(Call call)
    {
        var project = state.Project(call);
        if (project.Deployments.Count > MostDeployments) throw GoogleErrors.Precondition($"Scripts may only have up to {MostDeployments} versioned deployments at a time.");
        var deployment = Read(call.Json, project, state.NewDeploymentId());
        project.Deployments.Add(deployment);
        return Answer((project, deployment));
    }

    private SandboxResponse Update(Call call)
    {
        var (project, deployment) = FindVersioned(call, "modified");
        var updated = Read(call.Json.Part("deploymentConfig") ?? throw GoogleErrors.Invalid("Request contains an invalid argument."), project, deployment.Id);
        project.Deployments[project.Deployments.IndexOf(deployment)] = updated;
        return Answer((project, updated));
    }

    private SandboxResponse Delete(Call call)
    {
        var (project, deployment) = FindVersioned(call, "deleted");
        project.Deployments.Remove(deployment);
        return GoogleAnswer.Of(new JsonObject());
    }

    private ScriptDeployment Read(JsonObject asked, ScriptProject project, string id)
    {
        var number = asked.Number("versionNumber") ?? throw GoogleErrors.Invalid("A deployment needs a version.");
        return new(id, VersionOperations.Find(project, number).Number, asked.Text("description"), asked.Text("manifestFileName") ?? ScriptFile.ManifestName, state.World.Now);
    }

    private static SandboxResponse Answer((ScriptProject Project, ScriptDeployment Deployment) found) => GoogleAnswer.Of(Render(found.Project, found.Deployment));

    private static JsonObject Render(ScriptProject project, ScriptDeployment deployment)
    {
        var config = new JsonObject { ["scriptId"] = project.ScriptId };
        if (deployment.Version is { } version) config["versionNumber"] = version;
        config.With("manifestFileName", deployment.Manifest).With("description", deployment.Description);
        var body = new JsonObject { ["deploymentId"] = deployment.Id, ["deploymentConfig"] = config, ["updateTime"] = deployment.Updated.IsoMilliseconds() };
        if (EntryPoint(project, deployment) is { } entry) body["entryPoints"] = new JsonArray(entry);
        return body;
    }

    /// <summary>What the manifest of the deployed files opens to callers.</summary>
    private static JsonObject? EntryPoint(ScriptProject project, ScriptDeployment deployment)
    {
        var files = deployment.Version is { } number ? VersionOperations.Find(project, number).Files : project.Files;
        if (JsonNode.Parse(files.Single(file => file.IsManifest).Source)?["webapp"] is not JsonObject webApp) return null;
        return new()
        {
            ["entryPointType"] = "WEB_APP",
            ["webApp"] = new JsonObject
            {
                ["url"] = $"https://script.google.com/macros/s/{deployment.Id}/{(deployment.Version is null ? "dev" : "exec")}",
                ["entryPointConfig"] = webApp.DeepClone(),
            },
        };
    }
}
