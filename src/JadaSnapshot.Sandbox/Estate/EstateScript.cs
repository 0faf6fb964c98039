using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.AppsScript;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Speaks to the services of a world as their clients do; any refusal ends the build.</summary>
internal sealed class EstateScript(SandboxWorld world, int seed, CancellationToken cancel)
{
    private readonly InProcessCaller _caller = new(world);

    public SandboxWorld World => world;

    public EstateClock Clock { get; } = new(world);

    public Dice DiceFor(string purpose) => new(seed, purpose);

    public string Secret(string name) => EstateSecrets.Token(seed, name);

    public async Task<SandboxResponse> S3Async(
        string region, string method, string path, ReadOnlyMemory<byte> body = default, string? subResource = null,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null, params KeyValuePair<string, string>[] query)
    {
        IReadOnlyList<KeyValuePair<string, string>> all = subResource is null ? query : [new(subResource, ""), .. query];
        return await CallAsync("s3", region, method, path, all, headers ?? [], body);
    }

    public Task ConfigureBucketAsync(string region, string bucket, string subResource, string document, string? id = null)
    {
        var body = Encoding.UTF8.GetBytes(document);
        KeyValuePair<string, string>[] headers =
        [
            new("Content-MD5", Convert.ToBase64String(Md5(body))),
            new("Content-Type", document.StartsWith('{') ? "application/json" : "application/xml"),
        ];
        return S3Async(region, "PUT", $"/{bucket}", body, subResource, headers, id is null ? [] : [new("id", id)]);
    }

    public async Task<JsonObject> LambdaAsync(string region, string method, string path, JsonObject body, params KeyValuePair<string, string>[] query)
    {
        var answer = await CallAsync("lambda", region, method, path, query, [new("Content-Type", "application/json")], Utf8(body));
        return answer.Body.IsEmpty ? [] : Json(answer);
    }

    public Task<JsonObject> DynamoDbAsync(string region, string operation, JsonObject body) =>
        RpcAsync("dynamodb", $"DynamoDB_20120810.{operation}", region, body, "1.0");

    /// <summary>Calls a service that finds the operation in a header.</summary>
    public async Task<JsonObject> RpcAsync(string service, string target, string region, JsonObject body, string version = "1.1") => Json(await CallAsync(
        service, region, "POST", "/", [], [new("Content-Type", $"application/x-amz-json-{version}"), new("X-Amz-Target", target)], Utf8(body)));

    /// <summary>Either version of API Gateway; the path says which.</summary>
    public async Task<JsonObject> ApiAsync(string method, string path, JsonObject body)
    {
        var service = path.StartsWith("/v2/", StringComparison.Ordinal) ? "apigatewayv2" : "apigateway";
        return Json(await CallAsync(service, EstateNames.West, method, path, [], [new("Content-Type", "application/json")], Utf8(body)));
    }

    /// <summary>Calls the Apps Script API; the path goes on from that of all projects.</summary>
    public async Task<JsonObject> AppsScriptAsync(string method, string path, JsonObject body) => Json(await CallAsync(
        AppsScriptService.ServiceName, "", method, AppsScriptService.Projects + path, [], [new("Content-Type", "application/json")], Utf8(body)));

    /// <summary>Calls the first version of SES in us-west-2.</summary>
    public Task SesAsync(string action, params KeyValuePair<string, string>[] parameters) => QueryAsync("ses", EstateNames.West, "2010-12-01", action, parameters);

    /// <summary>Calls the second version of SES in us-west-2.</summary>
    public Task SesV2Async(string method, string path, JsonObject body) =>
        CallAsync("sesv2", EstateNames.West, method, $"/v2/email/{path}", [], [new("Content-Type", "application/json")], Utf8(body));

    public Task IamAsync(string action, params KeyValuePair<string, string>[] parameters) => QueryAsync("iam", EstateNames.East, "2010-05-08", action, parameters);

    public Task<SandboxResponse> CloudFrontAsync(
        string method, string path, XElement? body, string? subResource = null, params KeyValuePair<string, string>[] headers) =>
        CallAsync("cloudfront", EstateNames.East, method, $"/2020-05-31/{path}",
            subResource is null ? [] : [new(subResource, "")], [new("Content-Type", "application/xml"), .. headers], Utf8(body));

    public Task<SandboxResponse> Route53Async(string method, string path, XElement? body) =>
        CallAsync("route53", EstateNames.East, method, $"/2013-04-01/{path}", [], [new("Content-Type", "application/xml")], Utf8(body));

    public static XElement Xml(SandboxResponse answer) => XElement.Parse(Encoding.UTF8.GetString(answer.Body.Span).TrimStart('\uFEFF'));

    /// <summary>The text of the first element of a name, wherever it stands.</summary>
    public static string Text(SandboxResponse answer, string element) =>
        Xml(answer).DescendantsAndSelf().First(each => each.Name.LocalName == element).Value;

    private Task<SandboxResponse> QueryAsync(string service, string region, string version, string action, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        KeyValuePair<string, string>[] form = [new("Action", action), new("Version", version), .. parameters];
        var text = string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return CallAsync(service, region, "POST", "/", [], [new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")], Encoding.UTF8.GetBytes(text));
    }

    private async Task<SandboxResponse> CallAsync(
        string service, string region, string method, string path, IReadOnlyList<KeyValuePair<string, string>> query,
        IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await _caller.CallAsync(service, region, method, path, query, headers, body, cancel);
        }
        catch (SandboxException refusal)
        {
            var target = headers.FirstOrDefault(header => header.Key == "X-Amz-Target").Value ?? string.Join('&', query.Select(each => each.Key));
            throw new InvalidOperationException($"The estate's {service} {method} {path} {target} is refused with {refusal.Code}: {refusal.Message}", refusal);
        }
    }

    private static JsonObject Json(SandboxResponse answer) => JsonNode.Parse(answer.Body.Span)!.AsObject();

    private static byte[] Utf8(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body);

    private static byte[] Utf8(XElement? body) => body is null ? [] : Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting));

    // S3 asks for an MD5 as a check of transport, not for secrecy.
#pragma warning disable CA5351
    private static byte[] Md5(byte[] body) => MD5.HashData(body);
#pragma warning restore CA5351
}
