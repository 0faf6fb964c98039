using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Wire;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Connections;

[Collection(ProcessEnvironment.Name)]
public sealed class RegionAndEndpointTests : IDisposable
{
    private static readonly AwsService Sts = new() { ServiceId = "STS", SigningName = "sts", EndpointPrefix = "sts", Protocol = WireProtocol.Query };

    private readonly CleanEnvironment _environment = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void The_region_is_the_one_given_else_the_named_profiles_else_the_environments_else_the_default_profiles()
    {
        _environment.Write(".aws/config", "[default]\nregion = eu-north-1\n[profile p]\nregion = eu-west-1\naws_access_key_id = K\naws_secret_access_key = s\n");
        Assert.Equal("eu-north-1", RegionOf(Keys));
        _environment["AWS_DEFAULT_REGION"] = "ca-central-1";
        Assert.Equal("ca-central-1", RegionOf(Keys));
        _environment["AWS_REGION"] = "sa-east-1";
        Assert.Equal("sa-east-1", RegionOf(Keys));
        Assert.Equal("eu-west-1", RegionOf(new() { ProfileName = "p" }));
        Assert.Equal("us-east-2", RegionOf(new() { ProfileName = "p", Region = "us-east-2" }));
    }

    [Fact]
    public void No_region_is_an_error_in_words()
    {
        var failure = Assert.Throws<ServiceException>(() => RegionOf(Keys));

        Assert.Equal(FailureKind.NoRegion, failure.Kind);
        Assert.Contains("-Region", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("us-west-2@evil")]
    [InlineData("US West")]
    public void What_is_no_regions_name_is_refused(string region) =>
        Assert.Equal(FailureKind.NoRegion, Assert.Throws<ServiceException>(() => RegionOf(Keys with { Region = region })).Kind);

    [Fact]
    public void Further_regions_come_after_the_first_and_only_once()
    {
        using var connection = AwsConnection.Open(Keys with { Region = "us-west-2", Regions = ["us-east-1", "us-west-2", "us-east-1"] });

        Assert.Equal(["us-west-2", "us-east-1"], connection.Regions);
    }

    [Theory]
    [InlineData("us-west-2", "https://lambda.us-west-2.amazonaws.com/", "https://cloudfront.amazonaws.com/", "https://route53.amazonaws.com/", "https://iam.amazonaws.com/", "us-east-1")]
    [InlineData("cn-north-1", "https://lambda.cn-north-1.amazonaws.com.cn/", "https://cloudfront.cn-northwest-1.amazonaws.com.cn/", "https://route53.amazonaws.com.cn/", "https://iam.cn-north-1.amazonaws.com.cn/", "cn-northwest-1")]
    [InlineData("us-gov-east-1", "https://lambda.us-gov-east-1.amazonaws.com/", null, "https://route53.us-gov.amazonaws.com/", "https://iam.us-gov.amazonaws.com/", "us-gov-west-1")]
    [InlineData("xx-new-9", "https://lambda.xx-new-9.amazonaws.com/", "https://cloudfront.amazonaws.com/", "https://route53.amazonaws.com/", "https://iam.amazonaws.com/", "us-east-1")]
    public void Without_configuration_a_service_is_where_its_partition_has_it(string region, string lambda, string? cloudFront, string route53, string iam, string globalRegion)
    {
        using var connection = AwsConnection.Open(Keys with { Region = region });

        Assert.Equal(lambda, connection.Endpoint(Lambda).AbsoluteUri);
        if (cloudFront is not null) Assert.Equal(cloudFront, connection.Endpoint(CloudFront).AbsoluteUri);
        Assert.Equal(route53, connection.Endpoint(Route53).AbsoluteUri);
        Assert.Equal(iam, connection.Endpoint(Iam).AbsoluteUri);
        Assert.Equal($"sts.{region}", string.Join('.', connection.Endpoint(Sts).Host.Split('.')[..2]));
        Assert.Equal((region, globalRegion), (connection.SigningRegion(Lambda), connection.SigningRegion(Route53)));
    }

    [Fact]
    public void An_endpoint_is_the_one_given_else_the_services_in_the_environment_else_that_for_all_else_the_profiles()
    {
        _environment.Write(".aws/config", "[default]\nendpoint_url = http://profile:1\n");
        Assert.Equal("http://profile:1/", Endpoint(Keys, Lambda));
        _environment["AWS_ENDPOINT_URL"] = "http://all:2";
        Assert.Equal("http://all:2/", Endpoint(Keys, Route53));
        _environment["AWS_ENDPOINT_URL_ROUTE_53"] = "http://route53:3";
        Assert.Equal("http://route53:3/", Endpoint(Keys, Route53));
        Assert.Equal("http://all:2/", Endpoint(Keys, Lambda));
        Assert.Equal("http://given:4/", Endpoint(Keys with { EndpointUrl = "http://given:4" }, Route53));
        _environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        Assert.Equal("https://route53.amazonaws.com/", Endpoint(Keys, Route53));
    }

    [Theory]
    [InlineData(null, "https://123456789012.s3-control.us-west-2.amazonaws.com/")]
    [InlineData("https://control.vpce-1a.s3.us-west-2.vpce.amazonaws.com", "https://123456789012.control.vpce-1a.s3.us-west-2.vpce.amazonaws.com/")]
    [InlineData("http://127.0.0.1:4566", "http://127.0.0.1:4566/")]
    [InlineData("http://localhost:4566", "http://localhost:4566/")]
    public void The_account_stands_in_front_of_S3_Controls_host_where_something_can(string? given, string expected)
    {
        AwsService control = new() { ServiceId = "S3 Control", SigningName = "s3", EndpointPrefix = "s3-control", Protocol = WireProtocol.RestXml, AccountId = "123456789012" };
        Assert.Equal(expected, Endpoint(Keys with { Region = "us-west-2", EndpointUrl = given }, control));
        if (given is not null) return;
        (_environment["AWS_USE_FIPS_ENDPOINT"], _environment["AWS_USE_DUALSTACK_ENDPOINT"]) = ("true", "true");
        Assert.Equal("https://123456789012.s3-control-fips.dualstack.us-west-2.amazonaws.com/", Endpoint(Keys with { Region = "us-west-2" }, control));
    }

    [Fact]
    public void A_services_section_counts_for_the_services_it_lists_and_as_in_the_sdk_hides_the_profiles_own_endpoint()
    {
        _environment.Write(".aws/config", "[default]\nendpoint_url = http://profile:1\nservices = mine\n[services mine]\nroute_53 =\n  endpoint_url = http://profile-route53:1\n");

        Assert.Equal("http://profile-route53:1/", Endpoint(Keys, Route53));
        Assert.Equal("https://lambda.us-west-2.amazonaws.com/", Endpoint(Keys, Lambda));
    }

    [Fact]
    public void A_named_profile_has_endpoints_of_its_own()
    {
        _environment.Write(".aws/config", "[default]\nendpoint_url = http://default:1\n[profile p]\nendpoint_url = http://p:1\naws_access_key_id = K\naws_secret_access_key = s\nregion = us-west-2\n");

        Assert.Equal("http://p:1/", Endpoint(new() { ProfileName = "p" }, Lambda));
    }

    [Fact]
    public void A_named_profile_may_have_configured_endpoints_ignored()
    {
        _environment.Write(".aws/config", "[profile p]\nignore_configured_endpoint_urls = true\naws_access_key_id = K\naws_secret_access_key = s\nregion = us-west-2\n");
        _environment["AWS_ENDPOINT_URL"] = "http://all:2";

        Assert.Equal("https://lambda.us-west-2.amazonaws.com/", Endpoint(new() { ProfileName = "p" }, Lambda));
    }

    [Fact]
    public void Fips_and_dual_stack_are_followed()
    {
        _environment["AWS_USE_FIPS_ENDPOINT"] = "true";
        Assert.Equal("https://lambda-fips.us-west-2.amazonaws.com/", Endpoint(Keys with { Region = "us-west-2" }, Lambda));
        _environment["AWS_USE_DUALSTACK_ENDPOINT"] = "true";
        Assert.Equal("https://lambda-fips.us-west-2.api.aws/", Endpoint(Keys with { Region = "us-west-2" }, Lambda));
        Assert.Equal("https://s3-fips.dualstack.us-west-2.amazonaws.com/", Endpoint(Keys with { Region = "us-west-2" }, S3));
    }

    [Theory]
    [InlineData("localhost:4566")]
    [InlineData("ftp://x")]
    [InlineData("not a url")]
    public void An_endpoint_that_is_no_url_is_refused_in_words(string url)
    {
        Assert.Equal("InvalidEndpoint", Assert.Throws<ServiceException>(() => Endpoint(Keys with { EndpointUrl = url }, Lambda)).Code);
        _environment["AWS_ENDPOINT_URL"] = url;
        Assert.Equal("InvalidEndpoint", Assert.Throws<ServiceException>(() => Endpoint(Keys, Lambda)).Code);
    }

    [Fact]
    public void A_setting_that_makes_no_sense_is_refused_in_words()
    {
        _environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "maybe";

        Assert.Equal("UnreadableConfiguration", Assert.Throws<ServiceException>(() => RegionOf(Keys with { Region = "us-west-2" })).Code);
    }

    [Fact]
    public async Task Configured_attempts_are_obeyed_and_a_broken_answer_is_told_as_one()
    {
        await using var service = await LoopbackService.StartAsync(new Reply(200, "{"u8.ToArray()) { BreaksOff = true });
        _environment["AWS_MAX_ATTEMPTS"] = "2";
        using var connection = AwsConnection.Open(Keys with { Region = "us-west-2", EndpointUrl = service.Url });

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel));

        Assert.Equal((FailureKind.Corrupt, "Truncated"), (failure.Kind, failure.Code));
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Attempts_of_a_named_profile_are_obeyed()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Fault(500, ""));
        _environment.Write(".aws/config", "[profile p]\nmax_attempts = 3\nretry_mode = adaptive\naws_access_key_id = K\naws_secret_access_key = s\nregion = us-west-2\n");
        using var connection = AwsConnection.Open(new() { ProfileName = "p", EndpointUrl = service.Url });

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(Lambda).SendAsync(new() { Operation = "Op", Method = "GET" }, Cancel));

        Assert.Equal(FailureKind.ServiceFault, failure.Kind);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task The_caller_is_asked_for_once()
    {
        await using var sts = await LoopbackService.StartAsync(Reply.Ok("""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>AIDA1</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""));
        using var connection = AwsConnection.Open(Keys with { Region = "us-west-2", EndpointUrl = sts.Url });

        var identities = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connection.GetCallerIdentityAsync(Cancel)));

        Assert.All(identities, i => Assert.Equal(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/u", "AIDA1"), i));
        Assert.Equal("Action=GetCallerIdentity&Version=2011-06-15", Assert.Single(sts.Requests).Text);
    }

    private static ConnectionOptions Keys => new() { AccessKey = AccessKey, SecretKey = SecretKey };

    private static string RegionOf(ConnectionOptions options)
    {
        using var connection = AwsConnection.Open(options);
        return connection.Region;
    }

    private static string Endpoint(ConnectionOptions options, AwsService service)
    {
        using var connection = AwsConnection.Open(options with { Region = options.Region ?? "us-west-2" });
        return connection.Endpoint(service).AbsoluteUri;
    }
}
