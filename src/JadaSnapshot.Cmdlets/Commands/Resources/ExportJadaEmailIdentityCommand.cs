using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Ses;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports domains and addresses that mail is sent by: DKIM, mail-from domain, policies, notifications and tags; and the rest of SES on request.</summary>
[Cmdlet(VerbsData.Export, "JadaEmailIdentity", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaEmailIdentityCommand() : ExportResourceCommand(new EmailIdentityView())
{
    /// <summary>The domains and addresses, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityName", "Identity", "Name")]
    [ArgumentCompleter(typeof(IdentityNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? EmailIdentity { get; set; }

    /// <summary>Exports as well what belongs to the account and no identity: templates, configuration sets, contact lists, receipt rules and settings.</summary>
    [Parameter]
    public SwitchParameter IncludeAccount { get; set; }

    private protected override string[]? Names => EmailIdentity;

    private protected override LayerOptions Options => IncludeAccount ? new() { Kinds = EmailIdentityView.AccountKinds } : new();
}
