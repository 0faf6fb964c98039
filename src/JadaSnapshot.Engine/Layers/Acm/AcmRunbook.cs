using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>How certificates are asked for anew.</summary>
internal sealed class AcmRunbook : IRunbookPart
{
    private static readonly CertificateView Certificates = new();

    public string Layer => AcmLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Certificates;

    public void Write(RunbookSource source, RunbookPage page)
    {
        foreach (var resource in source.Of(Layer, Certificates.Kind))
        {
            var folder = Certificates.Folder(resource);
            var certificate = source.Json(folder + CertificateView.Document).Member("Certificate");
            page.Heading("Certificate", resource.Name, $"{resource.Region}, {certificate.Text("Type") ?? resource.Id}");
            if (certificate.Text("Type") == "IMPORTED")
                page.Shell(shell => shell.Add($"aws acm import-certificate --region {resource.Region} --certificate {"fileb://" + folder + "certificate.pem"} --certificate-chain {"fileb://" + folder + "chain.pem"} --private-key \"fileb://$KEY\""));
            else
                page.Shell(shell =>
                {
                    shell.Send(
                        certificate.Pick("DomainName", "SubjectAlternativeNames", "KeyAlgorithm")
                            .With("ValidationMethod", certificate.Items("DomainValidationOptions").FirstOrDefault().Text("ValidationMethod") ?? "DNS")
                            .With("Tags", source.Json(folder + "tags.json").Node("Tags")),
                        $"request aws acm request-certificate --region {resource.Region} --query CertificateArn --output text > \"$WORK/arn\"");
                    shell.Add($"learn {resource.Arn} \"$(cat \"$WORK/arn\")\"");
                    shell.Add($"aws acm describe-certificate --region {resource.Region} --certificate-arn \"$(cat \"$WORK/arn\")\" --query 'Certificate.DomainValidationOptions[].ResourceRecord'");
                });
        }
    }
}
