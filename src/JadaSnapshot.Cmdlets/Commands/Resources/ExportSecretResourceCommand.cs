using System.Management.Automation;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports resources whose documents hold secrets, which leave with them only where someone is named who may open them.</summary>
public abstract class ExportSecretResourceCommand : ExportResourceCommand
{
    private protected ExportSecretResourceCommand(ResourceView view) : base(view)
    {
    }

    /// <summary>Keeps each document that has secrets sealed as well, for whom this names: certificates as <c>Protect-CmsMessage -To</c> takes them, or KMS keys (<c>alias/…</c> or an ARN). Without it, for those whom the estate file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ProtectTo { get; set; }

    private protected override object[]? SealTo => RecipientsOr(ProtectTo);
}
