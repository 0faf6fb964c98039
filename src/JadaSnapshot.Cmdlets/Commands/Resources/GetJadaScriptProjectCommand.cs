using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.AppsScript;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of Google Apps Script projects: files, versions, deployments, libraries. The credentials are those of clasp, or Google's application default ones; AWS is not asked.</summary>
[Cmdlet(VerbsCommon.Get, "JadaScriptProject")]
[OutputType(typeof(ScriptProject))]
public sealed class GetJadaScriptProjectCommand() : GetResourceCommand<ScriptProject>(new ScriptProjectView())
{
    private readonly ScriptProjects _projects = new();

    /// <summary>The script ids, the addresses of the projects in the script editor, or names of the estate file; all projects of the estate file where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(ScriptProjectNames))]
    [ValidateNotNullOrEmpty]
    public string[]? ScriptId { get; set; }

    /// <summary>What to call the projects, in the order of their ids; without it they are called by those.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    private protected override string[]? Names => _projects.Add(ScriptId, Name, EstateFile?.ScriptProjects)
        ?? throw Missing("ScriptProjectMissing", "A script project", "-ScriptId", "scriptProjects");

    private protected override LayerOptions Options => new() { ScriptProjects = _projects.ByName };
}
