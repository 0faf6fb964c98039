using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>Writes a certificate as lists and descriptions show it.</summary>
internal sealed class CertificateDetail(AcmState state, Certificate certificate, ILookup<string, string> uses)
{
    private static readonly string[] Mailboxes = ["admin", "administrator", "hostmaster", "postmaster", "webmaster"];

    private readonly bool _isIssued = state.IsIssued(certificate);

    public string State => _isIssued ? "ISSUED" : "PENDING_VALIDATION";

    public JsonObject Summary() => WithTimes(new JsonObject
    {
        ["CertificateArn"] = certificate.Arn,
        ["DomainName"] = certificate.Names[0],
        ["SubjectAlternativeNameSummaries"] = JsonAnswer.List(certificate.Names),
        ["HasAdditionalSubjectAlternativeNames"] = false,
        ["Status"] = State,
        ["Type"] = certificate.Type,
        ["KeyAlgorithm"] = certificate.KeyAlgorithm,
        ["KeyUsages"] = _isIssued ? new JsonArray("DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT") : [],
        ["ExtendedKeyUsages"] = _isIssued ? new JsonArray("TLS_WEB_SERVER_AUTHENTICATION", "TLS_WEB_CLIENT_AUTHENTICATION") : [],
        ["ExportOption"] = Exportable,
        ["InUse"] = uses.Contains(certificate.Arn),
        ["RenewalEligibility"] = Eligibility,
    });

    public JsonObject Whole()
    {
        var content = certificate.Content;
        return WithTimes(new JsonObject
        {
            ["CertificateArn"] = certificate.Arn,
            ["DomainName"] = certificate.Names[0],
            ["SubjectAlternativeNames"] = JsonAnswer.List(certificate.Names),
        }
        .With("DomainValidationOptions", certificate.IsImported ? null : new JsonArray([.. certificate.Names.Select(Validation)]))
        .With("Serial", content is null ? null : string.Join(':', content.Serial.Chunk(2).Select(pair => new string(pair))))
        .With("Subject", content?.Subject ?? $"CN={certificate.Names[0]}")
        .With("Issuer", content?.Issuer ?? "Amazon")
        .With("Status", State)
        .With("KeyAlgorithm", certificate.KeyAlgorithm)
        .With("SignatureAlgorithm", content?.SignatureAlgorithm ?? "SHA256WITHRSA")
        .With("InUseBy", JsonAnswer.List(uses[certificate.Arn].Order(StringComparer.Ordinal)))
        .With("Type", certificate.Type)
        .With("KeyUsages", _isIssued ? new JsonArray(Usage("DIGITAL_SIGNATURE"), Usage("KEY_ENCIPHERMENT")) : [])
        .With("ExtendedKeyUsages", _isIssued
            ? new JsonArray(Usage("TLS_WEB_SERVER_AUTHENTICATION", "1.3.6.1.5.5.7.3.1"), Usage("TLS_WEB_CLIENT_AUTHENTICATION", "1.3.6.1.5.5.7.3.2"))
            : [])
        .With("RenewalEligibility", Eligibility)
        .With("Options", new JsonObject
        {
            ["CertificateTransparencyLoggingPreference"] = certificate.Options?.Text("CertificateTransparencyLoggingPreference") ?? (certificate.IsImported ? "DISABLED" : "ENABLED"),
            ["Export"] = Exportable,
        }));
    }

    private string Exportable => certificate.Options?.Text("Export") ?? "DISABLED";

    private string Eligibility => !certificate.IsImported && uses.Contains(certificate.Arn) ? "ELIGIBLE" : "INELIGIBLE";

    private JsonObject Validation(string name)
    {
        var isDns = certificate.ValidationMethod == "DNS";
        var validation = new JsonObject
        {
            ["DomainName"] = name,
            ["ValidationDomain"] = name,
            ["ValidationStatus"] = _isIssued || (isDns && state.IsProved(name)) ? "SUCCESS" : "PENDING_VALIDATION",
            ["ValidationMethod"] = certificate.ValidationMethod,
        };
        if (!isDns) return validation.With("ValidationEmails", JsonAnswer.List(Mailboxes.Select(box => $"{box}@{name}")));
        if (!state.World.IsSettled(certificate.Settled)) return validation;
        var (record, value) = ValidationRecord.Of(state.World.Account, name);
        return validation.With("ResourceRecord", new JsonObject { ["Name"] = record, ["Type"] = "CNAME", ["Value"] = value });
    }

    private JsonObject WithTimes(JsonObject target) => target
        .With("CreatedAt", certificate.IsImported ? null : certificate.Created.Epoch())
        .With("IssuedAt", certificate.IsImported ? null : certificate.Issued?.Epoch())
        .With("ImportedAt", certificate.IsImported ? certificate.Issued?.Epoch() : null)
        .With("NotBefore", certificate.Content?.NotBefore.Epoch())
        .With("NotAfter", certificate.Content?.NotAfter.Epoch());

    private static JsonObject Usage(string name, string? oid = null) => new JsonObject { ["Name"] = name }.With("OID", oid);
}
