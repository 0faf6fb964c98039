using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JadaSnapshot.Sandbox.Services.Acm;

/// <summary>
/// Issues X.509 certificates that follow from an ARN and a time alone, so that the same estate has the same ones. Of a site's
/// key only the public half is ever made: nobody has the private one, as nobody outside ACM has.
/// </summary>
internal static class CertificateAuthority
{
    private static readonly X500DistinguishedName Name = new("CN=Sandbox RSA 2048 M01, O=Sandbox, C=US");
    private static readonly DateTimeOffset Founded = new(2022, 8, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Life = TimeSpan.FromDays(395);

    // The two primes of the authority's key. It signs for loopback alone, so it is no secret.
    private const string FirstPrime = "5TyYYBJnNUJEz13Z6ZS0dGIdH/W6HiOkemlVQNa1icWIR/LjzZv2mJCFzP2HDMKD0NUdrhc+X2FCzKAX4/ayq+GqQQUc+bRAgqZBzkL8C0+kNuOx9H3Wn1pZE2HU3LxW+fQI9qrTF5lv+TrRkvBw9PMIYM9V5yVWegTd39TSzBs=";
    private const string SecondPrime = "2UloxXu8cAXsS666QLDrVwGBftKv5lOtMYT2HSHXbjPseWIjywXq1BWm0wAob3NSpmW7uEmDTqR+4OxYq9zU1vcvnlYJ4bj7xkKfkAT3N+phbSaifZCtx6oSxERFpWfhEQsOMPwXaQFthBzLUd8A2aacgW3K9S6Xv9Ob1FEhbwU=";
    private const int Exponent = 65537;

    private static readonly Lazy<RSA> Key = new(() => RSA.Create(KeyOf(Number(FirstPrime), Number(SecondPrime))));
    private static readonly Lazy<X509Certificate2> Root = new(IssueRoot);

    public static IssuedCertificate Issue(Certificate certificate, DateTimeOffset now)
    {
        var (from, to) = (new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Life);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={certificate.Names[0]}"), PublicKeyOf(certificate), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in certificate.Names) names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));

        byte[] serial = [(byte)(certificate.Names.Count + 1), .. Seeded($"serial/{certificate.Arn}", 15)];
        using var issued = request.Create(Name, Signer(), from, to, serial);
        return new IssuedCertificate(Pem(issued), Pem(Root.Value))
        {
            NotBefore = from,
            NotAfter = to,
            Subject = $"CN={certificate.Names[0]}",
            Issuer = "Amazon",
            Serial = issued.SerialNumber,
            SignatureAlgorithm = "SHA256WITHRSA",
        };
    }

    private static X509Certificate2 IssueRoot()
    {
        var request = new CertificateRequest(Name, Key.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.Create(Name, Signer(), Founded, Founded.AddYears(20), [1]);
    }

    private static X509SignatureGenerator Signer() => X509SignatureGenerator.CreateForRSA(Key.Value, RSASignaturePadding.Pkcs1);

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    private static PublicKey PublicKeyOf(Certificate certificate)
    {
        var curve = certificate.KeyAlgorithm switch
        {
            "EC_prime256v1" => ECCurve.NamedCurves.nistP256,
            "EC_secp384r1" => ECCurve.NamedCurves.nistP384,
            _ => default(ECCurve?),
        };
        if (curve is { } known)
        {
            var secret = Seeded($"key/{certificate.Arn}", known.Equals(ECCurve.NamedCurves.nistP384) ? 48 : 32);
            secret[0] = 0;
            using var point = ECDsa.Create(new ECParameters { Curve = known, D = secret });
            return new PublicKey(point);
        }
        var modulus = Seeded($"key/{certificate.Arn}", 256);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        return new PublicKey(rsa);
    }

    private static byte[] Seeded(string purpose, int length)
    {
        var bytes = new byte[length];
        for (var (block, at) = (0, 0); at < length; block++, at += 32)
            SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}/{block}")).AsSpan(0, Math.Min(32, length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    private static RSAParameters KeyOf(BigInteger p, BigInteger q)
    {
        var d = Inverse(Exponent, (p - 1) * (q - 1));
        return new RSAParameters
        {
            Modulus = Bytes(p * q, 256), Exponent = [1, 0, 1], D = Bytes(d, 256), P = Bytes(p, 128), Q = Bytes(q, 128),
            DP = Bytes(d % (p - 1), 128), DQ = Bytes(d % (q - 1), 128), InverseQ = Bytes(Inverse(q, p), 128),
        };
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (a, b, x, y) = (value % modulus, modulus, BigInteger.One, BigInteger.Zero);
        while (a > 1) (a, b, x, y) = (b, a % b, y, x - (a / b * y));
        return x < 0 ? x + modulus : x;
    }

    private static BigInteger Number(string base64) => new(Convert.FromBase64String(base64), isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = new byte[length];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, length - written.Length);
        return bytes;
    }
}
