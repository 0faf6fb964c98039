using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

/// <summary>An empty sandbox without a network, and short ways to ask its services.</summary>
internal sealed class TestWorld
{
    public const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private readonly InProcessCaller _caller;

    public TestWorld(string account = SandboxWorld.EstateAccount, string settling = "")
    {
        World = new SandboxWorld(1, Clock, account) { Settling = Settling.Parse(settling) };
        World.AddServices();
        _caller = new InProcessCaller(World);
    }

    public ManualClock Clock { get; } = new();

    public SandboxWorld World { get; }

    public async Task<SandboxResponse> CallAsync(string service, string method, string target, string? body = null, params KeyValuePair<string, string>[] headers)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var query = at < 0 ? [] : target[(at + 1)..].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : "")));
        return await _caller.CallAsync(service, "us-east-1", method, at < 0 ? target : target[..at], [.. query], headers,
            Encoding.UTF8.GetBytes(body ?? ""), TestContext.Current.CancellationToken);
    }

    public async Task<JsonObject> LambdaAsync(string method, string target, string? body = null) => Json(await CallAsync("lambda", method, target, body));

    /// <summary>Either version of API Gateway; the path says which.</summary>
    public async Task<JsonObject> ApiAsync(string method, string target, string? body = null) => Json(await CallAsync(
        target.StartsWith("/v2/", StringComparison.Ordinal) ? "apigatewayv2" : "apigateway", method, target, body, KeyValuePair.Create("Accept", "application/json")));

    public Task<JsonObject> DynamoAsync(string operation, string body) => RpcAsync("dynamodb", "DynamoDB_20120810." + operation, body);

    /// <summary>A call to DynamoDB of which a fault lets only the first half be done.</summary>
    public async Task<JsonObject> HalvedDynamoAsync(string operation, string body)
    {
        var dynamo = World.Find("dynamodb")!;
        var request = new SandboxRequest { Method = "POST", RawPath = "/", Region = "us-east-1", Endpoint = World.Endpoint, Operation = operation, Body = Encoding.UTF8.GetBytes(body), IsHalved = true };
        return Json(await dynamo.HandleAsync(request, TestContext.Current.CancellationToken));
    }

    public async Task<JsonObject> RpcAsync(string service, string target, string body) =>
        Json(await CallAsync(service, "POST", "/", body, KeyValuePair.Create("X-Amz-Target", target)));

    public async Task<XElement> IamAsync(string action, params (string Name, string Value)[] parameters) =>
        Xml(await CallAsync("iam", "POST", "/", string.Join('&', parameters.Prepend(("Action", action)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"))));

    public async Task<XElement> XmlAsync(string service, string method, string target, string? body = null, params KeyValuePair<string, string>[] headers) =>
        Xml(await CallAsync(service, method, target, body, headers));

    public async Task<string> CreateRoleAsync(string name = "runner") =>
        (await IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust))).Descendants("Arn").Single().Value;

    public async Task<JsonObject> CreateFunctionAsync(string name, string extra = "", string code = "return 1") =>
        await LambdaAsync("POST", "/2015-03-31/functions",
            $$$"""{"FunctionName":"{{{name}}}","Runtime":"python3.13","Handler":"index.handler","Role":"arn:aws:iam::{{{World.Account}}}:role/runner","Code":{"ZipFile":"{{{Convert.ToBase64String(Zip(code))}}}"}{{{extra}}}}""");

    public static byte[] Zip(string content)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create))
        using (var writer = new StreamWriter(archive.CreateEntry("index.py").Open()))
            writer.Write(content);
        return buffer.ToArray();
    }

    public static string Text(SandboxResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    public static string? Header(SandboxResponse response, string name) => response.Headers.FirstOrDefault(header => header.Key == name).Value;

    public static async Task<SandboxException> RefusalAsync(Func<Task> call, string code)
    {
        var refusal = await Assert.ThrowsAsync<SandboxException>(call);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    private static JsonObject Json(SandboxResponse response) => response.Body.IsEmpty ? [] : JsonNode.Parse(response.Body.Span)!.AsObject();

    private static XElement Xml(SandboxResponse response)
    {
        if (response.Body.IsEmpty) return new XElement("Empty");
        var root = XElement.Parse(Text(response));
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }
}

internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
