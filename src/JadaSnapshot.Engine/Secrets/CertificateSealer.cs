using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>
/// Seals documents for the owners of certificates, as <c>Protect-CmsMessage</c> does: CMS enveloped data
/// (<see href="https://www.rfc-editor.org/rfc/rfc5652"/>) with AES-256, in PEM. <c>Unprotect-CmsMessage</c> and
/// <c>openssl cms -decrypt</c> open them.
/// </summary>
public sealed class CertificateSealer : ISealer
{
    internal const string FileExtension = ".cms";

    private const string Label = "CMS";
    private static readonly Oid Aes256 = new("2.16.840.1.101.3.4.1.42");

    private readonly IReadOnlyList<X509Certificate2> _recipients;

    /// <param name="recipients">Who may open what is sealed: any one of them can.</param>
    /// <exception cref="ArgumentException">There is none, or one that has no RSA key.</exception>
    public CertificateSealer(IReadOnlyList<X509Certificate2> recipients)
    {
        if (recipients.Count == 0) throw new ArgumentException("There is no certificate to seal to.", nameof(recipients));
        foreach (var recipient in recipients)
            if (recipient.PublicKey.Oid.Value != "1.2.840.113549.1.1.1")
                throw new ArgumentException($"The certificate {recipient.Thumbprint} ({recipient.Subject}) has no RSA key: nothing can be sealed to it.", nameof(recipients));
        _recipients = recipients;
    }

    /// <inheritdoc/>
    public string Extension => FileExtension;

    /// <inheritdoc/>
    public byte[] Seal(ReadOnlySpan<byte> document)
    {
        var envelope = new EnvelopedCms(new(document.ToArray()), new(Aes256));
        var recipients = new CmsRecipientCollection();
        foreach (var recipient in _recipients) recipients.Add(new(recipient, RSAEncryptionPadding.OaepSHA256));
        envelope.Encrypt(recipients);
        return Encoding.ASCII.GetBytes(PemEncoding.WriteString(Label, envelope.Encode()) + "\n");
    }

    /// <summary>Opens a sealed document.</summary>
    /// <param name="sealedDocument">What <see cref="Seal"/> gave, or <c>Protect-CmsMessage</c>.</param>
    /// <param name="keys">Certificates with private keys to try besides those of the user's own store.</param>
    /// <exception cref="CryptographicException">None of the keys opens it, or it is no sealed document.</exception>
    public static byte[] Open(byte[] sealedDocument, X509Certificate2Collection keys)
    {
        var text = Encoding.UTF8.GetString(sealedDocument);
        if (!PemEncoding.TryFind(text, out var pem) || !text.AsSpan(pem.Label).SequenceEqual(Label)) throw new CryptographicException("This is not a CMS message.");
        var envelope = new EnvelopedCms();
        envelope.Decode(Convert.FromBase64String(text[pem.Base64Data]));
        envelope.Decrypt(keys);
        return envelope.ContentInfo.Content;
    }
}
