using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Ses;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of domains and addresses whether mail may be sent by them, and how it is signed.</summary>
[Cmdlet(VerbsCommon.Get, "JadaEmailIdentity")]
[OutputType(typeof(EmailIdentity))]
public sealed class GetJadaEmailIdentityCommand() : GetResourceCommand<EmailIdentity>(new EmailIdentityView())
{
    /// <summary>Only these domains and addresses. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("IdentityName", "Identity", "Name")]
    [ArgumentCompleter(typeof(IdentityNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? EmailIdentity { get; set; }

    private protected override string[]? Names => EmailIdentity;
}
