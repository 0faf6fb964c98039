using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes APIs in a sandbox, and looks at them.</summary>
internal sealed class ApiWorld(SandboxHost host, Func<SandboxHost, AwsService, WireRequest, Task<WireResponse>> call)
{
    private string Function => $"arn:aws:lambda:us-west-2:{host.Options.Account}:function:tides";

    private string Invocation => $"arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/{Function}/invocations";

    public async Task<JsonElement> SendAsync(string method, string path, string? body = null)
    {
        var service = path.StartsWith("/v2/", StringComparison.Ordinal) ? ApiGatewayServices.Http : ApiGatewayServices.Rest;
        var (place, query) = path.Split('?') is [var before, var after] ? (before, after) : (path, "");
        var answer = await call(host, service, new()
        {
            Operation = "Any", Method = method, Path = place, Body = body is null ? default : Encoding.UTF8.GetBytes(body), Headers = [new("Accept", "application/json")],
            Parameters = [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1])))],
        });
        return answer.Body.Length == 0 ? default : answer.Json();
    }

    public Task<JsonElement> PatchAsync(string path, string change, string value) =>
        SendAsync("PATCH", path, JsonSerializer.Serialize(new { patchOperations = new[] { new { op = "replace", path = change, value } } }));

    /// <summary>A REST API whose two stages serve two of its states, and which is in a third.</summary>
    public async Task<string> MakeRestAsync()
    {
        var certificate = (await SendAsync("POST", "/clientcertificates", """{"description":"Shown to the dock"}""")).Text("clientCertificateId");
        var api = await SendAsync("POST", "/restapis", """{"name":"bookings","description":"Takes bookings","endpointConfiguration":{"types":["REGIONAL"]},"binaryMediaTypes":["image/*"],"minimumCompressionSize":1024,"tags":{"owner":"crew"}}""");
        var (id, root) = (api.Text("id")!, api.Text("rootResourceId")!);
        await PatchAsync($"/restapis/{id}", "/policy", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-west-2:{{host.Options.Account}}:{{id}}/*"}]}""");
        await SendAsync("POST", $"/restapis/{id}/models", """{"name":"Booking","contentType":"application/json","description":"One","schema":"{\"type\":\"object\"}"}""");
        var authorizer = (await SendAsync("POST", $"/restapis/{id}/authorizers", $$"""{"name":"crew","type":"TOKEN","authorizerUri":"{{Invocation}}","identitySource":"method.request.header.Authorization","authorizerResultTtlInSeconds":300}""")).Text("id");
        var validator = (await SendAsync("POST", $"/restapis/{id}/requestvalidators", """{"name":"body","validateRequestBody":true,"validateRequestParameters":false}""")).Text("id");
        await SendAsync("PUT", $"/restapis/{id}/gatewayresponses/DEFAULT_4XX", """{"responseParameters":{"gatewayresponse.header.Access-Control-Allow-Origin":"'*'"}}""");
        await SendAsync("POST", $"/restapis/{id}/documentation/parts", """{"location":{"type":"API"},"properties":"{\"description\":\"Takes bookings\"}"}""");
        await SendAsync("POST", $"/restapis/{id}/documentation/versions", """{"documentationVersion":"1","description":"First"}""");

        var bookings = await MakeMethodAsync(id, root, "bookings", "GET", "{\"authorizationType\":\"NONE\"}");
        await DeployAsync(id, "production");
        await SendAsync("PATCH", $"/restapis/{id}/stages/production", $$"""{"patchOperations":[{"op":"replace","path":"/*/*/logging/loglevel","value":"ERROR"},{"op":"replace","path":"/*/*/throttling/rateLimit","value":"50"},{"op":"replace","path":"/accessLogSettings/destinationArn","value":"arn:aws:logs:us-west-2:{{host.Options.Account}}:log-group:/api"},{"op":"replace","path":"/clientCertificateId","value":"{{certificate}}"},{"op":"replace","path":"/tracingEnabled","value":"true"}]}""");
        await MakeMethodAsync(id, bookings, "{booking}", "POST", $$$$"""{"authorizationType":"CUSTOM","authorizerId":"{{{{authorizer}}}}","requestValidatorId":"{{{{validator}}}}","requestModels":{"application/json":"Booking"},"requestParameters":{"method.request.path.booking":true}}""");
        await DeployAsync(id, "staging");
        await MakeMethodAsync(id, bookings, "later", "PUT", "{\"authorizationType\":\"AWS_IAM\",\"apiKeyRequired\":true}");
        return id;
    }

    /// <summary>An API key with a plan for it, a domain name that leads to the API, and a link.</summary>
    public async Task MakeAroundAsync(string rest, string http)
    {
        var key = (await SendAsync("POST", "/apikeys", """{"name":"harbor","description":"The desk","enabled":true,"value":"harbor-desk-0123456789abcdef"}""")).Text("id");
        var plan = (await SendAsync("POST", "/usageplans", $$$"""{"name":"partners","apiStages":[{"apiId":"{{{rest}}}","stage":"production"}],"throttle":{"burstLimit":20,"rateLimit":10},"quota":{"limit":5000,"offset":0,"period":"MONTH"}}""")).Text("id");
        await SendAsync("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
        await SendAsync("POST", "/v2/vpclinks", """{"name":"dock","subnetIds":["subnet-0a1b2c3d"]}""");
        await SendAsync("POST", "/domainnames", $$$$"""{"domainName":"hooks.sailjada.com","regionalCertificateArn":"arn:aws:acm:us-west-2:{{{{host.Options.Account}}}}:certificate/6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31","endpointConfiguration":{"types":["REGIONAL"]},"tags":{"site":"sailjada.com"}}""");
        await SendAsync("POST", "/v2/domainnames/hooks.sailjada.com/apimappings", $$"""{"apiId":"{{rest}}","stage":"production","apiMappingKey":"bookings"}""");
        await SendAsync("POST", "/v2/domainnames/hooks.sailjada.com/apimappings", $$"""{"apiId":"{{http}}","stage":"live"}""");
    }

    /// <summary>An HTTP API with a stage that deploys by itself, and one that serves an earlier state.</summary>
    public async Task<string> MakeHttpAsync()
    {
        var id = (await SendAsync("POST", "/v2/apis", """{"name":"hooks","protocolType":"HTTP","description":"What others call","corsConfiguration":{"allowOrigins":["https://sailjada.com"],"maxAge":600},"tags":{"owner":"crew"}}""")).Text("apiId")!;
        var authorizer = (await SendAsync("POST", $"/v2/apis/{id}/authorizers", """{"name":"accounts","authorizerType":"JWT","identitySource":["$request.header.Authorization"],"jwtConfiguration":{"issuer":"https://accounts.sailjada.com","audience":["crew"]}}""")).Text("authorizerId");
        await MakeRouteAsync(id, "GET /crew", $$""","authorizationType":"JWT","authorizerId":"{{authorizer}}" """);
        var deployment = (await SendAsync("POST", $"/v2/apis/{id}/deployments", """{"description":"First"}""")).Text("deploymentId");
        await SendAsync("POST", $"/v2/apis/{id}/stages", $$"""{"stageName":"frozen","deploymentId":"{{deployment}}","description":"As it was"}""");
        await MakeRouteAsync(id, "POST /github", "");
        await SendAsync("POST", $"/v2/apis/{id}/stages", $$$"""{"stageName":"live","autoDeploy":true,"defaultRouteSettings":{"throttlingBurstLimit":50,"throttlingRateLimit":25.5,"detailedMetricsEnabled":true},"accessLogSettings":{"destinationArn":"arn:aws:logs:us-west-2:{{{host.Options.Account}}}:log-group:/api/hooks","format":"$context.requestId"},"tags":{"stage":"live"}}""");
        return id;
    }

    /// <summary>A WebSocket API, whose routes and integrations answer.</summary>
    public async Task<string> MakeWebSocketAsync()
    {
        var id = (await SendAsync("POST", "/v2/apis", """{"name":"chat","protocolType":"WEBSOCKET","routeSelectionExpression":"$request.body.action"}""")).Text("apiId")!;
        await SendAsync("POST", $"/v2/apis/{id}/models", """{"name":"Message","schema":"{\"type\":\"object\"}","contentType":"application/json"}""");
        var integration = (await SendAsync("POST", $"/v2/apis/{id}/integrations", """{"integrationType":"MOCK","requestTemplates":{"$default":"{\"statusCode\":200}"}}""")).Text("integrationId");
        await SendAsync("POST", $"/v2/apis/{id}/integrations/{integration}/integrationresponses", """{"integrationResponseKey":"$default"}""");
        var route = (await SendAsync("POST", $"/v2/apis/{id}/routes", $$"""{"routeKey":"$connect","target":"integrations/{{integration}}","routeResponseSelectionExpression":"$default"}""")).Text("routeId");
        await SendAsync("POST", $"/v2/apis/{id}/routes/{route}/routeresponses", """{"routeResponseKey":"$default"}""");
        var deployment = (await SendAsync("POST", $"/v2/apis/{id}/deployments", "{}")).Text("deploymentId");
        await SendAsync("POST", $"/v2/apis/{id}/stages", $$"""{"stageName":"production","deploymentId":"{{deployment}}"}""");
        return id;
    }

    /// <summary>The one API of a name.</summary>
    public async Task<string> FindAsync(string name) => name == "bookings"
        ? (await SendAsync("GET", "/restapis")).Items("item").Single(api => api.Text("name") == name).Text("id")!
        : (await SendAsync("GET", "/v2/apis")).Items("items").Single(api => api.Text("name") == name).Text("apiId")!;

    /// <summary>The paths that a stage serves.</summary>
    public async Task<IReadOnlyList<string>> ServedAsync(string api, string stage) =>
        Paths(await SendAsync("GET", api.Length > 0 && stage is "frozen" or "live" ? $"/v2/apis/{api}/exports/OAS30?outputType=JSON&stageName={stage}" : $"/restapis/{api}/stages/{stage}/exports/oas30"));

    private static IReadOnlyList<string> Paths(JsonElement openApi) => [.. openApi.Member("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal)];

    private async Task<string> MakeMethodAsync(string api, string parent, string part, string verb, string method)
    {
        var resource = (await SendAsync("POST", $"/restapis/{api}/resources/{parent}", $$"""{"pathPart":"{{part}}"}""")).Text("id")!;
        var path = $"/restapis/{api}/resources/{resource}/methods/{verb}";
        await SendAsync("PUT", path, method);
        await SendAsync("PUT", $"{path}/responses/200", """{"responseModels":{"application/json":"Empty"}}""");
        if (verb == "PUT")
        {
            await SendAsync("PUT", $"{path}/integration", """{"type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\":200}"}}""");
            await SendAsync("PUT", $"{path}/integration/responses/200", """{"responseTemplates":{"application/json":""}}""");
        }
        else await SendAsync("PUT", $"{path}/integration", $$"""{"type":"AWS_PROXY","httpMethod":"POST","uri":"{{Invocation}}"}""");
        return resource;
    }

    private Task<JsonElement> DeployAsync(string api, string stage) => SendAsync("POST", $"/restapis/{api}/deployments", $$"""{"stageName":"{{stage}}","description":"To {{stage}}"}""");

    private async Task MakeRouteAsync(string api, string key, string more)
    {
        var integration = (await SendAsync("POST", $"/v2/apis/{api}/integrations", $$"""{"integrationType":"AWS_PROXY","integrationUri":"{{Function}}","payloadFormatVersion":"2.0"}""")).Text("integrationId");
        await SendAsync("POST", $"/v2/apis/{api}/routes", $$"""{"routeKey":"{{key}}","target":"integrations/{{integration}}"{{more}}}""");
    }
}
