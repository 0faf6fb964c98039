using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Route53;

namespace JadaSnapshot.Sandbox.Services.Acm;

internal sealed partial class AcmState(SandboxWorld world, Lock gate)
{
    public const string JsonContentType = "application/x-amz-json-1.1";

    private readonly Dictionary<string, Certificate> _certificates = new(StringComparer.Ordinal);

    public SandboxWorld World { get; } = world;

    public IEnumerable<Certificate> In(string region) => _certificates.Values.Where(certificate => certificate.Region == region);

    public Certificate? Find(string arn) => _certificates.GetValueOrDefault(arn);

    public void Add(Certificate certificate) => _certificates.Add(certificate.Arn, certificate);

    public void Remove(Certificate certificate) => _certificates.Remove(certificate.Arn);

    public string ArnOf(string region, string id) => $"arn:aws:acm:{region}:{World.Account}:certificate/{id}";

    /// <summary>The certificate that a request names.</summary>
    /// <exception cref="SandboxException">There is none in the region.</exception>
    public Certificate Certificate(Call call)
    {
        var arn = call.Json.Need("CertificateArn");
        if (!ArnPattern().IsMatch(arn)) throw new SandboxException(400, "InvalidArnException", $"Invalid ARN: {arn}");
        return Find(arn) is { } certificate && certificate.Region == call.Region
            ? certificate
            : throw new SandboxException(400, "ResourceNotFoundException", $"Could not find certificate {arn}.");
    }

    /// <summary>Whether it is issued, which happens as soon as each of its names is proved in the public DNS.</summary>
    public bool IsIssued(Certificate certificate)
    {
        if (certificate.Issued is null && certificate.ValidationMethod == "DNS" && World.IsSettled(certificate.Settled) && certificate.Names.All(IsProved)) certificate.Issue(World.Now);
        return certificate.Issued is not null;
    }

    public bool IsProved(string name)
    {
        var (record, value) = ValidationRecord.Of(World.Account, name);
        return World.Get<Route53Service>().HasPublicRecord(record, "CNAME", value);
    }

    /// <summary>An operation that depends on who uses certificates. The users are asked first, since they hold their own gates while they ask this service.</summary>
    public Handler WithUses(Func<Call, ILookup<string, string>, SandboxResponse> handler) => (call, _) =>
    {
        var uses = World.Services.OfType<ICertificateUser>().SelectMany(service => service.CertificateUses).ToLookup(use => use.Certificate, use => use.User, StringComparer.Ordinal);
        lock (gate) return ValueTask.FromResult(handler(call, uses));
    };

    public static SandboxResponse Answer(JsonNode? body = null) =>
        body is null ? new SandboxResponse { ContentType = JsonContentType } : JsonAnswer.Of(body, contentType: JsonContentType);

    public static SandboxException Invalid(string message) => new(400, "ValidationException", message);

    [GeneratedRegex(@"^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*$")]
    private static partial Regex ArnPattern();
}
