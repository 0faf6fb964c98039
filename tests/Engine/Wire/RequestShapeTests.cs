using System.Text;
using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class RequestShapeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rest_json_sends_method_path_query_and_asks_for_json()
    {
        var request = await SentAsync(Lambda, new() { Operation = "ListFunctions", Method = "GET", Path = "/2015-03-31/functions/", Parameters = [new("MaxItems", "50"), new("Marker", "a b/+=&ü")] });

        Assert.Equal("GET", request.Method);
        Assert.Equal("/2015-03-31/functions/?Marker=a%20b%2F%2B%3D%26%C3%BC&MaxItems=50", request.RawTarget);
        Assert.Equal("application/json", request.Headers["Accept"]);
        Assert.Empty(request.Body);
    }

    [Theory]
    [InlineData("plain-name")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("100%25")]
    [InlineData("*(!)':$latest")]
    [InlineData("..%2F..")]
    [InlineData("ünïcödé😀")]
    public async Task A_label_arrives_percent_encoded_once(string label)
    {
        var request = await SentAsync(Lambda, new() { Operation = "GetPolicy", Method = "GET", Path = WirePath.Of("/2015-03-31/functions/{}/policy", label) });

        Assert.Equal($"/2015-03-31/functions/{Uri.EscapeDataString(label)}/policy", request.RawTarget);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_label_that_would_make_it_another_operation_is_not_sent(string label)
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service);

        var failure = await Assert.ThrowsAsync<ServiceException>(() =>
            connection.Wire(Lambda).SendAsync(new() { Operation = "GetPolicy", Method = "GET", Path = WirePath.Of("/2015-03-31/functions/{}/policy", label) }, Cancel));

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Rest_xml_sends_its_body_as_it_is()
    {
        var body = "<Batch>\r\n  <Comment>é &amp; 😀</Comment>\n</Batch>"u8.ToArray();
        var request = await SentAsync(Route53, new() { Operation = "ChangeResourceRecordSets", Path = "/2013-04-01/hostedzone/Z1/rrset", Body = body });

        Assert.Equal("POST", request.Method);
        Assert.Equal("application/xml", request.Headers["Content-Type"]);
        Assert.Equal(body, request.Body);
    }

    [Fact]
    public async Task A_query_parameter_may_come_more_than_once()
    {
        var request = await SentAsync(CloudFront, new() { Operation = "UntagResource", Path = "/2020-05-31/tagging", Parameters = [new("Operation", "Untag"), new("key", "b"), new("key", "a")] });

        Assert.Equal("/2020-05-31/tagging?Operation=Untag&key=a&key=b", request.RawTarget);
    }

    [Fact]
    public async Task Json_names_its_operation_in_the_target_header_and_sends_an_empty_object_for_no_body()
    {
        var request = await SentAsync(DynamoDb, new() { Operation = "ListTables" });

        Assert.Equal(("POST", "/", "{}"), (request.Method, request.RawTarget, request.Text));
        Assert.Equal("DynamoDB_20120810.ListTables", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Query_sends_action_version_and_members_in_the_body()
    {
        var request = await SentAsync(Iam, new() { Operation = "ListRoles", Parameters = [new("PathPrefix", "/a b/"), new("Marker", "x+y=&é")] });

        Assert.Equal(("POST", "/"), (request.Method, request.RawTarget));
        Assert.Equal("Action=ListRoles&Version=2010-05-08&PathPrefix=%2Fa%20b%2F&Marker=x%2By%3D%26%C3%A9", request.Text);
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Further_headers_are_sent_and_go_before_our_own()
    {
        var request = await SentAsync(Lambda, new() { Operation = "X", Method = "PUT", Path = "/x", Body = Encoding.UTF8.GetBytes("a: 1"), Headers = [new("If-Match", "\"E1\""), new("Accept", "application/yaml"), new("Content-Type", "application/yaml")] });

        Assert.Equal("\"E1\"", request.Headers["If-Match"]);
        Assert.Equal("application/yaml", request.Headers["Accept"]);
        Assert.Equal("application/yaml", request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_regional_service_is_signed_for_the_region_and_a_global_one_for_its_own()
    {
        Assert.EndsWith("/us-west-2/lambda/aws4_request", (await SentAsync(Lambda, new() { Operation = "X", Method = "GET" })).Scope, StringComparison.Ordinal);
        Assert.EndsWith("/us-east-1/route53/aws4_request", (await SentAsync(Route53, new() { Operation = "X", Method = "GET" })).Scope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_the_endpoint_comes_first()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service.Url + "/gateway/");

        await connection.Wire(Lambda).SendAsync(new() { Operation = "X", Method = "GET", Path = "/a/b" }, Cancel);

        Assert.Equal("/gateway/a/b", service.Requests.Single().RawTarget);
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service, "the/session+token==");

        await connection.Wire(DynamoDb).SendAsync(new() { Operation = "ListTables" }, Cancel);

        var request = service.Requests.Single();
        Assert.Equal("the/session+token==", request.Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    private static async Task<RecordedRequest> SentAsync(AwsService to, WireRequest request)
    {
        await using var service = await LoopbackService.StartAsync(Reply.Ok());
        using var connection = Connect(service);
        await connection.Wire(to).SendAsync(request, Cancel);
        return service.Requests.Single();
    }
}
