using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>Certificates as typed objects.</summary>
public sealed class CertificateView : ResourceView<Certificate>
{
    internal const string Document = "certificate.json";

    /// <inheritdoc/>
    public override string Layer => AcmLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => "certificate";

    /// <inheritdoc/>
    // A domain may have several certificates, so the id stands below it.
    public override string Folder(Resource resource) =>
        $"aws-configs/acm/{PathNames.FromName(resource.Region)}/{PathNames.FromName(resource.Name)}/{PathNames.FromName(resource.Id)}/";

    /// <inheritdoc/>
    public override bool Reads(string document) => document == Document;

    /// <inheritdoc/>
    public override Certificate View(Resource resource, ResourceDocuments documents)
    {
        var certificate = documents.Json(Document).Member("Certificate");
        return new()
        {
            CertificateArn = certificate.Text("CertificateArn") ?? resource.Arn ?? resource.Id,
            DomainName = certificate.Text("DomainName") ?? resource.Name,
            Region = resource.Region,
            SubjectAlternativeNames = Strings(certificate, "SubjectAlternativeNames"),
            Status = certificate.Text("Status"),
            Type = certificate.Text("Type"),
            KeyAlgorithm = certificate.Text("KeyAlgorithm"),
            Issuer = certificate.Text("Issuer"),
            Serial = certificate.Text("Serial"),
            CreatedAt = certificate.Moment("CreatedAt"),
            NotBefore = certificate.Moment("NotBefore"),
            NotAfter = certificate.Moment("NotAfter"),
            InUseBy = Strings(certificate, "InUseBy"),
            RenewalEligibility = certificate.Text("RenewalEligibility"),
            ValidationRecords = [.. certificate.Items("DomainValidationOptions").Select(ToValidation)],
        };
    }

    private static CertificateValidation ToValidation(JsonElement validation)
    {
        var record = validation.Member("ResourceRecord");
        return new()
        {
            DomainName = validation.Text("DomainName") ?? "",
            Status = validation.Text("ValidationStatus"),
            Method = validation.Text("ValidationMethod"),
            RecordName = record.Text("Name"),
            RecordType = record.Text("Type"),
            RecordValue = record.Text("Value"),
        };
    }

    private static IReadOnlyList<string> Strings(JsonElement certificate, string member) =>
        [.. certificate.Items(member).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
