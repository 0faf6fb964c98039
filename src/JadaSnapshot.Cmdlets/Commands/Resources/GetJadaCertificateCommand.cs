using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Acm;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of certificates what names they stand for, how those are proved, until when they are valid and who uses them.</summary>
[Cmdlet(VerbsCommon.Get, "JadaCertificate")]
[OutputType(typeof(Certificate))]
public sealed class GetJadaCertificateCommand() : GetResourceCommand<Certificate>(new CertificateView())
{
    /// <summary>Only these certificates, by ARN, id or domain name. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name")]
    [ArgumentCompleter(typeof(CertificateNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? CertificateArn { get; set; }

    private protected override string[]? Names => CertificateArn;
}
