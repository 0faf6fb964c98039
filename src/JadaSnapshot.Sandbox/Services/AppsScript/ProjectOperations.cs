using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

internal sealed class ProjectOperations(ScriptState state)
{
    public void AddTo(OperationTable operations)
    {
        operations.Add("projects.create", $"POST {AppsScriptService.Projects}", Create);
        operations.Add("projects.get", $"GET {AppsScriptService.Projects}/{{scriptId}}", call => Answer(state.Project(call)));
    }

    private SandboxResponse Create(Call call)
    {
        var now = state.World.Now;
        var project = new ScriptProject
        {
            ScriptId = state.NewProjectId(),
            Title = call.Json.Text("title") is { Length: > 0 } title ? title : throw GoogleErrors.Invalid("Request contains an invalid argument."),
            ParentId = call.Json.Text("parentId"),
            Created = now,
            Updated = now,
            Files =
            [
                new(ScriptFile.ManifestName, ScriptFile.Manifest, "{\"timeZone\":\"America/Los_Angeles\",\"dependencies\":{},\"exceptionLogging\":\"STACKDRIVER\",\"runtimeVersion\":\"V8\"}", now, now),
                new("Code", ScriptFile.Script, "function myFunction() {\n\n}\n", now, now),
            ],
        };
        project.Deployments.Add(new(state.NewDeploymentId(), null, null, ScriptFile.ManifestName, now));
        state.Projects.Add(project.ScriptId, project);
        return Answer(project);
    }

    private static SandboxResponse Answer(ScriptProject project) => GoogleAnswer.Of(new JsonObject
    {
        ["scriptId"] = project.ScriptId,
        ["title"] = project.Title,
    }.With("parentId", project.ParentId)
        .With("createTime", project.Created.IsoMilliseconds())
        .With("updateTime", project.Updated.IsoMilliseconds())
        .With("creator", User())
        .With("lastModifyUser", User()));

    private static JsonObject User() => new() { ["domain"] = ScriptState.UserEmail.Split('@')[1], ["email"] = ScriptState.UserEmail, ["name"] = "JADA Crew" };
}
