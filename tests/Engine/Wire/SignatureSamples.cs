using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Tests.Wire.TestServices;

namespace JadaSnapshot.Engine.Tests.Wire;

/// <summary>Requests of every protocol, with whatever characters are hard to sign, for a judge who signs them again.</summary>
internal static class SignatureSamples
{
    private const string Odd = "a b+c&d=e/f?g#h%i~j*k(l)m!n'o:p;q@r$s,t[u]v{w}x|y\\z\"<>^`é😀";

    public static readonly IReadOnlyList<(AwsService Service, WireRequest Request)> All =
    [
        (Lambda, new() { Operation = "ListFunctions", Method = "GET", Path = "/2015-03-31/functions/", Parameters = [new("MaxItems", "50"), new("Marker", Odd)] }),
        (Lambda, new() { Operation = "GetFunction", Method = "GET", Path = WirePath.Of("/2015-03-31/functions/{}", "arn:aws:lambda:us-west-2:123456789012:function:f:$LATEST") }),
        (Lambda, new() { Operation = "GetPolicy", Method = "GET", Path = WirePath.Of("/2015-03-31/functions/{}/policy", Odd) }),
        (Lambda, new() { Operation = "GetPolicy", Method = "GET", Path = WirePath.Of("/2015-03-31/functions/{}/policy", "..%2F..") }),
        (Lambda, new() { Operation = "CreateFunction", Path = "/2015-03-31/functions", Body = Encoding.UTF8.GetBytes($"{{\"FunctionName\":{JsonSerializer.Serialize(Odd)}}}") }),
        (Lambda, new() { Operation = "PublishVersion", Path = "/2015-03-31/functions/f/versions" }),
        (Lambda, new() { Operation = "DeleteFunction", Method = "DELETE", Path = "/2015-03-31/functions/f", Parameters = [new("Qualifier", "1")] }),
        (Lambda, new() { Operation = "Patch", Method = "PATCH", Path = "/x", Body = "{}"u8.ToArray(), Headers = [new("X-Spaces", "  two  blanks  "), new("If-Match", "\"E1\"")] }),
        (CloudFront, new() { Operation = "ListDistributions", Method = "GET", Path = "/2020-05-31/distribution", Parameters = [new("Marker", "E1 2"), new("MaxItems", "100")] }),
        (CloudFront, new() { Operation = "UpdateDistribution", Method = "PUT", Path = "/2020-05-31/distribution/E1/config", Body = "<DistributionConfig>é 😀</DistributionConfig>"u8.ToArray(), Headers = [new("If-Match", "E2QWRUHEXAMPLE")] }),
        (CloudFront, new() { Operation = "TagResource", Path = "/2020-05-31/tagging", Parameters = [new("Operation", "Tag"), new("Resource", "arn:aws:cloudfront::1:distribution/E1"), new("key", "b"), new("key", "a"), new("empty", "")], Body = "<Tags/>"u8.ToArray() }),
        (Route53, new() { Operation = "ListResourceRecordSets", Method = "GET", Path = "/2013-04-01/hostedzone/Z1/rrset", Parameters = [new("name", "\\052.queenofsandiego.com."), new("type", "A"), new("identifier", Odd)] }),
        (Route53, new() { Operation = "ChangeResourceRecordSets", Path = "/2013-04-01/hostedzone/Z1/rrset/", Body = "<ChangeResourceRecordSetsRequest/>"u8.ToArray() }),
        (DynamoDb, new() { Operation = "ListTables" }),
        (DynamoDb, new() { Operation = "PutItem", Body = Encoding.UTF8.GetBytes($"{{\"Item\":{{\"k\":{{\"S\":{JsonSerializer.Serialize(Odd)}}}}}}}") }),
        (Iam, new() { Operation = "ListRoles", Parameters = [new("PathPrefix", "/service role/"), new("Marker", Odd)] }),
        (Iam, new() { Operation = "CreateRole", Parameters = [new("RoleName", "r"), new("AssumeRolePolicyDocument", "{\"Version\": \"2012-10-17\"}\n"), new("Tags.member.1.Key", Odd), new("Tags.member.1.Value", "")] }),
    ];

    /// <summary>Sends every sample, without and with a session token and below a path, and hands back what arrived.</summary>
    public static async Task<IReadOnlyList<RecordedRequest>> RecordAsync(CancellationToken cancel)
    {
        await using var service = await LoopbackService.StartAsync((_, _) => Reply.Ok());
        foreach (var (path, token) in new[] { ("", null), ("", "AQoDYXdzEXAMPLE/token+with=signs=="), ("/base path/x", null) })
        {
            using var connection = Connect(service.Url + path.Replace(" ", "%20", StringComparison.Ordinal), token);
            foreach (var (to, request) in All) await connection.Wire(to).SendAsync(request, cancel);
        }
        return service.Requests;
    }

    /// <summary>Writes requests for a judge in another language: method, url as on the wire, headers, body in Base64, and the secret.</summary>
    public static string Json(IEnumerable<RecordedRequest> requests) => JsonSerializer.Serialize(new
    {
        accessKey = AccessKey,
        secretKey = SecretKey,
        requests = requests.Select(r => new { method = r.Method, url = r.Url, rawTarget = r.RawTarget, headers = r.Headers, body = Convert.ToBase64String(r.Body) }),
    });
}
