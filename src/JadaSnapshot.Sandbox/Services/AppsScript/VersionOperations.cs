using System.Globalization;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

internal sealed class VersionOperations(ScriptState state)
{
    private const string Versions = $"{AppsScriptService.Projects}/{{scriptId}}/versions";

    /// <summary>A project has no more versions than this.</summary>
    private const int MostVersions = 200;

    public void AddTo(OperationTable operations)
    {
        operations.Add("projects.versions.list", $"GET {Versions}", List);
        operations.Add("projects.versions.create", $"POST {Versions}", Create);
        operations.Add("projects.versions.get", $"GET {Versions}/{{versionNumber}}", Get);
    }

    /// <exception cref="SandboxException">There is no such version.</exception>
    public static ScriptVersion Find(ScriptProject project, long number) => project.Versions.FirstOrDefault(version => version.Number == number) ?? throw GoogleErrors.Of("NOT_FOUND");

    private SandboxResponse List(Call call)
    {
        var project = state.Project(call);
        return GoogleAnswer.Listing(call, "versions", [.. project.Versions.AsEnumerable().Reverse()], version => Render(project, version));
    }

    private SandboxResponse Create(Call call)
    {
        var project = state.Project(call);
        if (project.Versions.Count >= MostVersions)
            throw GoogleErrors.Precondition($"This project has reached the limit of {MostVersions} versions. Delete versions that are not used any more, then try again.");
        var version = new ScriptVersion(project.Versions.Count + 1, call.Json.Text("description"), state.World.Now, project.Files);
        project.Versions.Add(version);
        return GoogleAnswer.Of(Render(project, version));
    }

    private SandboxResponse Get(Call call)
    {
        var project = state.Project(call);
        return long.TryParse(call.Label("versionNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? GoogleAnswer.Of(Render(project, Find(project, number)))
            : throw GoogleErrors.Invalid("Request contains an invalid argument.");
    }

    private static JsonObject Render(ScriptProject project, ScriptVersion version) =>
        new JsonObject { ["scriptId"] = project.ScriptId, ["versionNumber"] = version.Number }
            .With("description", version.Description)
            .With("createTime", version.Created.IsoMilliseconds());
}
