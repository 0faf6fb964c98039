using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class ApiGatewayTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public async Task Who_does_not_ask_for_plain_JSON_is_answered_in_HAL()
    {
        await _world.ApiAsync("POST", "/restapis", """{"name":"one"}""");
        var answer = JsonNode.Parse(TestWorld.Text(await _world.CallAsync("apigateway", "GET", "/restapis")))!;
        Assert.Null(answer["item"]);
        Assert.Equal("one", (string?)answer["_embedded"]!["item"]![0]!["name"]);
    }

    [Fact]
    public async Task Pages_begin_where_the_page_before_says()
    {
        for (var i = 0; i < 5; i++) await _world.ApiAsync("POST", "/apikeys", $$"""{"name":"k{{i}}"}""");
        HashSet<string> seen = [];
        var position = "";
        do
        {
            var page = await _world.ApiAsync("GET", $"/apikeys?limit=2{position}");
            Assert.All(page["item"]!.AsArray(), item => Assert.True(seen.Add((string)item!["name"]!)));
            position = page["position"] is { } next ? $"&position={Uri.EscapeDataString((string)next!)}" : "";
        }
        while (position.Length > 0);
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task A_stage_serves_what_was_deployed_and_not_what_was_changed_since()
    {
        var (api, root) = await DeployedAsync();
        await _world.ApiAsync("PUT", $"/restapis/{api}/resources/{root}/methods/POST", """{"authorizationType":"NONE"}""");
        await _world.ApiAsync("PUT", $"/restapis/{api}/resources/{root}/methods/POST/integration", """{"type":"MOCK"}""");
        var paths = (await ExportAsync(api))["paths"]!["/"]!.AsObject();
        Assert.Equal(["get"], paths.Select(method => method.Key));
    }

    [Fact]
    public async Task An_export_that_is_imported_makes_the_same_API()
    {
        var (api, _) = await DeployedAsync();
        var export = await ExportAsync(api);
        var copy = (string)(await _world.ApiAsync("POST", "/restapis?mode=import", export.ToJsonString()))["id"]!;
        await _world.ApiAsync("POST", $"/restapis/{copy}/deployments", """{"stageName":"live"}""");
        Assert.Equal(export["paths"]!.ToJsonString(), (await ExportAsync(copy))["paths"]!.ToJsonString());
    }

    [Theory]
    [InlineData("GET", "/restapis/nothing", "", "NotFoundException")]
    [InlineData("GET", "/restapis/{api}/stages/nothing", "", "NotFoundException")]
    [InlineData("POST", "/restapis", "{}", "BadRequestException")]
    [InlineData("POST", "/restapis/{api}/stages", """{"stageName":"x","deploymentId":"nothing"}""", "BadRequestException")]
    [InlineData("PUT", "/restapis/{api}/resources/{root}/methods/GET/integration", """{"type":"AWS_PROXY","httpMethod":"POST","uri":"arn:aws:lambda:us-east-1:1:function:x"}""", "BadRequestException")]
    [InlineData("DELETE", "/restapis/{api}/resources/{root}", "", "BadRequestException")]
    [InlineData("POST", "/usageplans", """{"name":"p","apiStages":[{"apiId":"{api}","stage":"nothing"}]}""", "NotFoundException")]
    [InlineData("GET", "/v2/apis/{api}", "", "NotFoundException")]
    [InlineData("GET", "/restapis?limit=0", "", "BadRequestException")]
    public async Task What_cannot_be_is_refused_with_the_services_own_code(string method, string path, string body, string code)
    {
        var (api, root) = await DeployedAsync();
        await TestWorld.RefusalAsync(() => _world.ApiAsync(method, Filled(path), Filled(body)), code);

        string Filled(string text) => text.Replace("{api}", api, StringComparison.Ordinal).Replace("{root}", root, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_needs_methods_and_each_an_integration()
    {
        var api = await _world.ApiAsync("POST", "/restapis", """{"name":"one"}""");
        await TestWorld.RefusalAsync(() => _world.ApiAsync("POST", $"/restapis/{api["id"]}/deployments", "{}"), "BadRequestException");
        await _world.ApiAsync("PUT", $"/restapis/{api["id"]}/resources/{api["rootResourceId"]}/methods/GET", """{"authorizationType":"NONE"}""");
        await TestWorld.RefusalAsync(() => _world.ApiAsync("POST", $"/restapis/{api["id"]}/deployments", "{}"), "BadRequestException");
    }

    [Fact]
    public async Task An_import_takes_the_settings_that_an_export_does_not_say()
    {
        var api = await _world.ApiAsync("POST", "/restapis?mode=import", """
            {"openapi":"3.0.1","info":{"title":"one"},"paths":{},"x-amazon-apigateway-api-key-source":"AUTHORIZER","x-amazon-apigateway-minimum-compression-size":512,
             "servers":[{"url":"/","x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":true,"vpcEndpointIds":["vpce-1"]}}]}
            """);
        Assert.Equal(("AUTHORIZER", 512, true), ((string)api["apiKeySource"]!, (int)api["minimumCompressionSize"]!, (bool)api["disableExecuteApiEndpoint"]!));
        Assert.Equal("vpce-1", (string)api["endpointConfiguration"]!["vpcEndpointIds"]![0]!);
    }

    [Fact]
    public void The_path_decides_between_the_versions_of_one_signing_name()
    {
        var request = new SandboxRequest { Method = "GET", RawPath = "/v2/apis", Region = "us-east-1", Endpoint = "" };
        Assert.Equal("apigatewayv2", _world.World.Find("apigateway", request)!.Name);
        Assert.Equal("apigateway", _world.World.Find("apigateway", new() { Method = "GET", RawPath = "/restapis", Region = "us-east-1", Endpoint = "" })!.Name);
    }

    private async Task<(string Api, string Root)> DeployedAsync()
    {
        var made = await _world.ApiAsync("POST", "/restapis", """{"name":"one"}""");
        var (api, root) = ((string)made["id"]!, (string)made["rootResourceId"]!);
        await _world.ApiAsync("PUT", $"/restapis/{api}/resources/{root}/methods/GET", """{"authorizationType":"NONE","requestParameters":{"method.request.querystring.q":true}}""");
        await _world.ApiAsync("PUT", $"/restapis/{api}/resources/{root}/methods/GET/integration", """{"type":"HTTP_PROXY","httpMethod":"GET","uri":"https://a.example","requestParameters":{"integration.request.header.A":"'b'"}}""");
        await _world.ApiAsync("POST", $"/restapis/{api}/deployments", """{"stageName":"live"}""");
        return (api, root);
    }

    private Task<JsonObject> ExportAsync(string api) => _world.ApiAsync("GET", $"/restapis/{api}/stages/live/exports/oas30?extensions=apigateway");
}
