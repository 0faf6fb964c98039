using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Acm;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

/// <summary>Aliases need a certificate that is issued, lies in us-east-1 and stands for each of them.</summary>
internal static class CertificateRules
{
    public static void Check(CloudFrontState state, XElement? certificate, IReadOnlyList<string> aliases)
    {
        if (certificate?.Text("ACMCertificateArn") is { Length: > 0 } arn) CheckNames(state, arn, aliases);
        else if (aliases.Count > 0 && string.IsNullOrEmpty(certificate?.Text("IAMCertificateId")))
            throw Invalid("To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.");
    }

    private static void CheckNames(CloudFrontState state, string arn, IReadOnlyList<string> aliases)
    {
        var names = arn.Contains(":acm:us-east-1:", StringComparison.Ordinal) ? state.World.Get<AcmService>().NamesOfIssued(arn) : null;
        if (names is null)
            throw Invalid("The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.");
        if (!aliases.All(alias => names.Any(name => StandsFor(name, alias))))
            throw Invalid("The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add.");
    }

    /// <summary>A wildcard stands for one label.</summary>
    public static bool StandsFor(string name, string alias) => name.Equals(alias, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && alias.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && alias[dot..].Equals(name[1..], StringComparison.OrdinalIgnoreCase));

    private static SandboxException Invalid(string message) => new(400, "InvalidViewerCertificate", message);
}
