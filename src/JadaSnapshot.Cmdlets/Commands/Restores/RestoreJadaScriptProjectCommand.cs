using System.Management.Automation;
using JadaSnapshot.Engine.Layers.AppsScript;

namespace JadaSnapshot.Commands;

/// <summary>Brings Google Apps Script projects back: the files, and the deployments as they were.</summary>
[Cmdlet(VerbsData.Restore, "JadaScriptProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaScriptProjectCommand : RestoreResourceCommand
{
    /// <summary>The projects, by the names that they have in the snapshot, or by script id; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ScriptId", "Id")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override string LayerName => AppsScriptLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["script-project"];

    private protected override string[] Names => Name;
}
