using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class SesTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public async Task Both_versions_speak_of_the_same_identities()
    {
        await _world.CallAsync("sesv2", "POST", "/v2/email/identities", """{"EmailIdentity":"boat.example"}""");
        await SesAsync("SetIdentityNotificationTopic", "Identity=boat.example&NotificationType=Bounce&SnsTopic=arn:aws:sns:us-east-1:782785212866:t");
        await _world.CallAsync("sesv2", "PUT", "/v2/email/identities/boat.example/feedback", """{"EmailForwardingEnabled":false}""");

        var attributes = await SesAsync("GetIdentityNotificationAttributes", "Identities.member.1=boat.example&Identities.member.2=none.example");

        Assert.Equal(["boat.example"], attributes.Descendants("key").Select(key => key.Value));
        Assert.Equal("false", attributes.Descendants("ForwardingEnabled").Single().Value);
        Assert.Equal("arn:aws:sns:us-east-1:782785212866:t", attributes.Descendants("BounceTopic").Single().Value);
    }

    [Fact]
    public async Task A_rule_comes_back_as_it_was_given_with_its_lists_in_order()
    {
        await SesAsync("CreateReceiptRuleSet", "RuleSetName=s");
        var actions = string.Concat(Enumerable.Range(1, 10).Select(number => $"&Rule.Actions.member.{number}.AddHeaderAction.HeaderName=X-{number}&Rule.Actions.member.{number}.AddHeaderAction.HeaderValue=%26%3C{number}"));
        await SesAsync("CreateReceiptRule", $"RuleSetName=s&Rule.Name=r&Rule.Recipients.member.1=a@boat.example&Rule.Recipients.member.2=.boat.example{actions}");

        var rule = (await SesAsync("DescribeReceiptRuleSet", "RuleSetName=s")).Descendants("Rules").Single().Elements("member").Single();

        Assert.Equal(["a@boat.example", ".boat.example"], rule.Element("Recipients")!.Elements("member").Select(member => member.Value));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"X-{number}=&<{number}"), rule.Descendants("AddHeaderAction").Select(action => $"{action.Element("HeaderName")!.Value}={action.Element("HeaderValue")!.Value}"));
        Assert.Equal("Optional", rule.Element("TlsPolicy")!.Value);
    }

    [Theory]
    [InlineData("Rule.Name=r&Rule.Actions.member.1.S3Action.BucketName=none", "InvalidS3Configuration")]
    [InlineData("Rule.Name=r&Rule.Actions.member.1.LambdaAction.FunctionArn=none", "InvalidLambdaFunction")]
    [InlineData("Rule.Name=r&Rule.Actions.member.1.PayAction.Amount=1", "ValidationError")]
    [InlineData("Rule.Name=r&Rule.Actions.member.1.StopAction.a<b=1", "MalformedInput")]
    [InlineData("Rule.Name=r&Rule..x=1", "MalformedInput")]
    [InlineData("Rule.Name=no blanks", "ValidationError")]
    public async Task A_rule_that_cannot_be_is_refused(string rule, string code)
    {
        await SesAsync("CreateReceiptRuleSet", "RuleSetName=s");
        await TestWorld.RefusalAsync(() => SesAsync("CreateReceiptRule", "RuleSetName=s&" + rule), code);
    }

    [Fact]
    public async Task A_refusal_of_the_second_version_is_JSON_with_the_code_in_a_header()
    {
        var service = _world.World.Find("sesv2")!;
        var refusal = await TestWorld.RefusalAsync(() => _world.CallAsync("sesv2", "GET", "/v2/email/identities/none.example"), "NotFoundException");
        var rendered = service.Render(new SandboxRequest { Method = "GET", RawPath = "/", Region = "us-east-1", Endpoint = "" }, refusal);

        Assert.Equal(404, rendered.Status);
        Assert.Equal("NotFoundException", TestWorld.Header(rendered, "x-amzn-ErrorType"));
        Assert.NotEmpty(JsonNode.Parse(rendered.Body.Span)!["message"]!.ToString());
        Assert.Equal(429, service.Throttled.Status);
    }

    private async Task<XElement> SesAsync(string action, string parameters) => await _world.XmlAsync("ses", "POST", "/", $"Action={action}&{parameters}");
}
