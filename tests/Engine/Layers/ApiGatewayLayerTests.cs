using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class ApiGatewayLayerTests(ApiGatewayLayerTests.Fixture estate) : LayerTest, IClassFixture<ApiGatewayLayerTests.Fixture>
{
    private const string Region = "us-west-2";
    private const string Bookings = "a1b2c3d4e5";

    /// <summary>Each document of an API, and the request that the service answers with it.</summary>
    public static TheoryData<string, string, string, string, string> Documents => new()
    {
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/resources-0001.json", "/restapis/a1b2c3d4e5/resources", "limit=500&embed=methods", "" },
        { "apigateway", "rest-apis/shows-and-tickets/q7w8e9r0t1/resources-0001.json", "/restapis/q7w8e9r0t1/resources", "limit=500&embed=methods", "shows-and-tickets/X-Api-Key" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/stages-0001.json", "/restapis/a1b2c3d4e5/stages", "", "bookings/production/paymentToken" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/authorizers-0001.json", "/restapis/a1b2c3d4e5/authorizers", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/models-0001.json", "/restapis/a1b2c3d4e5/models", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/request-validators-0001.json", "/restapis/a1b2c3d4e5/requestvalidators", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/gateway-responses-0001.json", "/restapis/a1b2c3d4e5/gatewayresponses", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/documentation-parts-0001.json", "/restapis/a1b2c3d4e5/documentation/parts", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/documentation-versions-0001.json", "/restapis/a1b2c3d4e5/documentation/versions", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/deployments-0001.json", "/restapis/a1b2c3d4e5/deployments", "limit=500", "" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/exports/staging.json", "/restapis/a1b2c3d4e5/stages/staging/exports/oas30", "extensions=apigateway", "" },
        { "apigateway", "rest-apis/shows-and-tickets/q7w8e9r0t1/exports/production.json", "/restapis/q7w8e9r0t1/stages/production/exports/oas30", "extensions=apigateway", "shows-and-tickets/X-Api-Key" },
        { "apigateway", "rest-apis/bookings/a1b2c3d4e5/api.json", "/restapis/a1b2c3d4e5", "", "" },
        { "apigateway", "domain-names/hooks.sailjada.com/domain-name.json", "/domainnames/hooks.sailjada.com", "", "" },
        { "apigatewayv2", "domain-names/hooks.sailjada.com/domain-name-v2.json", "/v2/domainnames/hooks.sailjada.com", "", "" },
        { "apigatewayv2", "domain-names/hooks.sailjada.com/api-mappings-0001.json", "/v2/domainnames/hooks.sailjada.com/apimappings", "", "" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/api.json", "/v2/apis/{hooks}", "", "" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/routes-0001.json", "/v2/apis/{hooks}/routes", "", "" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/integrations-0001.json", "/v2/apis/{hooks}/integrations", "", "hooks/X-Partner-Key" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/authorizers-0001.json", "/v2/apis/{hooks}/authorizers", "", "" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/stages-0001.json", "/v2/apis/{hooks}/stages", "", "hooks/live/signingSecret" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/deployments-0001.json", "/v2/apis/{hooks}/deployments", "", "" },
        { "apigatewayv2", "http-apis/hooks/{hooks}/exports/live.json", "/v2/apis/{hooks}/exports/OAS30", "outputType=JSON&includeExtensions=true&stageName=live", "hooks/X-Partner-Key" },
        { "apigateway", "account/account.json", "/account", "", "" },
        { "apigateway", "api-keys/harbor-desk/{key}/api-key.json", "/apikeys/{key}", "includeValue=true", "api-key/harbor-desk" },
        { "apigateway", "usage-plans/partners/{plan}/usage-plan.json", "/usageplans/{plan}", "", "" },
        { "apigateway", "usage-plans/partners/{plan}/keys-0001.json", "/usageplans/{plan}/keys", "limit=500", "api-key/harbor-desk" },
        { "apigatewayv2", "vpc-links/dock/{link}/vpc-link.json", "/v2/vpclinks/{link}", "", "" },
        { "apigateway", "client-certificates/{certificate}/client-certificate.json", "/clientcertificates/{certificate}", "", "" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_is_what_the_service_sends_byte_for_byte_with_a_fingerprint_for_each_secret(string service, string document, string path, string query, string secret)
    {
        var folder = await estate.SnapshotAsync();
        var kept = await File.ReadAllBytesAsync(Path.Combine(folder, await estate.FillAsync(document)), Cancel);
        var sent = await estate.AskAsync(service, await estate.FillAsync(path), query);
        if (secret.Length == 0)
        {
            Assert.Equal(Encoding.UTF8.GetString(sent), Encoding.UTF8.GetString(kept));
            return;
        }
        var planted = EstateBuilder.PlantedSecrets(estate.Host.Options.Seed).Single(each => each.StartsWith($"planted-{secret.Replace('/', '-')}-", StringComparison.Ordinal));
        Assert.Contains(planted, Encoding.UTF8.GetString(sent), StringComparison.Ordinal);
        Assert.DoesNotContain("planted-", Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        AssertEqualButForFingerprints(JsonElement.Parse(sent), JsonElement.Parse(kept));
    }

    [Fact]
    public async Task Only_what_is_secret_is_replaced()
    {
        var folder = Path.Combine(await estate.SnapshotAsync(), "rest-apis");
        var weather = await File.ReadAllTextAsync(Path.Combine(folder, "shows-and-tickets/q7w8e9r0t1/resources-0001.json"), Cancel);
        Assert.Contains("\"integration.request.header.X-Site\":\"method.request.header.Origin\"", weather, StringComparison.Ordinal);
        Assert.Contains("\"integration.request.header.X-Api-Key\":\"jada:hmac-sha256:", weather, StringComparison.Ordinal);
        Assert.DoesNotContain("jada:hmac", await File.ReadAllTextAsync(Path.Combine(folder, "bookings/a1b2c3d4e5/gateway-responses-0001.json"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_denied_is_a_problem_and_the_others_are_kept()
    {
        using var fault = new FaultScope(estate.Host, "service=apigateway,operation=GetAuthorizers,kind=deny");
        var export = (await ExportAsync(resource => resource.Id == Bookings)).Single(each => each.Id == Bookings);
        var problem = Assert.Single(Problems);
        Assert.Equal(("apigateway", "bookings", "GetAuthorizers", "AccessDeniedException"), (problem.Layer, problem.Resource, problem.Operation, problem.ErrorCode));
        Assert.False(export.IsComplete);
        Assert.True(File.Exists(Path.Combine(export.Path, "exports/production.json")));
        Assert.True(File.Exists(Path.Combine(export.Path, "resources-0001.json")));
        Assert.False(File.Exists(Path.Combine(export.Path, "authorizers-0001.json")));
    }

    [Fact]
    public async Task An_export_holds_the_domain_names_and_certificates_that_the_API_is_bound_to()
    {
        var exports = await ExportAsync(resource => resource.Id == Bookings);
        Assert.Empty(Problems);
        Assert.Equal(["client-certificate", "domain-name", "rest-api"], exports.Select(export => export.Kind).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(exports.Single(export => export.Kind == "domain-name").Path, "api-mappings-0001.json")));
    }

    [Fact]
    public async Task A_domain_name_that_routes_by_rules_is_captured_with_them()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel);
        await AskAsync(host, "apigatewayv2", "POST", "/v2/domainnames", $$"""{"domainName":"rules.sailjada.com","routingMode":"ROUTING_RULE_ONLY","domainNameConfigurations":[{"certificateArn":"arn:aws:acm:{{Region}}:{{host.World.Account}}:certificate/1"}]}""");
        await AskAsync(host, "apigatewayv2", "POST", "/v2/domainnames/rules.sailjada.com/routingrules", """{"priority":7,"conditions":[],"actions":[]}""");
        var snapshot = await CaptureAsync(EstateFixture.OptionsFor(host), "apigateway");
        Assert.Empty(Problems);
        Assert.Contains("\"priority\":7", await File.ReadAllTextAsync(Path.Combine(snapshot.Path, $"aws-configs/apigateway/{Region}/domain-names/rules.sailjada.com/routing-rules-0001.json"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_denied_is_a_problem_and_what_the_other_lists_tell_of_is_found()
    {
        using var fault = new FaultScope(estate.Host, "service=apigateway,operation=GetUsagePlans,kind=deny");
        using var connection = AwsConnection.Open(estate.Options);
        List<Resource> found = [];
        await foreach (var resource in new EstateInventory(connection).ListAsync(["apigateway"], Problems.Enqueue, Cancel)) found.Add(resource);
        Assert.All(Problems, problem => Assert.Equal("GetUsagePlans", problem.Operation));
        Assert.NotEmpty(Problems);
        Assert.Equal(EstateCounts.RestApis, found.Count(resource => resource.Kind == "rest-api"));
        Assert.Equal(EstateCounts.HttpApis, found.Count(resource => resource.Kind == "http-api"));
        Assert.Contains(found, resource => resource is { Kind: "domain-name", Name: "hooks.sailjada.com" });
    }

    [Fact]
    public async Task Fields_that_nobody_knows_survive()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel);
        await AskAsync(host, "apigateway", "POST", "/restapis", """{"name":"new","fieldOfTomorrow":{"a":[1,2.50,"ä"]}}""");
        var export = Assert.Single(await ExportAsync(_ => true, EstateFixture.OptionsFor(host)));
        Assert.Contains("""{"a":[1,2.50,"ä"]}""", await File.ReadAllTextAsync(Path.Combine(export.Path, "api.json"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_followed_to_the_end_and_each_is_a_file()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel);
        var api = (string)(await AskAsync(host, "apigatewayv2", "POST", "/v2/apis", """{"name":"long","protocolType":"HTTP"}"""))!["apiId"]!;
        for (var number = 0; number < 60; number++) await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/routes", $$"""{"routeKey":"GET /{{number}}"}""");
        var export = Assert.Single(await ExportAsync(_ => true, EstateFixture.OptionsFor(host)));
        string[] pages = [.. Directory.EnumerateFiles(export.Path, "routes-*.json").Order(StringComparer.Ordinal)];
        Assert.Equal(["routes-0001.json", "routes-0002.json", "routes-0003.json"], pages.Select(Path.GetFileName));
        Assert.Equal(60, pages.SelectMany(page => JsonElement.Parse(File.ReadAllBytes(page)).GetProperty("items").EnumerateArray()).Select(route => route.GetProperty("routeKey").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_WebSocket_API_is_captured_with_its_responses_and_models()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false, Estate = SandboxEstate.Empty }, Cancel);
        var api = (string)(await AskAsync(host, "apigatewayv2", "POST", "/v2/apis", """{"name":"chat","protocolType":"WEBSOCKET","routeSelectionExpression":"$request.body.action"}"""))!["apiId"]!;
        var integration = (string)(await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/integrations", """{"integrationType":"MOCK","requestParameters":{"integration.request.header.X-Key":"'planted-in-a-socket'"}}"""))!["integrationId"]!;
        await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/integrations/{integration}/integrationresponses", """{"integrationResponseKey":"$default"}""");
        var route = (string)(await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/routes", $$"""{"routeKey":"say","target":"integrations/{{integration}}"}"""))!["routeId"]!;
        await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/routes/{route}/routeresponses", """{"routeResponseKey":"$default"}""");
        await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/models", """{"name":"Message","schema":"{}"}""");
        await AskAsync(host, "apigatewayv2", "POST", $"/v2/apis/{api}/stages", """{"stageName":"live"}""");

        var export = Assert.Single(await ExportAsync(_ => true, EstateFixture.OptionsFor(host)));

        Assert.Empty(Problems);
        Assert.Contains("$default", await File.ReadAllTextAsync(Path.Combine(export.Path, $"route-responses/{route}-0001.json"), Cancel), StringComparison.Ordinal);
        Assert.Contains("$default", await File.ReadAllTextAsync(Path.Combine(export.Path, $"integration-responses/{integration}-0001.json"), Cancel), StringComparison.Ordinal);
        Assert.Contains("Message", await File.ReadAllTextAsync(Path.Combine(export.Path, "models-0001.json"), Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(export.Path, "*.json", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("planted", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(export.Path, "exports")));
    }

    private static void AssertEqualButForFingerprints(JsonElement sent, JsonElement kept)
    {
        Assert.Equal(sent.ValueKind, kept.ValueKind);
        switch (sent.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(sent.EnumerateObject().Select(member => member.Name), kept.EnumerateObject().Select(member => member.Name));
                foreach (var (one, other) in sent.EnumerateObject().Zip(kept.EnumerateObject())) AssertEqualButForFingerprints(one.Value, other.Value);
                break;
            case JsonValueKind.Array:
                Assert.Equal(sent.GetArrayLength(), kept.GetArrayLength());
                foreach (var (one, other) in sent.EnumerateArray().Zip(kept.EnumerateArray())) AssertEqualButForFingerprints(one, other);
                break;
            default:
                if (kept.ToString().StartsWith("jada:hmac-sha256:", StringComparison.Ordinal)) break;
                Assert.Equal(sent.GetRawText(), kept.GetRawText());
                break;
        }
    }

    private static async Task<JsonNode?> AskAsync(SandboxHost host, string service, string method, string path, string body = "")
    {
        var answer = await new InProcessCaller(host.World).CallAsync(service, Region, method, path, [], [new("Accept", "application/json")], Encoding.UTF8.GetBytes(body), Cancel);
        return JsonNode.Parse(answer.Body.Span);
    }

    private Task<List<ResourceExport>> ExportAsync(Func<Resource, bool> wanted, ConnectionOptions? options = null) => ExportAsync(options ?? estate.Options, new ApiView(), wanted);

    private sealed class FaultScope : IDisposable
    {
        private readonly SandboxHost _host;

        public FaultScope(SandboxHost host, string fault)
        {
            _host = host;
            host.Faults.Add(Fault.Parse(fault));
        }

        public void Dispose() => _host.Faults.Clear();
    }

    /// <summary>One estate, whose faults are this class's alone, and one snapshot of its APIs.</summary>
    public sealed class Fixture : EstateFixture, IDisposable
    {
        private readonly TemporaryStore _store = new();
        private readonly SemaphoreSlim _once = new(1);
        private string? _folder;

        /// <summary>The folder of the region's APIs in a snapshot.</summary>
        public async Task<string> SnapshotAsync()
        {
            await _once.WaitAsync(Cancel);
            try
            {
                return _folder ??= await CaptureAsync();
            }
            finally
            {
                _once.Release();
            }
        }

        public async Task<byte[]> AskAsync(string service, string path, string query)
        {
            var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
            var answer = await new InProcessCaller(Host.World).CallAsync(service, Region, "GET", path, [.. parameters], [new("Accept", "application/json")], default, Cancel);
            return answer.Body.ToArray();
        }

        /// <summary>Puts ids in place of what stands for them.</summary>
        public async Task<string> FillAsync(string text)
        {
            foreach (var (mark, service, path, items, id) in new[]
            {
                ("{hooks}", "apigatewayv2", "/v2/apis", "items", "apiId"), ("{key}", "apigateway", "/apikeys", "item", "id"), ("{plan}", "apigateway", "/usageplans", "item", "id"),
                ("{link}", "apigatewayv2", "/v2/vpclinks", "items", "vpcLinkId"), ("{certificate}", "apigateway", "/clientcertificates", "item", "clientCertificateId"),
            })
                if (text.Contains(mark, StringComparison.Ordinal))
                {
                    var found = JsonElement.Parse(await AskAsync(service, path, "")).GetProperty(items).EnumerateArray()
                        .First(item => mark != "{hooks}" || item.GetProperty("name").GetString() == "hooks");
                    text = text.Replace(mark, found.GetProperty(id).GetString(), StringComparison.Ordinal);
                }
            return text;
        }

        public void Dispose()
        {
            _store.Dispose();
            _once.Dispose();
        }

        private async Task<string> CaptureAsync()
        {
            using var connection = AwsConnection.Open(Options);
            var problems = new ConcurrentQueue<Problem>();
            var snapshot = await new CaptureRun(connection, new() { Store = _store.Path, Name = "v1.0", Layers = ["apigateway"] }).RunAsync(problems.Enqueue, Cancel);
            Assert.Empty(problems);
            return Path.Combine(snapshot.Path, "aws-configs/apigateway", Region);
        }
    }
}
