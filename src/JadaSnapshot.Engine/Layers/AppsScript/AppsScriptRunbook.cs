using System.Globalization;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>How script projects come back: their files, then what their users see.</summary>
internal sealed class AppsScriptRunbook : IRunbookPart
{
    private static readonly ScriptProjectView Projects = new();

    public string Layer => AppsScriptLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Scripts;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        foreach (var project in source.Of(Layer, Projects.Kind))
        {
            page.Heading("Project", project.Name, project.Id);
            page.Restore("Restore-JadaScriptProject", "Name", project.Name);
            page.Shell(shell => shell.Add($"( cd {ScriptProjectView.HeadFolder(project)} && clasp push --force )"));
            page.Shell(shell => WriteDeployments(project, source, shell));
        }
    }

    // Who is sent to a version that is still there need not wait for a new one.
    private static void WriteDeployments(Resource project, RunbookSource source, ShellBlock shell)
    {
        foreach (var deployment in source.AllJson($"{Projects.Folder(project)}deployments-").SelectMany(page => page.Items("deployments")))
            if (ScriptProjectView.VersionOf(deployment) is { } version && deployment.Text("deploymentId") is { } id)
                shell.Add($"( cd {ScriptProjectView.HeadFolder(project)} && clasp update-deployment {id} --versionNumber {version.ToString(CultureInfo.InvariantCulture)} )");
    }
}
