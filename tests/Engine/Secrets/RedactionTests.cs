using System.Text;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Secrets;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Secrets;

public sealed class RedactionTests
{
    [Fact]
    public void Only_the_secret_values_of_a_function_are_replaced_and_every_other_byte_stays()
    {
        const string document = """
            { "Configuration" : {"FunctionName":"a", "New\u0046ield": [1.50, {"Variables":{"KEEP":"kept"}}],
              "Environment":{"Variables":{"API_KEY" :"s3cr\u0065t \"quoted\"","EMPTY":""}} },
              "Code":{"RepositoryType":"S3","Location":"https://host/x?X-Amz-Signature=abc"} , "Tags":{"Location":"here"}}
            """;
        var redacted = Text(FunctionDocument.WithoutSecrets(Bytes(document), secret => $"<{secret.Length}>"));
        Assert.Equal(document
            .Replace("""s3cr\u0065t \"quoted\" """.TrimEnd(), "\\u003C15\\u003E")
            .Replace("\"EMPTY\":\"\"", "\"EMPTY\":\"\\u003C0\\u003E\"")
            .Replace("https://host/x?X-Amz-Signature=abc", FunctionDocument.LinkRemoved), redacted);
    }

    [Fact]
    public void A_document_without_secrets_is_given_back_as_it_is()
    {
        var document = Bytes("{\"a\":1}  \n");
        Assert.Same(document, JsonRedaction.Replace(document, (_, _) => null));
    }

    [Fact]
    public void Only_header_values_of_a_distribution_are_replaced_and_every_other_byte_stays()
    {
        const string document = "\uFEFF<?xml version=\"1.0\"?>\r\n<Distribution xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><A b='>' />\r\n"
            + "<Origin><CustomHeaders><Quantity>2</Quantity><Items><OriginCustomHeader><HeaderName>x-a</HeaderName><HeaderValue >p&amp;ss ü</HeaderValue></OriginCustomHeader>\n"
            + "<OriginCustomHeader><HeaderName>x-b</HeaderName><HeaderValue><![CDATA[two]]></HeaderValue></OriginCustomHeader></Items></CustomHeaders></Origin>"
            + "<HeaderValue>not one of these</HeaderValue><Comment>&#x20AC;</Comment></Distribution>\n";
        List<string> secrets = [];
        var redacted = Text(DistributionCapture.WithoutSecrets(Bytes(document), secret =>
        {
            secrets.Add(secret);
            return "F";
        }));
        Assert.Equal(["p&ss ü", "two"], secrets);
        Assert.Equal(document.Replace("p&amp;ss ü", "F").Replace("<![CDATA[two]]>", "F"), redacted);
    }

    [Fact]
    public void Fingerprints_are_equal_for_equal_secrets_of_a_store_and_for_no_other()
    {
        var (store, other) = (Directory.CreateTempSubdirectory().FullName, Directory.CreateTempSubdirectory().FullName);
        var first = Fingerprinter.Open(store).Of("secret");
        Assert.Equal(first, Fingerprinter.Open(store).Of("secret"));
        Assert.NotEqual(first, Fingerprinter.Open(store).Of("Secret"));
        Assert.NotEqual(first, Fingerprinter.Open(other).Of("secret"));
        Assert.DoesNotContain("secret", first, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(store, ".fingerprint-key")));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
