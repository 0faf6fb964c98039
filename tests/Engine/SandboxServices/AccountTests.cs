using JadaSnapshot.Engine.Tests.Sandbox;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class AccountTests
{
    private const string Other = "111122223333";

    [Fact]
    public async Task The_keys_of_one_account_do_not_open_another()
    {
        await using var estate = await RunningSandbox.StartAsync();
        await using var other = await RunningSandbox.StartAsync(new() { Account = Other });
        using var stranger = new SandboxClient(other.Host) { AccessKey = estate.Host.AccessKey, SecretKey = estate.Host.SecretKey };

        Assert.Equal("InvalidAccessKeyId", (await stranger.GetAsync("/")).Code);
        Assert.Equal(200, (await other.Client.GetAsync("/")).Status);
        Assert.NotEqual(OwnerOf((await estate.Client.GetAsync("/")).Text), OwnerOf((await other.Client.GetAsync("/")).Text));
    }

    [Fact]
    public async Task What_is_made_in_another_account_carries_its_number_and_has_other_ids()
    {
        var (estate, other) = (new TestWorld(), new TestWorld(Other));
        Assert.Equal($"arn:aws:iam::{Other}:role/runner", await other.CreateRoleAsync());
        await estate.CreateRoleAsync();

        Assert.StartsWith($"arn:aws:lambda:us-east-1:{Other}:function:", (await other.CreateFunctionAsync("f"))["FunctionArn"]!.ToString(), StringComparison.Ordinal);
        await estate.CreateFunctionAsync("f");
        Assert.NotEqual(await NewZoneAsync(estate), await NewZoneAsync(other));
        Assert.NotEqual(await ValidationRecordAsync(estate), await ValidationRecordAsync(other));
        await TestWorld.RefusalAsync(() => other.LambdaAsync("PUT", "/2015-03-31/functions/f/configuration", """{"Role":"arn:aws:iam::782785212866:role/runner"}"""), "AccessDeniedException");
    }

    [Fact]
    public async Task A_new_account_has_the_policies_that_AWS_keeps_and_nothing_else()
    {
        var world = new TestWorld(Other);
        Assert.Empty((await world.IamAsync("ListPolicies", ("Scope", "Local"))).Descendants("Arn"));
        Assert.NotEmpty((await world.IamAsync("ListPolicies", ("Scope", "AWS"))).Descendants("Arn"));
        Assert.Empty((await world.XmlAsync("cloudfront", "GET", "/2020-05-31/cache-policy?Type=custom")).Descendants("CachePolicy"));
        Assert.NotEmpty((await world.XmlAsync("cloudfront", "GET", "/2020-05-31/cache-policy?Type=managed")).Descendants("CachePolicy"));
        Assert.Empty((await world.LambdaAsync("GET", "/2015-03-31/functions"))["Functions"]!.AsArray());
        Assert.Empty((await world.XmlAsync("route53", "GET", "/2013-04-01/hostedzone")).Descendants("HostedZone"));
    }

    private static string OwnerOf(string listing) => listing.Split("<ID>")[1].Split("</ID>")[0];

    private static async Task<string> NewZoneAsync(TestWorld world) =>
        (await world.XmlAsync("route53", "POST", "/2013-04-01/hostedzone", "<CreateHostedZoneRequest><Name>boat.example</Name><CallerReference>z</CallerReference></CreateHostedZoneRequest>")).Descendants("Id").First().Value;

    private static async Task<string> ValidationRecordAsync(TestWorld world)
    {
        var arn = (await world.RpcAsync("acm", "CertificateManager.RequestCertificate", """{"DomainName":"boat.example","ValidationMethod":"DNS"}"""))["CertificateArn"]!;
        return (await world.RpcAsync("acm", "CertificateManager.DescribeCertificate", $$"""{"CertificateArn":"{{arn}}"}"""))["Certificate"]!["DomainValidationOptions"]![0]!["ResourceRecord"]!["Name"]!.ToString();
    }
}
