using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Ses;

namespace JadaSnapshot.Commands;

/// <summary>Brings the identities of SES back: settings, policies and notifications.</summary>
[Cmdlet(VerbsData.Restore, "JadaEmailIdentity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaEmailIdentityCommand : RestoreResourceCommand
{
    /// <summary>The identities: domains or addresses; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityName", "Identity", "Name")]
    [ArgumentCompleter(typeof(IdentityNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] EmailIdentity { get; set; } = [];

    private protected override string LayerName => SesLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["identity"];

    private protected override string[] Names => EmailIdentity;
}
