using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

internal sealed partial class CertificateRequests(AcmState state)
{
    private const int MostNames = 10;
    private static readonly string[] KeyAlgorithms = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    public void AddTo(OperationTable operations)
    {
        operations.Add("RequestCertificate", Request);
        operations.Add("UpdateCertificateOptions", UpdateOptions);
        operations.Add("DeleteCertificate", state.WithUses(Delete));
    }

    private SandboxResponse Request(Call call)
    {
        var asked = call.Json;
        List<string> names = [.. asked.Texts("SubjectAlternativeNames").Prepend(asked.Need("DomainName")).Distinct(StringComparer.OrdinalIgnoreCase)];
        foreach (var name in names)
            if (name.Length > 253 || !DomainPattern().IsMatch(name)) throw AcmState.Invalid(Constraint.Pattern(name, "domainName", DomainPatternText));
        if (names.Count > MostNames) throw new SandboxException(400, "LimitExceededException", $"The maximum number of domain names per certificate is {MostNames}.");
        var method = asked.Text("ValidationMethod") ?? "EMAIL";
        if (method is not ("DNS" or "EMAIL")) throw AcmState.Invalid(Constraint.NotInSet(method, "validationMethod", ["EMAIL", "DNS"]));
        var algorithm = asked.Text("KeyAlgorithm") ?? "RSA_2048";
        if (!KeyAlgorithms.Contains(algorithm)) throw AcmState.Invalid(Constraint.NotInSet(algorithm, "keyAlgorithm", KeyAlgorithms));
        var token = asked.Text("IdempotencyToken");
        if (token is not null && !TokenPattern().IsMatch(token)) throw AcmState.Invalid(Constraint.Pattern(token, "idempotencyToken", @"\w+"));
        if (token is not null && Earlier(call, token, names[0]) is { } same) return Arn(same);

        var certificate = new Certificate
        {
            Arn = NewArn(call.Region, token),
            Region = call.Region,
            Names = names,
            KeyAlgorithm = algorithm,
            Created = state.World.Now,
            Settled = state.World.SettledAfter(state.World.Settling.Certificates),
            ValidationMethod = method,
            Options = asked.Part("Options")?.DeepClone().AsObject(),
            IdempotencyToken = token,
        };
        CertificateTagOperations.Merge(certificate, asked);
        state.Add(certificate);
        return Arn(certificate);
    }

    private SandboxResponse UpdateOptions(Call call)
    {
        var certificate = state.Certificate(call);
        var asked = call.Json.Part("Options") ?? throw JsonBody.MissingMember("Options");
        if (certificate.IsImported) throw new SandboxException(400, "InvalidStateException", $"Certificate {certificate.Arn} is not valid for this operation.");
        certificate.Options ??= [];
        foreach (var (name, value) in asked) certificate.Options[name] = value?.DeepClone();
        return AcmState.Answer();
    }

    private SandboxResponse Delete(Call call, ILookup<string, string> uses)
    {
        var certificate = state.Certificate(call);
        if (uses.Contains(certificate.Arn))
            throw new SandboxException(400, "ResourceInUseException", $"Certificate {certificate.Arn} in account {state.World.Account} is in use.");
        state.Remove(certificate);
        return AcmState.Answer();
    }

    private Certificate? Earlier(Call call, string token, string name) => state.In(call.Region).FirstOrDefault(known =>
        known.IdempotencyToken == token && known.Names[0] == name && state.World.Now - known.Created < TokenLife);

    /// <summary>A token that is a GUID becomes the id, so that an estate can be built twice with the same ARNs.</summary>
    private string NewArn(string region, string? token)
    {
        var arn = state.ArnOf(region, Guid.TryParseExact(token, "N", out var id) ? id.ToString() : state.World.NewGuid());
        return state.Find(arn) is null ? arn : state.ArnOf(region, state.World.NewGuid());
    }

    private static SandboxResponse Arn(Certificate certificate) => AcmState.Answer(new JsonObject { ["CertificateArn"] = certificate.Arn });

    private const string DomainPatternText = @"(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])";

    [GeneratedRegex($"^{DomainPatternText}$")]
    private static partial Regex DomainPattern();

    [GeneratedRegex(@"^\w{1,32}$")]
    private static partial Regex TokenPattern();
}
