using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Wire;
using JadaSnapshot.Engine.Transfer;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>What the engine signs, botocore signs the same.</summary>
public sealed class EngineSignatureTests
{
    private static readonly string[] OddKeys =
    [
        "index.html", "a b", "a//b", "../x", "./x", "dir/", "/leading", "%41", "a+b", "a&b=c?d#e", "Readme.md", "é", "é", "⛵ 🚤.jpg",
        "a\\b:c*d\"e<f>g|h", "line\nbreak\ttab", "\u0001", "~!'()*;,@$[]{}^`", new string('k', 1024), "..", ".",
    ];

    [Fact]
    public async Task The_wire_clients_signatures_agree_for_every_protocol()
    {
        var requests = await SignatureSamples.RecordAsync(TestContext.Current.CancellationToken);
        Assert.True(requests.Count > 40);
        await AssertAgreedAsync(requests, TestServices.AccessKey, TestServices.SecretKey);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AQoDYXdzEXAMPLE/token+with=signs==")]
    public async Task The_S3_signers_signatures_agree_for_odd_keys(string? token)
    {
        await using var service = await LoopbackService.StartAsync((_, _) => Reply.Ok());
        using var connection = AwsConnection.Open(new() { AccessKey = "AKIDEXAMPLE", SecretKey = "secret/with+signs=", SessionToken = token, Region = "us-west-2", EndpointUrl = service.Url });
        using var s3 = new S3Client(connection, 4);
        s3.Learn("queenofsandiego.com", "us-east-1");
        foreach (var key in OddKeys)
        {
            var headers = new KeyValuePair<string, string>[] { new("x-amz-checksum-mode", "ENABLED"), new("range", "bytes=5-") };
            await s3.GetDocumentAsync(new() { Operation = "GetObject", Bucket = "queenofsandiego.com", Key = key, Headers = () => headers }, TestContext.Current.CancellationToken);
            var query = S3Path.Query(("list-type", "2"), ("start-after", key), ("encoding-type", "url"), ("prefix", ""));
            await s3.GetDocumentAsync(new() { Operation = "ListObjectsV2", Bucket = "a_bucket", Query = query }, TestContext.Current.CancellationToken);
        }
        KeyValuePair<string, string>[] content = [new("content-type", "text/html; charset=utf-8"), new("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="), new("cache-control", "no-store"), new("x-amz-meta-a", "b  c")];
        await s3.ChangeAsync(new() { Operation = "DeleteObjects", Method = HttpMethod.Post, Bucket = "a_bucket", Query = S3Path.Query(("delete", "")), Headers = () => content, Body = [1, 2, 3] }, TestContext.Current.CancellationToken);
        await s3.ChangeAsync(new() { Operation = "CopyObject", Method = HttpMethod.Put, Bucket = "a_bucket", Key = "é", Headers = () => content }, TestContext.Current.CancellationToken);
        Assert.Equal((OddKeys.Length * 2) + 2, service.Requests.Count);
        await AssertAgreedAsync(service.Requests, "AKIDEXAMPLE", "secret/with+signs=");
    }

    private static async Task AssertAgreedAsync(IReadOnlyList<RecordedRequest> requests, string accessKey, string secretKey)
    {
        var verdicts = await Signatures.JudgeAsync(requests.Select(request =>
        {
            var scope = request.Scope.Split('/');
            return new SignedRequest(request.Method, request.Url, [.. request.Headers], request.Body, scope[^2], scope[^3], accessKey, secretKey);
        }));
        Assert.Equal(requests.Count, verdicts.Count);
        foreach (var (request, why) in requests.Zip(verdicts)) Assert.True(why is null, $"{request.Method} {request.RawTarget}: {why}");
    }
}
