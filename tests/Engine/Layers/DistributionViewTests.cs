using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class DistributionViewTests
{
    [Theory]
    [InlineData("media.s3.us-west-2.amazonaws.com", OriginKind.Bucket, "media")]
    [InlineData("media.s3.amazonaws.com", OriginKind.Bucket, "media")]
    [InlineData("media.s3-eu-west-1.amazonaws.com", OriginKind.Bucket, "media")]
    [InlineData("media.s3.dualstack.us-east-1.amazonaws.com", OriginKind.Bucket, "media")]
    [InlineData("sailjada.com.s3-website-us-west-2.amazonaws.com", OriginKind.BucketWebsite, "sailjada.com")]
    [InlineData("sailjada.com.s3-website.eu-central-1.amazonaws.com", OriginKind.BucketWebsite, "sailjada.com")]
    [InlineData("a.s3.b.s3.cn-north-1.amazonaws.com.cn", OriginKind.Bucket, "a.s3.b")]
    [InlineData("media.s3.us-west-2.amazonaws.com.example", OriginKind.Host, "media.s3.us-west-2.amazonaws.com.example")]
    [InlineData("s3.us-west-2.amazonaws.com", OriginKind.Host, "s3.us-west-2.amazonaws.com")]
    [InlineData("q7w8e9r0t1.execute-api.us-west-2.amazonaws.com", OriginKind.Api, "q7w8e9r0t1")]
    [InlineData("d-jada7f3k2q.execute-api.us-west-2.amazonaws.com", OriginKind.Api, "d-jada7f3k2q")]
    [InlineData("qwertyuiopasdfgh.lambda-url.us-east-1.on.aws", OriginKind.FunctionUrl, "qwertyuiopasdfgh")]
    [InlineData("jada-web-1234567890.us-west-2.elb.amazonaws.com", OriginKind.LoadBalancer, "jada-web-1234567890")]
    [InlineData("dualstack.jada-web-1234567890.us-west-2.elb.amazonaws.com", OriginKind.LoadBalancer, "jada-web-1234567890")]
    [InlineData("jada-tcp-0a1b2c3d.elb.us-west-2.amazonaws.com", OriginKind.LoadBalancer, "jada-tcp-0a1b2c3d")]
    [InlineData("stream.harborcam.example", OriginKind.Host, "stream.harborcam.example")]
    public void The_host_of_an_origin_tells_what_it_is(string domain, OriginKind kind, string name) => Assert.Equal((kind, name), OriginHost.Read(domain));

    [Theory]
    [InlineData("/_staging", OriginKind.Bucket, "salejada.com", "its path is /_staging")]
    [InlineData("/staging/site", OriginKind.Api, "q7w8", "its path is /staging/site")]
    [InlineData("", OriginKind.Bucket, "queenofsandiego.com-staging", "its name ends in -staging")]
    [InlineData("", OriginKind.BucketWebsite, "staging.sailjada.com", "its name begins with staging.")]
    [InlineData("", OriginKind.Host, "app-stg.sailjada.com", "its host is app-stg.sailjada.com")]
    [InlineData("/production", OriginKind.Api, "q7w8", null)]
    [InlineData("/stagingarea", OriginKind.Bucket, "salejada.com", null)]
    [InlineData("", OriginKind.Host, "backstage.sailjada.com", null)]
    public void An_origin_is_of_staging_by_its_path_or_its_name(string path, OriginKind kind, string name, string? reason) => Assert.Equal(
        reason is null ? (DeploymentEnvironment.Production, "neither its path nor its name says staging") : (DeploymentEnvironment.Staging, reason),
        EnvironmentRules.OfOrigin(path, kind, name));

    [Fact]
    public void A_distribution_is_of_staging_by_its_kind_its_aliases_its_comment_or_all_its_origins()
    {
        DistributionOrigin production = Origin(DeploymentEnvironment.Production), staging = Origin(DeploymentEnvironment.Staging);
        Assert.Equal("it is the staging distribution of a continuous deployment", EnvironmentRules.OfDistribution(true, ["a.com"], null, [production]).Reason);
        Assert.Equal("its alias is staging.a.com", EnvironmentRules.OfDistribution(false, ["a.com", "staging.a.com"], null, [production]).Reason);
        Assert.Equal("its comment says staging", EnvironmentRules.OfDistribution(false, ["a.com"], "Staging of a", [production]).Reason);
        Assert.Equal("every origin of it is of staging", EnvironmentRules.OfDistribution(false, [], null, [staging, staging]).Reason);
        Assert.Equal((DeploymentEnvironment.Production, "nothing says staging"), EnvironmentRules.OfDistribution(false, ["a.com"], "not staging but production", [staging, production]));
        Assert.Equal(DeploymentEnvironment.Production, EnvironmentRules.OfDistribution(false, [], null, []).Environment);
    }

    [Fact]
    public void Behaviors_are_read_in_their_order_with_what_runs_at_the_edge()
    {
        var distribution = DistributionView.Read(XElement.Parse("""
            <DistributionSummary><Id>E1</Id><DomainName>d1.cloudfront.net</DomainName><Future>kept elsewhere</Future>
              <DefaultCacheBehavior><TargetOriginId>site</TargetOriginId><CachePolicyId>p1</CachePolicyId>
                <LambdaFunctionAssociations><Quantity>1</Quantity><Items><LambdaFunctionAssociation><LambdaFunctionARN>arn:l</LambdaFunctionARN></LambdaFunctionAssociation></Items></LambdaFunctionAssociations></DefaultCacheBehavior>
              <CacheBehaviors><Quantity>2</Quantity><Items>
                <CacheBehavior><PathPattern>/api/*</PathPattern><TargetOriginId>api</TargetOriginId></CacheBehavior>
                <CacheBehavior><PathPattern>/img/*</PathPattern><TargetOriginId>site</TargetOriginId>
                  <FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>arn:f</FunctionARN></FunctionAssociation></Items></FunctionAssociations></CacheBehavior>
              </Items></CacheBehaviors></DistributionSummary>
            """));
        Assert.Equal(["/api/* → api", "/img/* → site", "* → site"], distribution.Behaviors.Select(behavior => behavior.ToString()));
        Assert.Equal(["arn:f"], distribution.FunctionArns);
        Assert.Equal(["arn:l"], distribution.LambdaFunctionArns);
        Assert.Empty(distribution.Aliases);
    }

    [Fact]
    public async Task Looking_at_all_distributions_takes_one_call_and_shows_the_one_that_is_wrongly_routed()
    {
        await using var captured = await CapturedLayer.StartAsync("cloudfront");
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(captured.Host));
        List<Distribution> all = [];
        await foreach (var each in new ResourceReader<Distribution>(connection, new DistributionView()).ReadAsync(_ => true, problem => Assert.Fail($"{problem}"), TestContext.Current.CancellationToken)) all.Add(each);

        Assert.Equal(EstateCounts.Distributions, all.Count);
        Assert.Equal(1, captured.Host.Requests.Count("cloudfront", "ListDistributions"));
        Assert.Equal(2, captured.Host.Requests.Total);
        Assert.Equal(EstateCounts.Distributions / 2, all.Count(each => each.Environment == DeploymentEnvironment.Staging));
        var misrouted = all.Single(each => each.Comment == EstateNames.MisroutedDistribution);
        Assert.Equal((DeploymentEnvironment.Staging, DeploymentEnvironment.Production), (misrouted.Environment, misrouted.Origins[0].Environment));
        Assert.All(all.Where(each => each.Environment == DeploymentEnvironment.Production), each => Assert.All(each.Origins, origin => Assert.Equal(DeploymentEnvironment.Production, origin.Environment)));
    }

    private static DistributionOrigin Origin(DeploymentEnvironment environment) =>
        new() { Id = "o", DomainName = "a.com", Kind = OriginKind.Host, Name = "a.com", Environment = environment, EnvironmentReason = "" };
}
