using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Acm;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports certificates: description with validation records and users, PEM and chain, tags. Private keys never leave ACM.</summary>
[Cmdlet(VerbsData.Export, "JadaCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(ResourceExport))]
public sealed class ExportJadaCertificateCommand() : ExportResourceCommand(new CertificateView())
{
    /// <summary>The certificates, by ARN, id or domain name, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name")]
    [ArgumentCompleter(typeof(CertificateNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? CertificateArn { get; set; }

    private protected override string[]? Names => CertificateArn;
}
