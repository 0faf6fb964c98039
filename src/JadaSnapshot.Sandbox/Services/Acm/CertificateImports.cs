using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>Certificates that are brought along with their private key, which never leaves again and is not kept.</summary>
internal sealed class CertificateImports(AcmState state)
{
    public void AddTo(OperationTable operations) => operations.Add("ImportCertificate", Import);

    private SandboxResponse Import(Call call)
    {
        var (content, names, algorithm) = Read(Pem(call, "Certificate"), Pem(call, "PrivateKey"), call.Json.Bytes("CertificateChain") is { } chain ? Encoding.ASCII.GetString(chain) : null);
        Certificate certificate;
        if (call.Json.Text("CertificateArn") is null)
        {
            certificate = new() { Arn = state.ArnOf(call.Region, state.World.NewGuid()), Region = call.Region, Names = names, KeyAlgorithm = algorithm, Created = state.World.Now };
            CertificateTagOperations.Merge(certificate, call.Json);
            state.Add(certificate);
        }
        else
        {
            certificate = state.Certificate(call);
            if (!certificate.IsImported) throw AcmState.Invalid("Only an imported certificate can be imported again.");
            if (call.Json.List("Tags") is not null) throw AcmState.Invalid("Tags cannot be given when a certificate is imported again.");
            (certificate.Names, certificate.KeyAlgorithm) = (names, algorithm);
        }
        certificate.Content = content;
        certificate.Issue(state.World.Now);
        return AcmState.Answer(new JsonObject { ["CertificateArn"] = certificate.Arn });
    }

    private static string Pem(Call call, string member) => Encoding.ASCII.GetString(call.Json.Bytes(member) ?? throw JsonBody.MissingMember(member));

    private static (IssuedCertificate, IReadOnlyList<string>, string) Read(string body, string key, string? chain)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(body, key);
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames());
            var content = new IssuedCertificate(body, chain)
            {
                NotBefore = certificate.NotBefore.ToUniversalTime(),
                NotAfter = certificate.NotAfter.ToUniversalTime(),
                Subject = certificate.Subject,
                Issuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
                Serial = certificate.SerialNumber,
                SignatureAlgorithm = certificate.SignatureAlgorithm.FriendlyName == "sha256ECDSA" ? "SHA256WITHECDSA" : "SHA256WITHRSA",
            };
            return (content, [.. names.DefaultIfEmpty(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))], KeyAlgorithm(certificate));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw AcmState.Invalid("The certificate and the private key are not valid PEM, or do not belong together.");
        }
    }

    private static string KeyAlgorithm(X509Certificate2 certificate)
    {
        using var ec = certificate.GetECDsaPublicKey();
        using var rsa = certificate.GetRSAPublicKey();
        return ec?.KeySize switch
        {
            256 => "EC_prime256v1",
            384 => "EC_secp384r1",
            521 => "EC_secp521r1",
            _ => $"RSA_{rsa?.KeySize}",
        };
    }
}
