using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.Acm;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class CloudFrontTests
{
    private const string Distributions = "/2020-05-31/distribution";
    private readonly TestWorld _world = new();

    [Fact]
    public async Task A_configuration_comes_back_letter_for_letter()
    {
        var inner = Inner("r1", extra: "<!-- kept -->\r\n  <FutureThing a='1'><![CDATA[<x>]]>&#233;</FutureThing><Empty/><Empty></Empty>");
        var created = await _world.CallAsync("cloudfront", "POST", Distributions, Config(inner));
        var id = XElement.Parse(TestWorld.Text(created)).Elements().First().Value;

        var whole = TestWorld.Text(await _world.CallAsync("cloudfront", "GET", $"{Distributions}/{id}"));
        var config = TestWorld.Text(await _world.CallAsync("cloudfront", "GET", $"{Distributions}/{id}/config"));

        Assert.Contains($"<DistributionConfig>{inner}</DistributionConfig>", whole, StringComparison.Ordinal);
        Assert.EndsWith($"<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">{inner}</DistributionConfig>", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_with_prefixed_names_says_the_same_when_it_comes_back()
    {
        var prefixed = XElement.Parse(Config(Inner("r1")));
        prefixed.SetAttributeValue("xmlns", null);
        prefixed.SetAttributeValue(XNamespace.Xmlns + "cf", "http://cloudfront.amazonaws.com/doc/2020-05-31/");

        var created = await _world.XmlAsync("cloudfront", "POST", Distributions, prefixed.ToString());

        Assert.Equal("r1", created.Element("DistributionConfig")!.Element("CallerReference")!.Value);
    }

    [Fact]
    public async Task A_change_needs_the_present_ETag_and_gives_a_new_one()
    {
        var created = await _world.CallAsync("cloudfront", "POST", Distributions, Config(Inner("r1")));
        var path = $"{Distributions}/{XElement.Parse(TestWorld.Text(created)).Elements().First().Value}";
        var etag = TestWorld.Header(created, "ETag")!;
        var off = Config(Inner("r1").Replace("<Enabled>true", "<Enabled>false", StringComparison.Ordinal));

        await TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "PUT", path + "/config", off), "InvalidIfMatchVersion");
        await TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "DELETE", path, null, IfMatch(etag)), "DistributionNotDisabled");
        var updated = await _world.CallAsync("cloudfront", "PUT", path + "/config", off, IfMatch(etag));
        Assert.NotEqual(etag, TestWorld.Header(updated, "ETag"));
        Assert.Equal(412, (await TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "PUT", path + "/config", off, IfMatch(etag)), "PreconditionFailed")).Status);
        await _world.CallAsync("cloudfront", "DELETE", path, null, IfMatch(TestWorld.Header(updated, "ETag")!));
        await TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "GET", path), "NoSuchDistribution");
    }

    [Fact]
    public async Task An_alias_belongs_to_one_distribution_and_needs_an_issued_certificate_for_its_name()
    {
        const string aliases = "<Aliases><Quantity>1</Quantity><Items><CNAME>www.example.com</CNAME></Items></Aliases>";
        var pending = await RequestCertificateAsync("*.example.com");
        await RefusedAsync(Inner("r1", aliases), "InvalidViewerCertificate");
        await RefusedAsync(Inner("r1", aliases + Certificate(pending)), "InvalidViewerCertificate");
        await RefusedAsync(Inner("r1", aliases + Certificate(await IssueCertificateAsync("*.deep.www.example.com"))), "InvalidViewerCertificate");
        var certificate = Certificate(await IssueCertificateAsync("*.example.com"));
        await RefusedAsync(Inner("r1", aliases + certificate.Replace("us-east-1", "us-west-2", StringComparison.Ordinal)), "InvalidViewerCertificate");

        await _world.CallAsync("cloudfront", "POST", Distributions, Config(Inner("r1", aliases + certificate)));
        await RefusedAsync(Inner("r2", aliases.Replace("www", "WWW", StringComparison.Ordinal) + certificate), "CNAMEAlreadyExists");
        await RefusedAsync(Inner("r1"), "DistributionAlreadyExists");
    }

    [Fact]
    public async Task What_a_configuration_names_must_be_there()
    {
        await RefusedAsync(Inner("r1").Replace("<TargetOriginId>o<", "<TargetOriginId>p<", StringComparison.Ordinal), "NoSuchOrigin");
        await RefusedAsync(Inner("r1").Replace("658327ea", "000027ea", StringComparison.Ordinal), "NoSuchCachePolicy");
        await RefusedAsync(Inner("r1").Replace("<OriginAccessControlId>", "<OriginAccessControlId>E1", StringComparison.Ordinal), "InvalidOriginAccessControl");
        await RefusedAsync(Inner("r1").Replace("<Origins><Quantity>1", "<Origins><Quantity>2", StringComparison.Ordinal), "InconsistentQuantities");
        await RefusedAsync(Inner("r1").Replace("</Comment>", "", StringComparison.Ordinal), "MalformedXML");
    }

    [Fact]
    public async Task Lists_come_in_pages_of_a_hundred_at_most()
    {
        for (var i = 0; i < 103; i++) await _world.CallAsync("cloudfront", "POST", Distributions, Config(Inner($"r{i}")));

        var first = await _world.XmlAsync("cloudfront", "GET", $"{Distributions}?MaxItems=500");
        var second = await _world.XmlAsync("cloudfront", "GET", $"{Distributions}?Marker={first.Element("NextMarker")!.Value}");

        Assert.Equal(100, first.Descendants("DistributionSummary").Count());
        Assert.Equal(3, second.Descendants("DistributionSummary").Count());
        Assert.Equal("false", second.Element("IsTruncated")!.Value);
    }

    [Fact]
    public async Task An_invalidation_is_in_progress_for_a_while()
    {
        var created = await _world.XmlAsync("cloudfront", "POST", Distributions, Config(Inner("r1")));
        var path = $"{Distributions}/{created.Element("Id")!.Value}/invalidation";
        var invalidation = await _world.XmlAsync("cloudfront", "POST", path, "<InvalidationBatch><Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths><CallerReference>1</CallerReference></InvalidationBatch>");
        Assert.Equal("InProgress", invalidation.Element("Status")!.Value);

        _world.Clock.Now += TimeSpan.FromSeconds(5);

        Assert.Equal("Completed", (await _world.XmlAsync("cloudfront", "GET", $"{path}/{invalidation.Element("Id")!.Value}")).Element("Status")!.Value);
    }

    [Fact]
    public async Task An_access_identity_that_is_asked_for_twice_is_made_once()
    {
        const string path = "/2020-05-31/origin-access-identity/cloudfront";
        static string Identity(string comment) => $"<CloudFrontOriginAccessIdentityConfig><CallerReference>r</CallerReference><Comment>{comment}</Comment></CloudFrontOriginAccessIdentityConfig>";

        var first = await _world.XmlAsync("cloudfront", "POST", path, Identity("one"));
        Assert.Equal(first.Element("Id")!.Value, (await _world.XmlAsync("cloudfront", "POST", path, Identity("one"))).Element("Id")!.Value);
        await TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "POST", path, Identity("another")), "CloudFrontOriginAccessIdentityAlreadyExists");
    }

    private static string Certificate(string arn) => $"<ViewerCertificate><ACMCertificateArn>{arn}</ACMCertificateArn></ViewerCertificate>";

    private async Task<string> IssueCertificateAsync(string domain)
    {
        var arn = await RequestCertificateAsync(domain);
        _world.World.Get<AcmService>().Issue(arn);
        return arn;
    }

    private async Task<string> RequestCertificateAsync(string domain) =>
        (await _world.RpcAsync("acm", "CertificateManager.RequestCertificate", $$"""{"DomainName":"{{domain}}"}"""))["CertificateArn"]!.ToString();

    private Task<SandboxException> RefusedAsync(string inner, string code) =>
        TestWorld.RefusalAsync(() => _world.CallAsync("cloudfront", "POST", Distributions, Config(inner)), code);

    private static KeyValuePair<string, string> IfMatch(string etag) => KeyValuePair.Create("If-Match", etag);

    private static string Config(string inner) => $"<?xml version=\"1.0\"?>\n<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">{inner}</DistributionConfig>";

    private static string Inner(string reference, string extra = "") =>
        $"<CallerReference>{reference}</CallerReference><Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><DomainName>b.s3.amazonaws.com</DomainName>"
        + "<S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig><OriginAccessControlId></OriginAccessControlId></Origin></Items></Origins>"
        + "<DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId></DefaultCacheBehavior>"
        + $"<Comment>a &amp; b</Comment><Enabled>true</Enabled>{extra}";
}
