using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.Acm;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class AcmLayerTests(AcmLayerTests.Fixture estate) : LayerTest, IClassFixture<AcmLayerTests.Fixture>
{
    [Fact]
    public async Task Every_certificate_of_every_key_and_region_is_found()
    {
        var certificates = await ReadAsync();

        Assert.Empty(Problems);
        Assert.Equal(EstateCounts.Certificates, certificates.Count);
        Assert.Equal(EstateCounts.WestCertificates, certificates.Count(certificate => certificate.Region == "us-west-2"));
        Assert.Equal("shop.salejada.com", Assert.Single(certificates, certificate => certificate.KeyAlgorithm == "EC_prime256v1").DomainName);
        Assert.Equal("crew.sailjada.com", Assert.Single(certificates, certificate => certificate.Status == "PENDING_VALIDATION").DomainName);
    }

    [Fact]
    public async Task A_certificate_tells_its_names_its_users_and_the_records_that_prove_it()
    {
        var certificate = Assert.Single(await ReadAsync(), certificate => certificate is { DomainName: "sailjada.com", Region: "us-east-1" });

        Assert.Equal(["sailjada.com", "*.sailjada.com"], certificate.SubjectAlternativeNames);
        Assert.Equal(("ISSUED", "AMAZON_ISSUED", "ELIGIBLE"), (certificate.Status, certificate.Type, certificate.RenewalEligibility));
        Assert.All(certificate.InUseBy, arn => Assert.Contains(":distribution/", arn, StringComparison.Ordinal));
        Assert.True(certificate.InUseBy.Count > 10);
        Assert.Equal(TimeSpan.FromDays(395), certificate.NotAfter - certificate.NotBefore);
        Assert.Equal(TimeSpan.Zero, certificate.NotAfter!.Value.Offset);
        Assert.Equal(2, certificate.ValidationRecords.Count);
        Assert.All(certificate.ValidationRecords, validation =>
            Assert.Equal(("_3639ac514e785e898d2646601fa951d5.sailjada.com.", "CNAME", "SUCCESS"), (validation.RecordName, validation.RecordType, validation.Status)));
    }

    [Fact]
    public async Task A_view_asks_neither_for_PEM_nor_for_tags()
    {
        estate.Host.Requests.Clear();
        await ReadAsync();
        Assert.Equal(2, estate.Host.Requests.Count("acm", "ListCertificates"));
        Assert.Equal(EstateCounts.Certificates, estate.Host.Requests.Count("acm", "DescribeCertificate"));
        Assert.Equal(0, estate.Host.Requests.Count("acm", "GetCertificate") + estate.Host.Requests.Count("acm", "ListTagsForCertificate"));
    }

    [Fact]
    public async Task An_export_has_a_certificate_that_its_chain_proves_and_none_before_it_is_issued()
    {
        var exports = await ExportAsync(_ => true);

        Assert.Empty(Problems);
        Assert.Equal(EstateCounts.Certificates, exports.Count);
        var pending = Assert.Single(exports, export => !File.Exists(Path.Combine(export.Path, "pem.json")));
        Assert.Equal(["SHA256SUMS", "certificate.json", "tags.json"], Directory.EnumerateFiles(pending.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var export in exports.Where(export => export != pending))
        {
            using var certificate = Load(export, "certificate.pem");
            using var issuer = Load(export, "chain.pem");
            Assert.Equal(issuer.SubjectName.RawData, certificate.IssuerName.RawData);
            Assert.True(certificate.MatchesHostname(export.Name.Replace("*", "any", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task More_certificates_than_a_page_holds_are_listed_to_the_end()
    {
        var added = new List<string>();
        for (var i = 0; i < 1001; i++) added.Add(await estate.RequestAsync($"many-{i}.example"));
        try
        {
            estate.Host.Requests.Clear();
            Assert.Equal(EstateCounts.Certificates + 1001, (await ReadAsync()).Count);
            Assert.Equal(3, estate.Host.Requests.Count("acm", "ListCertificates"));
        }
        finally
        {
            foreach (var arn in added) await estate.AcmAsync("DeleteCertificate", $$"""{"CertificateArn":"{{arn}}"}""");
        }
    }

    [Theory]
    [InlineData("GetCertificate", "pem.json")]
    [InlineData("DescribeCertificate", "certificate.json")]
    [InlineData("ListTagsForCertificate", "tags.json")]
    public async Task A_document_that_is_denied_is_a_problem_and_the_others_are_kept(string operation, string file)
    {
        estate.Host.Faults.Add(Fault.Parse($"service=acm,operation={operation},kind=deny"));
        try
        {
            var export = Assert.Single(await ExportAsync(resource => resource is { Name: "shop.salejada.com" }));
            Assert.False(export.IsComplete);
            Assert.Equal((operation, "AccessDeniedException"), (Assert.Single(Problems).Operation, Problems.Single().ErrorCode));
            Assert.False(File.Exists(Path.Combine(export.Path, file)));
            Assert.Equal(2, Directory.EnumerateFiles(export.Path, "*.json").Count());
        }
        finally
        {
            estate.Host.Faults.Clear();
        }
    }

    [Fact]
    public void A_view_of_nothing_says_what_the_listing_said()
    {
        Resource resource = new() { Layer = "acm", Kind = "certificate", Name = "a.example", Id = "1", Arn = "arn:aws:acm:us-east-1:1:certificate/1", Region = "us-east-1" };
        var certificate = new CertificateView().View(resource, new(new Dictionary<string, byte[]>()));
        Assert.Equal(("a.example", resource.Arn, null), (certificate.DomainName, certificate.CertificateArn, certificate.NotAfter));
        var odd = Encoding.UTF8.GetBytes("""{"Certificate":{"DomainName":"b.example","NotAfter":1e300,"InUseBy":[7,"x"],"FutureMember":{"a":[1]}}}""");
        var read = new CertificateView().View(resource, new(new Dictionary<string, byte[]> { ["certificate.json"] = odd }));
        Assert.Equal(("b.example", null), (read.DomainName, read.NotAfter));
        Assert.Equal(["x"], read.InUseBy);
        Assert.ThrowsAny<JsonException>(() => new CertificateView().View(resource, new(new Dictionary<string, byte[]> { ["certificate.json"] = "{"u8.ToArray() })));
    }

    private static X509Certificate2 Load(ResourceExport export, string file) => X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(export.Path, file)));

    private Task<List<Certificate>> ReadAsync() => ReadAsync(estate.Options, new CertificateView());

    private Task<List<ResourceExport>> ExportAsync(Func<Resource, bool> wanted) => ExportAsync(estate.Options, new CertificateView(), wanted);

    /// <summary>An estate whose faults and further certificates are this class's alone.</summary>
    public sealed class Fixture : EstateFixture
    {
        public async Task<string> RequestAsync(string domain) => JsonElement.Parse((await AcmAsync("RequestCertificate", $$"""{"DomainName":"{{domain}}"}""")).Span).GetProperty("CertificateArn").GetString()!;

        public async Task<ReadOnlyMemory<byte>> AcmAsync(string operation, string body) => (await new InProcessCaller(Host.World).CallAsync(
            "acm", "us-east-1", "POST", "/", [], [new("X-Amz-Target", $"CertificateManager.{operation}")], Encoding.UTF8.GetBytes(body), Cancel)).Body;
    }
}
