using System.Management.Automation;
using JadaSnapshot.Engine.Layers.LocalFiles;

namespace JadaSnapshot.Commands;

/// <summary>Brings folders of this machine back.</summary>
[Cmdlet(VerbsData.Restore, "JadaLocalFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaLocalFileCommand : RestoreResourceCommand
{
    /// <summary>The roots, by the names that they have in the snapshot; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RootName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override string LayerName => LocalFilesLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["local-root"];

    private protected override string[] Names => Name;
}
