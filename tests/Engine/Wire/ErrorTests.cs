using JadaSnapshot.Engine.Wire;
using Xunit;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Wire;

public sealed class ErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rest_json_tells_its_code_in_a_header()
    {
        var failure = await FailureAsync(Lambda, Reply.Fault(404, """{"Type":"User","Message":"Function not found: f"}""", ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/"), ("x-amzn-RequestId", "r-7")));

        Assert.Equal((FailureKind.NotFound, "ResourceNotFoundException", 404, "r-7"), (failure.Kind, failure.Code, failure.StatusCode, failure.RequestId));
        Assert.Equal(("lambda", "Op"), (failure.Service, failure.Operation));
        Assert.Contains("Function not found: f", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_its_code_in_the_type_member()
    {
        var failure = await FailureAsync(DynamoDb, Reply.Fault(400, """{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"""));

        Assert.Equal((FailureKind.NotFound, "ResourceNotFoundException"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task Query_and_rest_xml_tell_their_code_in_an_error_element()
    {
        var failure = await FailureAsync(Iam, Reply.Fault(404, """<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The role with name r cannot be found.</Message></Error><RequestId>r-8</RequestId></ErrorResponse>"""));

        Assert.Equal((FailureKind.NotFound, "NoSuchEntity", "r-8"), (failure.Kind, failure.Code, failure.RequestId));
    }

    [Fact]
    public async Task S3_has_the_error_element_at_the_root()
    {
        var failure = await FailureAsync(S3, Reply.Fault(404, "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucketPolicy</Code><Message>The bucket policy does not exist</Message><RequestId>r-9</RequestId></Error>"));

        Assert.Equal((FailureKind.NotFound, "NoSuchBucketPolicy", "r-9"), (failure.Kind, failure.Code, failure.RequestId));
    }

    [Fact]
    public async Task Route53_tells_of_a_bad_batch_without_an_error_element()
    {
        var failure = await FailureAsync(Route53, Reply.Fault(400, """<?xml version="1.0"?><InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>First is wrong</Message><Message>Second too</Message></Messages></InvalidChangeBatch>"""));

        Assert.Equal((FailureKind.Invalid, "InvalidChangeBatch"), (failure.Kind, failure.Code));
        Assert.Contains("First is wrong; Second too", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("{ not json")]
    [InlineData("<not-xml")]
    [InlineData("[]")]
    [InlineData("""<!DOCTYPE a [<!ENTITY x "y">]><Error><Code>&x;</Code></Error>""")]
    public async Task An_answer_that_tells_nothing_is_told_by_its_status(string body)
    {
        var failure = await FailureAsync(Lambda, Reply.Fault(404, body));

        Assert.Equal((FailureKind.NotFound, "Http404"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task A_denied_call_says_which_action_is_missing()
    {
        var failure = await FailureAsync(DynamoDb, Reply.Fault(400, """{"__type":"AccessDeniedException"}"""));

        Assert.Equal(FailureKind.Denied, failure.Kind);
        Assert.Contains("dynamodb:Op", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpiredTokenException", "expired")]
    [InlineData("InvalidClientTokenId", "does not know these credentials")]
    [InlineData("SignatureDoesNotMatch", "secret key")]
    [InlineData("RequestTimeTooSkewed", "clock")]
    public async Task Bad_credentials_are_told_apart(string code, string words)
    {
        var failure = await FailureAsync(Iam, Reply.Fault(403, $"<ErrorResponse><Error><Code>{code}</Code><Message>m</Message></Error></ErrorResponse>"));

        Assert.Equal((FailureKind.BadCredentials, code), (failure.Kind, failure.Code));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_a_service_echoes_shows_credentials_or_signed_links()
    {
        const string token = "FwoGZXIvYXdzEXAMPLETOKEN";
        var echo = $"keys {AccessKey} {SecretKey} {token}; https://bucket.s3.amazonaws.com/code.zip?X-Amz-Expires=600&X-Amz-Signature=abcdef012345";
        await using var service = await LoopbackService.StartAsync(Reply.Fault(400, $$"""{"__type":"ValidationException","message":"{{echo}}\u001b[31m"}"""));
        using var connection = Connect(service, token);

        var failure = await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(DynamoDb).SendAsync(new() { Operation = "Op" }, Cancel));

        var shown = failure.ToString();
        Assert.DoesNotContain(AccessKey, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretKey, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(token, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdef012345", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
        Assert.Contains("[signed link]", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_request_is_not_repeated()
    {
        await using var service = await LoopbackService.StartAsync(Reply.Fault(400, """{"__type":"ValidationException","message":"no"}"""));
        using var connection = Connect(service);

        await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(DynamoDb).SendAsync(new() { Operation = "Op" }, Cancel));

        Assert.Single(service.Requests);
    }

    private static async Task<ServiceException> FailureAsync(AwsService to, Reply reply)
    {
        await using var service = await LoopbackService.StartAsync(reply);
        using var connection = Connect(service);
        return await Assert.ThrowsAsync<ServiceException>(() => connection.Wire(to).SendAsync(new() { Operation = "Op", Method = to.Protocol is WireProtocol.Json or WireProtocol.Query ? "POST" : "GET" }, Cancel));
    }
}
