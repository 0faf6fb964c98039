using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using JadaSnapshot.Engine.Secrets;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Secrets;

public sealed class SealingTests
{
    private const string Fingerprint = "jada:hmac-sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_sealed_document_opens_with_any_recipients_key_byte_for_byte_and_with_no_other()
    {
        using var first = Certificate();
        using var second = Certificate();
        using var other = Certificate();
        var document = Encoding.UTF8.GetBytes("{\"a\": \"sécret\\u0041\"}\r\n");

        var message = new CertificateSealer([Public(first), Public(second)]).Seal(document);

        Assert.StartsWith("-----BEGIN CMS-----\n", Encoding.ASCII.GetString(message), StringComparison.Ordinal);
        Assert.Equal(document, CertificateSealer.Open(message, [first]));
        Assert.Equal(document, CertificateSealer.Open(message, [second]));
        Assert.ThrowsAny<CryptographicException>(() => CertificateSealer.Open(message, [other]));
        Assert.ThrowsAny<CryptographicException>(() => CertificateSealer.Open(document, [first]));
    }

    [Fact]
    public void A_certificate_without_an_RSA_key_is_refused()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=curve", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        Assert.Throws<ArgumentException>(() => new CertificateSealer([certificate]));
        Assert.Throws<ArgumentException>(() => new CertificateSealer([]));
    }

    [Fact]
    public void The_secrets_of_a_JSON_document_are_those_with_fingerprints_and_have_their_places_for_names() => Assert.Equal(
        [("Configuration.Variables.KEY", "one"), ("Items[1].value", "two")],
        Secrets("a/function.json",
            """{"Configuration":{"Variables":{"KEY":"F","PLAIN":"x"}},"Link":"jada:link-removed","Items":[{"value":"y"},{"value":"F"}]}""".Replace("\"F\"", $"\"{Fingerprint}\"", StringComparison.Ordinal),
            """{"Configuration":{"Variables":{"KEY":"one","PLAIN":"x"}},"Link":"https://…","Items":[{"value":"y"},{"value":"two"}]}"""));

    [Fact]
    public void The_secrets_of_an_XML_document_are_called_by_the_name_that_stands_before_them() => Assert.Equal(
        [("/Origins/Header/HeaderValue[x-a]", "one & two")],
        Secrets("a/distribution.xml",
            $"<D xmlns='u'><Origins><Header><HeaderName>x-a</HeaderName><HeaderValue>{Fingerprint}</HeaderValue></Header></Origins></D>",
            "<D xmlns='u'><Origins><Header><HeaderName>x-a</HeaderName><HeaderValue>one &amp; two</HeaderValue></Header></Origins></D>"));

    [Theory]
    [InlineData("""{"a":"x","b":1}""", """{"a":"x"}""")]
    [InlineData("""{"a":["x"]}""", """{"a":["x","y"]}""")]
    [InlineData("""{"a":{}}""", """{"a":"x"}""")]
    [InlineData("""{"a":"x"}""", "no JSON")]
    public void What_was_sealed_of_another_document_is_refused(string document, string opened) =>
        Assert.Throws<InvalidDataException>(() => Secrets("a.json", document, opened));

    private static IEnumerable<(string, string)> Secrets(string path, string document, string opened) =>
        SealedDocument.Secrets(path, Encoding.UTF8.GetBytes(document), Encoding.UTF8.GetBytes(opened)).Select(secret => (secret.Name, secret.Value));

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=recipient", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Public(X509Certificate2 certificate) => X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
}
