using JadaSnapshot.Engine.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class RestoreOrderTests
{
    [Fact]
    public void What_others_refer_to_is_made_before_them()
    {
        string[] order =
        [
            "iam/policy", "iam/role", "dynamodb/table", "s3/bucket", "lambda/layer-version", "lambda/function", "apigateway/rest-api", "route53/hosted-zone", "acm/certificate",
            "cloudfront/origin-access-control", "cloudfront/distribution", "apigateway/domain-name", "ses/identity", "appsscript/script-project",
        ];
        Assert.Equal(order, order.OrderBy(Place));
    }

    [Theory]
    [InlineData(RestorePhase.Functions, RestorePhase.Permissions)]
    [InlineData(RestorePhase.Permissions, RestorePhase.Apis)]
    [InlineData(RestorePhase.Objects, RestorePhase.BucketSettings)]
    [InlineData(RestorePhase.BucketSettings, RestorePhase.Certificates)]
    [InlineData(RestorePhase.Distributions, RestorePhase.Records)]
    [InlineData(RestorePhase.Records, RestorePhase.Invalidations)]
    [InlineData(RestorePhase.Invalidations, RestorePhase.Scripts)]
    [InlineData(RestorePhase.Scripts, RestorePhase.Deletions)]
    public void Phases_come_one_after_the_other(RestorePhase first, RestorePhase then) => Assert.True(first < then);

    [Fact]
    public void Every_kind_of_resource_of_the_estate_can_be_restored_or_says_why_not() =>
        Assert.All(Kinds, kind => Assert.NotNull(RestorerCatalog.Find(kind.Split('/')[0], kind.Split('/')[1])));

    private static readonly string[] Kinds =
    [
        "acm/certificate", "apigateway/account", "apigateway/api-key", "apigateway/client-certificate", "apigateway/domain-name", "apigateway/http-api", "apigateway/rest-api", "apigateway/usage-plan", "apigateway/vpc-link",
        "apigateway/websocket-api", "appsscript/script-project", "cloudfront/cache-policy", "cloudfront/continuous-deployment-policy", "cloudfront/distribution", "cloudfront/function", "cloudfront/key-group", "cloudfront/key-value-store",
        "cloudfront/origin-access-control", "cloudfront/origin-access-identity", "cloudfront/origin-request-policy", "cloudfront/public-key", "cloudfront/realtime-log-config", "cloudfront/response-headers-policy",
        "dynamodb/table", "iam/policy", "iam/role", "lambda/code-signing-config", "lambda/function", "lambda/layer-version", "lightsail/disk", "lightsail/instance", "lightsail/instance-snapshot", "lightsail/key-pair", "lightsail/static-ip",
        "localfiles/local-root", "route53/cidr-collection", "route53/delegation-set", "route53/health-check", "route53/hosted-zone", "route53/traffic-policy", "s3/bucket", "secrets/parameter", "secrets/secret",
        "ses/account", "ses/configuration-set", "ses/contact-list", "ses/identity", "ses/receipt-rule-set", "ses/template", "ses/verification-template",
    ];

    private static (int, int) Place(string kind) => kind.Split('/') is [var layer, var name] && RestorerCatalog.Find(layer, name) is { } restorer ? ((int)restorer.Phase, restorer.Rank(name)) : throw new InvalidOperationException(kind);
}
