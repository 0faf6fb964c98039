using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.Acm;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class AcmTests
{
    private const string Zone = "/2013-04-01/hostedzone";
    private readonly TestWorld _world = new();

    [Fact]
    public async Task A_certificate_is_issued_once_every_name_has_its_record_in_the_public_DNS()
    {
        var arn = await RequestAsync("""{"DomainName":"boat.example","SubjectAlternativeNames":["*.boat.example","dock.boat.example"],"ValidationMethod":"DNS"}""");
        var pending = await DescribeAsync(arn);
        Assert.Equal("PENDING_VALIDATION", pending["Status"]!.ToString());
        await TestWorld.RefusalAsync(() => AcmAsync("GetCertificate", arn), "RequestInProgressException");
        var records = pending["DomainValidationOptions"]!.AsArray().Select(each => each!["ResourceRecord"]!).ToList();
        Assert.Equal(records[0].ToJsonString(), records[1].ToJsonString());

        var zone = (await _world.XmlAsync("route53", "POST", Zone, $"<CreateHostedZoneRequest><Name>boat.example</Name><CallerReference>z</CallerReference></CreateHostedZoneRequest>")).Descendants("Id").First().Value.Split('/')[^1];
        await AddAsync(zone, records[0]);
        var half = await DescribeAsync(arn);
        Assert.Equal(["SUCCESS", "SUCCESS", "PENDING_VALIDATION"], half["DomainValidationOptions"]!.AsArray().Select(each => each!["ValidationStatus"]!.ToString()));
        await AddAsync(zone, records[2]);

        Assert.Equal("ISSUED", (await DescribeAsync(arn))["Status"]!.ToString());
    }

    [Theory]
    [InlineData("RSA_2048", 2048)]
    [InlineData("EC_prime256v1", 256)]
    [InlineData("EC_secp384r1", 384)]
    public async Task What_is_issued_is_a_certificate_for_the_names_that_its_chain_proves(string algorithm, int bits)
    {
        var arn = await RequestAsync($$"""{"DomainName":"boat.example","SubjectAlternativeNames":["*.boat.example"],"ValidationMethod":"DNS","KeyAlgorithm":"{{algorithm}}"}""");
        _world.World.Get<AcmService>().Issue(arn);

        var got = await AcmAsync("GetCertificate", arn);
        using var certificate = X509Certificate2.CreateFromPem(got["Certificate"]!.ToString());
        using var issuer = X509Certificate2.CreateFromPem(got["CertificateChain"]!.ToString());
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = _world.Clock.Now.UtcDateTime.AddDays(1) } };
        chain.ChainPolicy.CustomTrustStore.Add(issuer);
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(certificate.MatchesHostname("boat.example") && certificate.MatchesHostname("www.boat.example") && !certificate.MatchesHostname("a.b.boat.example"));
        Assert.Equal(bits, (int?)certificate.GetECDsaPublicKey()?.KeySize ?? certificate.GetRSAPublicKey()!.KeySize);
        Assert.Equal(certificate.SerialNumber, (await DescribeAsync(arn))["Serial"]!.ToString().Replace(":", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_hides_keys_that_are_not_asked_for()
    {
        await RequestAsync("""{"DomainName":"rsa.example"}""");
        await RequestAsync("""{"DomainName":"ec.example","KeyAlgorithm":"EC_prime256v1"}""");

        Assert.Equal(["rsa.example"], await ListAsync("{}"));
        Assert.Equal(["ec.example"], await ListAsync("""{"Includes":{"keyTypes":["EC_prime256v1"]}}"""));
    }

    [Fact]
    public async Task The_same_certificate_is_issued_twice_for_the_same_ARN_and_time()
    {
        const string asked = """{"DomainName":"boat.example","IdempotencyToken":"0123456789abcdef0123456789abcdef"}""";
        var other = new TestWorld();
        var arns = new[] { await RequestAsync(asked), (await other.RpcAsync("acm", "CertificateManager.RequestCertificate", asked))["CertificateArn"]!.ToString() };
        _world.World.Get<AcmService>().Issue(arns[0]);
        other.World.Get<AcmService>().Issue(arns[1]);

        Assert.EndsWith("/01234567-89ab-cdef-0123-456789abcdef", arns[0], StringComparison.Ordinal);
        Assert.Equal((await AcmAsync("GetCertificate", arns[0])).ToJsonString(),
            (await other.RpcAsync("acm", "CertificateManager.GetCertificate", $$"""{"CertificateArn":"{{arns[1]}}"}""")).ToJsonString());
    }

    private async Task<string> RequestAsync(string body) => (await _world.RpcAsync("acm", "CertificateManager.RequestCertificate", body))["CertificateArn"]!.ToString();

    private Task<JsonObject> AcmAsync(string operation, string arn) => _world.RpcAsync("acm", $"CertificateManager.{operation}", $$"""{"CertificateArn":"{{arn}}"}""");

    private async Task<JsonNode> DescribeAsync(string arn) => (await AcmAsync("DescribeCertificate", arn))["Certificate"]!;

    private async Task<IEnumerable<string>> ListAsync(string body) =>
        (await _world.RpcAsync("acm", "CertificateManager.ListCertificates", body))["CertificateSummaryList"]!.AsArray().Select(each => each!["DomainName"]!.ToString());

    private Task<SandboxResponse> AddAsync(string zone, JsonNode record) => _world.CallAsync("route53", "POST", $"{Zone}/{zone}/rrset/",
        $"<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>{record["Name"]}</Name><Type>{record["Type"]}</Type><TTL>300</TTL>"
        + $"<ResourceRecords><ResourceRecord><Value>{record["Value"]}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>");
}
