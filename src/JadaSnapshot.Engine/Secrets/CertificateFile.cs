using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>A certificate and its private key in a file.</summary>
public static class CertificateFile
{
    /// <summary>Reads PEM that holds both, or PKCS #12 without a password.</summary>
    /// <exception cref="CryptographicException">It is neither.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static X509Certificate2 Load(string path) =>
        X509Certificate2.GetCertContentType(path) == X509ContentType.Pkcs12 ? X509CertificateLoader.LoadPkcs12FromFile(path, null) : X509Certificate2.CreateFromPemFile(path);
}
