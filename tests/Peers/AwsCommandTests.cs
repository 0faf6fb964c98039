using System.Text.Json;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>What an operator types, on the estate.</summary>
public sealed class AwsCommandTests(SandboxFixture fixture)
{
    [Theory]
    [InlineData("Account", "sts", "get-caller-identity")]
    [InlineData("Buckets", "s3api", "list-buckets")]
    [InlineData("Contents", "s3api", "list-objects-v2", "--bucket", EstateNames.OddKeysBucket)]
    [InlineData("Versions", "s3api", "list-object-versions", "--bucket", EstateNames.VersionsBucket, "--max-items", "20")]
    [InlineData("Rules", "s3api", "get-bucket-lifecycle-configuration", "--bucket", "jada-backup")]
    [InlineData("IndexDocument", "s3api", "get-bucket-website", "--bucket", EstateNames.Queen)]
    [InlineData("Policy", "s3api", "get-bucket-policy", "--bucket", EstateNames.Sail)]
    [InlineData("ETag", "s3api", "head-object", "--bucket", EstateNames.VersionsBucket, "--key", EstateNames.MultipartKey)]
    [InlineData("Configuration", "lambda", "get-function", "--function-name", "release-notify")]
    [InlineData("Layers", "lambda", "list-layers")]
    [InlineData("Policy", "lambda", "get-policy", "--function-name", "booking-webhook")]
    [InlineData("Versions", "lambda", "list-versions-by-function", "--function-name", "release-notify")]
    [InlineData("OriginAccessControlList", "cloudfront", "list-origin-access-controls")]
    [InlineData("HostedZone", "route53", "list-hosted-zones-by-name", "--dns-name", EstateNames.Sail, "--query", "{HostedZone: HostedZones[0]}")]
    [InlineData("HealthChecks", "route53", "list-health-checks")]
    [InlineData("Table", "dynamodb", "describe-table", "--table-name", "jada-bookings")]
    [InlineData("ContinuousBackupsDescription", "dynamodb", "describe-continuous-backups", "--table-name", "jada-bookings")]
    [InlineData("Items", "dynamodb", "scan", "--table-name", "jada-bookings")]
    [InlineData("Role", "iam", "get-role", "--role-name", "release-notify-role")]
    [InlineData("AttachedPolicies", "iam", "list-attached-role-policies", "--role-name", "release-notify-role")]
    public async Task Aws_shows(string member, params string[] arguments)
    {
        var answer = await fixture.Aws.JsonAsync(arguments);

        Assert.True(answer.TryGetProperty(member, out _), answer.ToString());
    }

    [Theory]
    [InlineData(EstateCounts.Distributions, "cloudfront", "list-distributions", "--query", "DistributionList.Items")]
    [InlineData(EstateCounts.Zones, "route53", "list-hosted-zones", "--query", "HostedZones")]
    [InlineData(EstateCounts.Functions - EstateCounts.EdgeFunctions, "lambda", "list-functions", "--query", "Functions")]
    [InlineData(EstateCounts.EdgeFunctions, "lambda", "list-functions", "--query", "Functions", "--region", "us-east-1")]
    [InlineData(EstateCounts.Tables - 1, "dynamodb", "list-tables", "--query", "TableNames")]
    [InlineData(EstateCounts.Roles, "iam", "list-roles", "--query", "Roles")]
    [InlineData(EstateCounts.Buckets, "s3api", "list-buckets", "--query", "Buckets")]
    public async Task Aws_finds_all_of(int count, params string[] arguments)
    {
        var answer = await fixture.Aws.JsonAsync(arguments);

        Assert.Equal(count, answer.GetArrayLength());
    }

    [Fact]
    public async Task Aws_finds_jobs_where_the_sandbox_is_its_proxy()
    {
        await PeerTools.RequireAwsAsync();
        var environment = SandboxFixture.EnvironmentOf(fixture.Sandbox);
        (environment["HTTP_PROXY"], environment["NO_PROXY"]) = (fixture.Sandbox.Endpoint, "");

        var result = await Tool.RunAsync("aws", ["s3control", "list-jobs", "--account-id", fixture.Sandbox.World.Account, "--output", "json"], environment, null, TestContext.Current.CancellationToken);

        Assert.Equal("", result.Error);
        Assert.Equal(0, JsonElement.Parse(result.Output).GetProperty("Jobs").GetArrayLength());
    }

    [Fact]
    public async Task Aws_pages_through_the_large_zone()
    {
        var zone = await fixture.Aws.TextAsync("route53", "list-hosted-zones-by-name", "--dns-name", EstateNames.LargeZone, "--max-items", "1", "--query", "HostedZones[0].Id", "--output", "text");

        var sets = await fixture.Aws.JsonAsync("route53", "list-resource-record-sets", "--hosted-zone-id", zone.Trim(), "--query", "ResourceRecordSets[].[Name,Type,SetIdentifier]");

        var rows = sets.EnumerateArray().Select(set => set.ToString()).ToList();
        Assert.True(rows.Count > 300, $"{rows.Count} record sets");
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Aws_says_what_the_service_refuses()
    {
        var result = await fixture.Aws.RunAsync("lambda", "get-function", "--function-name", "no-such-function");

        Assert.NotEqual(0, result.Code);
        Assert.Contains("ResourceNotFoundException", result.Error, StringComparison.Ordinal);
    }
}
