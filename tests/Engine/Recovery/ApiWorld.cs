using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes APIs in a sandbox, and looks at them.</summary>
internal sealed class ApiWorld(SandboxHost host)
{
    private const string Rules = "/v2/domainnames/rules.sailjada.com/routingrules";

    private string Function => $"arn:aws:lambda:us-west-2:{host.Options.Account}:function:tides";

    private string Invocation => $"arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/{Function}/invocations";

    public async Task<JsonElement> SendAsync(string method, string path, string? body = null)
    {
        var service = path.StartsWith("/v2/", StringComparison.Ordinal) ? ApiGatewayServices.Http : ApiGatewayServices.Rest;
        var (place, query) = path.Split('?') is [var before, var after] ? (before, after) : (path, "");
        var answer = await host.CallAsync(service, new()
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

        await SendAsync("POST", $"/restapis/{id}/requestvalidators", """{"name":"spare","validateRequestBody":false,"validateRequestParameters":true}""");

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
        await SendAsync("POST", "/vpclinks", $$"""{"name":"locks","targetArns":["arn:aws:elasticloadbalancing:us-west-2:{{host.Options.Account}}:loadbalancer/net/locks/50dc6c495c0c9188"]}""");
        await SendAsync("POST", "/v2/vpclinks", """{"name":"dock","subnetIds":["subnet-0a1b2c3d"]}""");
        await SendAsync("POST", "/domainnames", $$$$"""{"domainName":"hooks.sailjada.com","regionalCertificateArn":"arn:aws:acm:us-west-2:{{{{host.Options.Account}}}}:certificate/6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31","endpointConfiguration":{"types":["REGIONAL"]},"tags":{"site":"sailjada.com"}}""");
        await SendAsync("POST", "/v2/domainnames", $$$"""{"domainName":"rules.sailjada.com","routingMode":"ROUTING_RULE_ONLY","domainNameConfigurations":[{"endpointType":"REGIONAL","certificateArn":"arn:aws:acm:us-west-2:{{{host.Options.Account}}}:certificate/6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31"}]}""");
        foreach (var priority in new[] { 10, 20 }) await SendAsync("POST", Rules, Rule(priority, rest, "production"));
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

    /// <summary>All of that.</summary>
    public async Task MakeAsync()
    {
        await MakeAroundAsync(await MakeRestAsync(), await MakeHttpAsync());
        await MakeWebSocketAsync();
    }

    /// <summary>Changes something of nearly each by hand.</summary>
    public async Task ChangeAsync()
    {
        var (rest, http) = (await FindAsync("bookings"), await FindAsync("hooks"));
        var resource = (await SendAsync("GET", $"/restapis/{rest}/resources")).Items("item").Single(each => each.Text("path") == "/bookings").Text("id");
        var authorizer = (await SendAsync("GET", $"/restapis/{rest}/authorizers")).Items("item").Single().Text("id");
        var plan = (await SendAsync("GET", "/usageplans")).Items("item").Single().Text("id");
        var route = (await SendAsync("GET", $"/v2/apis/{http}/routes")).Items("items").Single(each => each.Text("routeKey") == "POST /github").Text("routeId");
        var mapping = (await SendAsync("GET", "/v2/domainnames/hooks.sailjada.com/apimappings")).Items("items").Single(each => each.Text("apiMappingKey") == "bookings").Text("apiMappingId");

        await PatchAsync($"/restapis/{rest}", "/description", "Changed");
        await PatchAsync($"/restapis/{rest}/resources/{resource}/methods/GET/integration", "/timeoutInMillis", "5000");
        await PatchAsync($"/restapis/{rest}/authorizers/{authorizer}", "/authorizerResultTtlInSeconds", "0");
        await PatchAsync($"/restapis/{rest}/models/Booking", "/description", "Changed");
        await SendAsync("DELETE", $"/restapis/{rest}/gatewayresponses/DEFAULT_4XX");
        await PatchAsync($"/restapis/{rest}/stages/production", "/*/*/logging/loglevel", "INFO");
        await PatchAsync($"/usageplans/{plan}", "/throttle/rateLimit", "99");
        await SendAsync("DELETE", $"/v2/apis/{http}/routes/{route}");
        await SendAsync("PATCH", "/v2/domainnames/hooks.sailjada.com/apimappings/" + mapping, $$"""{"apiId":"{{rest}}","stage":"staging"}""");
    }

    /// <summary>Changes the rest, and adds to each.</summary>
    public async Task AddAsync()
    {
        var (rest, http, chat) = (await FindAsync("bookings"), await FindAsync("hooks"), await FindAsync("chat"));
        var root = (await SendAsync("GET", $"/restapis/{rest}")).Text("rootResourceId")!;
        await MakeMethodAsync(rest, root, "extra", "GET", "{\"authorizationType\":\"NONE\"}");
        await DeployAsync(rest, "extra");
        await SendAsync("POST", $"/restapis/{rest}/models", """{"name":"Extra","contentType":"application/json","schema":"{}"}""");
        await SendAsync("POST", $"/restapis/{rest}/authorizers", $$"""{"name":"extra","type":"TOKEN","authorizerUri":"{{Invocation}}","identitySource":"method.request.header.Authorization"}""");
        await SendAsync("POST", $"/restapis/{rest}/requestvalidators", """{"name":"extra","validateRequestBody":true}""");
        await PatchAsync($"/restapis/{rest}/requestvalidators/{await IdAsync($"/restapis/{rest}/requestvalidators", "name", "body")}", "/validateRequestParameters", "true");
        await SendAsync("DELETE", $"/restapis/{rest}/requestvalidators/{await IdAsync($"/restapis/{rest}/requestvalidators", "name", "spare")}");
        await SendAsync("PUT", $"/restapis/{rest}/gatewayresponses/UNAUTHORIZED", """{"statusCode":"401"}""");
        await PatchAsync($"/restapis/{rest}/documentation/parts/{(await SendAsync("GET", $"/restapis/{rest}/documentation/parts")).Items("item").Single().Text("id")}", "/properties", "{}");
        await SendAsync("POST", $"/restapis/{rest}/documentation/parts", """{"location":{"type":"RESOURCE","path":"/extra"},"properties":"{}"}""");
        await SendAsync("POST", $"/restapis/{rest}/documentation/versions", """{"documentationVersion":"2"}""");
        await PatchAsync($"/restapis/{rest}/documentation/versions/1", "/description", "Changed");
        var (certificate, key, plan) = ((await SendAsync("GET", "/clientcertificates")).Items("item").Single().Text("clientCertificateId"), await IdAsync("/apikeys", "name", "harbor"), await IdAsync("/usageplans", "name", "partners"));
        await PatchAsync($"/clientcertificates/{certificate}", "/description", "Changed");
        await PatchAsync($"/apikeys/{key}", "/description", "Changed");
        var extra = (await SendAsync("POST", "/apikeys", """{"name":"extra"}""")).Text("id");
        await SendAsync("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{extra}}","keyType":"API_KEY"}""");
        await SendAsync("DELETE", $"/usageplans/{plan}/keys/{key}");
        await SendAsync("DELETE", $"/apikeys/{extra}");
        await SendAsync("PATCH", "/account", """{"patchOperations":[{"op":"replace","path":"/cloudwatchRoleArn","value":"arn:aws:iam::ACCOUNT:role/logs"}]}""".Replace("ACCOUNT", host.Options.Account, StringComparison.Ordinal));
        await SendAsync("PATCH", $"/v2/vpclinks/{(await SendAsync("GET", "/v2/vpclinks")).Items("items").Single().Text("vpcLinkId")}", """{"name":"pier"}""");
        await PatchAsync($"/vpclinks/{await IdAsync("/vpclinks", "name", "locks")}", "/description", "Changed");
        await PatchAsync("/domainnames/hooks.sailjada.com", "/securityPolicy", "TLS_1_0");
        await SendAsync("POST", "/v2/domainnames/hooks.sailjada.com/apimappings", $$"""{"apiId":"{{http}}","stage":"live","apiMappingKey":"extra"}""");

        var rules = (await SendAsync("GET", Rules)).Items("routingRules").ToDictionary(rule => rule.Member("priority").GetInt32(), rule => rule.Text("routingRuleId"));
        await SendAsync("PUT", $"{Rules}/{rules[10]}", Rule(10, rest, "staging"));
        await SendAsync("DELETE", $"{Rules}/{rules[20]}");
        await SendAsync("POST", Rules, Rule(30, rest, "production"));
        await SendAsync("PATCH", $"/v2/apis/{http}", """{"description":"Changed","corsConfiguration":{"allowOrigins":["*"]}}""");
        await SendAsync("PATCH", $"/v2/apis/{http}/authorizers/{await IdAsync($"/v2/apis/{http}/authorizers", "name", "accounts", "authorizerId")}", """{"jwtConfiguration":{"issuer":"https://other.example","audience":["crew"]}}""");
        await SendAsync("POST", $"/v2/apis/{http}/authorizers", """{"name":"extra","authorizerType":"JWT","identitySource":["$request.header.Authorization"],"jwtConfiguration":{"issuer":"https://accounts.sailjada.com","audience":["crew"]}}""");
        await MakeRouteAsync(http, "GET /extra", "");
        await SendAsync("PATCH", $"/v2/apis/{http}/integrations/{(await SendAsync("GET", $"/v2/apis/{http}/integrations")).Items("items").First().Text("integrationId")}", """{"timeoutInMillis":5000}""");
        await SendAsync("PATCH", $"/v2/apis/{http}/routes/{await IdAsync($"/v2/apis/{http}/routes", "routeKey", "GET /crew", "routeId")}", """{"authorizationType":"NONE"}""");
        await SendAsync("PATCH", $"/v2/apis/{http}/stages/frozen", $$$"""{"accessLogSettings":{"destinationArn":"arn:aws:logs:us-west-2:{{{host.Options.Account}}}:log-group:/api/extra","format":"$context.requestId"}}""");
        await SendAsync("POST", $"/v2/apis/{http}/stages", """{"stageName":"extra","autoDeploy":true}""");
        await SendAsync("PATCH", $"/v2/apis/{chat}/models/{await IdAsync($"/v2/apis/{chat}/models", "name", "Message", "modelId")}", """{"description":"Changed"}""");
        await SendAsync("POST", $"/v2/apis/{chat}/models", """{"name":"Extra","schema":"{}"}""");
    }

    /// <summary>The one API of a name.</summary>
    public async Task<string> FindAsync(string name) => name == "bookings"
        ? (await SendAsync("GET", "/restapis")).Items("item").Single(api => api.Text("name") == name).Text("id")!
        : (await SendAsync("GET", "/v2/apis")).Items("items").Single(api => api.Text("name") == name).Text("apiId")!;

    /// <summary>The paths that a stage serves.</summary>
    public async Task<IReadOnlyList<string>> ServedAsync(string api, string stage) =>
        Paths(await SendAsync("GET", api.Length > 0 && stage is "frozen" or "live" ? $"/v2/apis/{api}/exports/OAS30?outputType=JSON&stageName={stage}" : $"/restapis/{api}/stages/{stage}/exports/oas30"));

    private static IReadOnlyList<string> Paths(JsonElement openApi) => [.. openApi.Member("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal)];

    private static string Rule(int priority, string api, string stage) => JsonSerializer.Serialize(new
    {
        priority, conditions = new[] { new { matchBasePaths = new { anyOf = new[] { $"path{priority}" } } } }, actions = new[] { new { invokeApi = new { apiId = api, stage } } },
    });

    private async Task<string> IdAsync(string path, string member, string name, string id = "id") =>
        await SendAsync("GET", path) is var list ? list.Items("item").Concat(list.Items("items")).Single(each => each.Text(member) == name).Text(id)! : "";

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
