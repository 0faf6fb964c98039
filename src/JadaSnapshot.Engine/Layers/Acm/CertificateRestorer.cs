using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Acm;

/// <summary>
/// Requests certificates anew with the same names (<see href="https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"/>): no key ever
/// left ACM. Where the zones are in the account, the records that prove the names are set and the certificate is waited for.
/// </summary>
internal sealed class CertificateRestorer : Restorer
{
    private const string Document = CertificateView.Document;
    private const string Tags = "tags.json";
    private const string Issued = "ISSUED";

    // What is requested is written as it stands in the description.
    private static readonly string[] Requested = ["DomainName", "SubjectAlternativeNames", "Options", "CertificateAuthorityArn", "ManagedBy"];

    public override string Layer => AcmLayer.LayerName;

    public override IReadOnlyList<string> Kinds => ["certificate"];

    public override RestorePhase Phase => RestorePhase.Certificates;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(Document, PutAsync) { IsInCreate = true, NamesUsers = true },
        new(Tags, PutTagsAsync) { IsInCreate = true },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("pem.json", "*", "is another certificate's, since each has a key of its own"),
        new(Document, "Certificate.Serial", "is given by the authority"),
        new(Document, "Certificate.Subject", "is written by the authority"),
        new(Document, "Certificate.*At", "is a time at which something was done with it"),
        new(Document, "Certificate.Not*", "begins when it is issued"),
        new(Document, "Certificate.DomainValidationOptions*", "is proved by records that ACM makes up for each account"),
        new(Document, "Certificate.InUseBy*", "tells who uses it"),
        new(Document, "Certificate.RenewalEligibility", "follows from its use"),
        new(Document, "Certificate.*KeyUsages*", "stands in it once it is issued"),
        new(Document, "Certificate.Status", "was not issued in the snapshot either") { Only = (_, change, _) => change.Snapshot != Issued },
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override bool IsPrerequisite(string kind) => true;

    public override bool CanDelete(string kind) => true;

    public override bool IdentityIsInDocuments(string kind) => true;

    public override string? Identity(Resource resource, ResourceDocuments documents)
    {
        var certificate = Certificate(documents);
        return certificate.ValueKind == JsonValueKind.Undefined ? null : string.Join(' ', [certificate.Text("Type") ?? "", certificate.Text("KeyAlgorithm") ?? "", resource.Name, .. NamesOf(certificate).Order(StringComparer.Ordinal)]);
    }

    public override string? WhyNot(RestoreWork work) => Certificate(work.Original).Text("Type") == "IMPORTED"
        ? "it was imported, and ACM never shows a private key: import it with the key that its owner kept; certificate.pem and chain.pem are in the snapshot"
        : null;

    public override string? WhyFixed(string kind, string document, string path) => document == Document && path is not ("Certificate.Status" or "Certificate.Options.CertificateTransparencyLoggingPreference")
        ? "a certificate cannot be changed; request another"
        : null;

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var certificate = Certificate(work.Documents);
        var method = certificate.Items("DomainValidationOptions").Select(option => option.Text("ValidationMethod")).FirstOrDefault(text => text is not null);
        // The token makes a call whose answer was lost answer again; ACM forgets it after an hour.
        var request = JsonRequest.Of("RequestCertificate", json =>
        {
            foreach (var member in Requested) json.WriteVerbatim(member, certificate.Member(member));
            if (certificate.Text("KeyAlgorithm") is { } algorithm) json.WriteString("KeyAlgorithm", algorithm.Replace('-', '_'));
            if (method is not null) json.WriteString("ValidationMethod", method);
            json.WriteString("IdempotencyToken", work.Token);
            if (work.Documents.Json(Tags).Items("Tags").Any()) json.WriteVerbatim("Tags", work.Documents.Json(Tags).Items("Tags"));
        });
        var arn = (await Acm(work).SendAsync(request, cancel)).Json().Text("CertificateArn") ?? "";
        work.Created(arn[(arn.LastIndexOf('/') + 1)..], arn);
        await ProveAsync(work, cancel);
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        // Who used it may still be on the way out.
        work.SendAsync(Acm(work), JsonRequest.Of("DeleteCertificate", ("CertificateArn", work.Arn)), exception => exception.Code == "ResourceInUseException", cancel);

    private static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (Certificate(work.Documents), Certificate(work.Live));
        const string logging = "CertificateTransparencyLoggingPreference";
        if (wanted.Member("Options").Text(logging) is { } preference && preference != live.Member("Options").Text(logging))
            await Acm(work).SendAsync(JsonRequest.Of("UpdateCertificateOptions", json =>
            {
                json.WriteString("CertificateArn", work.Arn);
                json.WriteStartObject("Options");
                json.WriteString(logging, preference);
                json.WriteEndObject();
            }), cancel);
        await ProveAsync(work, cancel);
    }

    /// <summary>Sets the records that prove the names, where the zones are in the account, and waits until the certificate is issued.</summary>
    private static async Task ProveAsync(RestoreWork work, CancellationToken cancel)
    {
        // One that was waiting for its proof in the snapshot waits again.
        if (Certificate(work.Original).Text("Status") != Issued) return;
        var certificate = await LookAsync(work, seen => seen.Text("Status") == Issued || (Proofs(seen).Count > 0 && seen.Items("DomainValidationOptions").All(option => option.Text("ValidationMethod") != "DNS" || option.Member("ResourceRecord").ValueKind == JsonValueKind.Object)) || ByMail(seen).Any(), cancel);
        if (certificate.Text("Status") == Issued) return;
        if (ByMail(certificate).Any())
            throw new InvalidOperationException($"Mails that ask for approval have gone to {string.Join(", ", ByMail(certificate))}. It is issued when they are answered; then repeat the restore.");

        var elsewhere = await new ProofRecords(work).SetAsync(Proofs(certificate), cancel);
        foreach (var proof in elsewhere) work.Note($"Set this record where the DNS of the name is kept: {proof.Name} {proof.Type} {proof.Value}");
        if (elsewhere.Count > 0) throw new InvalidOperationException("It is not issued before the records named here are set; then repeat the restore.");
        certificate = await LookAsync(work, seen => seen.Text("Status") is not "PENDING_VALIDATION", cancel);
        if (certificate.Text("Status") != Issued)
            throw new TimeoutException($"It is {certificate.Text("Status")} still, though its records are set in the account's zones: see that the registrar names the zones' name servers, and repeat the restore.");
    }

    private static Task<JsonElement> LookAsync(RestoreWork work, Func<JsonElement, bool> isOver, CancellationToken cancel) => Waiting.LookAsync(
        async () => (await Acm(work).SendAsync(JsonRequest.Of("DescribeCertificate", ("CertificateArn", work.Arn)), cancel)).Json().Member("Certificate"), isOver, work.Target.Patience, cancel);

    private static async Task PutTagsAsync(RestoreWork work, CancellationToken cancel)
    {
        var (wanted, live) = (TagsOf(work.Documents), TagsOf(work.Live));
        await ChangeAsync("AddTagsToCertificate", [.. wanted.Where(tag => live.GetValueOrDefault(tag.Key) != tag.Value)]);
        await ChangeAsync("RemoveTagsFromCertificate", [.. live.Where(tag => !wanted.ContainsKey(tag.Key))]);

        Task ChangeAsync(string operation, IReadOnlyList<KeyValuePair<string, string>> tags) => tags.Count == 0 ? Task.CompletedTask : Acm(work).SendAsync(JsonRequest.Of(operation, json =>
        {
            json.WriteString("CertificateArn", work.Arn);
            json.WriteStartArray("Tags");
            foreach (var (key, value) in tags)
            {
                json.WriteStartObject();
                json.WriteString("Key", key);
                json.WriteString("Value", value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }), cancel);
    }

    private static List<ProofRecord> Proofs(JsonElement certificate) =>
    [
        .. certificate.Items("DomainValidationOptions").Select(option => option.Member("ResourceRecord")).Where(record => record.Text("Name") is not null)
            .Select(record => new ProofRecord(record.Text("Name")!, record.Text("Type") ?? "CNAME", record.Text("Value") ?? "")).Distinct(),
    ];

    private static IEnumerable<string> ByMail(JsonElement certificate) =>
        certificate.Items("DomainValidationOptions").Where(option => option.Text("ValidationMethod") == "EMAIL").SelectMany(option => option.Items("ValidationEmails")).Select(mail => mail.GetString()!).Distinct();

    private static IEnumerable<string> NamesOf(JsonElement certificate) => certificate.Items("SubjectAlternativeNames").Select(name => name.GetString() ?? "");

    private static Dictionary<string, string> TagsOf(ResourceDocuments documents) =>
        documents.Json(Tags).Items("Tags").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value") ?? "", StringComparer.Ordinal);

    private static JsonElement Certificate(ResourceDocuments documents) => documents.Json(Document).Member("Certificate");

    private static WireClient Acm(RestoreWork work) => work.Wire(AcmLayer.Service);
}
