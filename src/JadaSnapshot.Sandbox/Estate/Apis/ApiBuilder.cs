using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Apis;

/// <summary>Makes the APIs, and what the account has beside them: a key, a usage plan, a domain name, a VPC link, a client certificate.</summary>
internal static class ApiBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        for (var index = 0; index < ApiCatalogue.Rest.Count; index++)
        {
            script.Clock.Set(600 - 90 * index);
            await new RestApiBuilder(script, ApiCatalogue.Rest[index]).BuildAsync();
        }
        var apis = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < ApiCatalogue.Http.Count; index++)
        {
            script.Clock.Set(300 - 60 * index);
            apis[ApiCatalogue.Http[index].Name] = await new HttpApiBuilder(script, ApiCatalogue.Http[index]).BuildAsync();
        }
        await PartnersAsync(script);
        await DomainAsync(script, apis["hooks"]);
        await script.ApiAsync("POST", "/v2/vpclinks", new() { ["name"] = "dock", ["subnetIds"] = new JsonArray("subnet-0a1b2c3d4e5f60718") });
        var certificate = await script.ApiAsync("POST", "/clientcertificates", new() { ["description"] = "Shown to the dock's servers" });
        await script.ApiAsync("PATCH", $"/restapis/{ApiCatalogue.Rest[0].Id}/stages/production", new()
        {
            ["patchOperations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/clientCertificateId", ["value"] = (string)certificate["clientCertificateId"]! }),
        });
    }

    private static async Task PartnersAsync(EstateScript script)
    {
        script.Clock.Set(150);
        var key = await script.ApiAsync("POST", "/apikeys", new()
        {
            ["name"] = EstateSecrets.PartnerKey, ["description"] = "The harbor's own booking desk", ["enabled"] = true, ["value"] = script.Secret(EstateSecrets.PartnerKeyName),
        });
        var plan = await script.ApiAsync("POST", "/usageplans", new()
        {
            ["name"] = "partners",
            ["apiStages"] = new JsonArray(new JsonObject { ["apiId"] = ApiCatalogue.Rest[0].Id, ["stage"] = "production" }),
            ["throttle"] = new JsonObject { ["burstLimit"] = 20, ["rateLimit"] = 10.0 },
            ["quota"] = new JsonObject { ["limit"] = 5000, ["offset"] = 0, ["period"] = "MONTH" },
        });
        await script.ApiAsync("POST", $"/usageplans/{(string)plan["id"]!}/keys", new() { ["keyId"] = (string)key["id"]!, ["keyType"] = "API_KEY" });
    }

    /// <summary>The domain name that the zone of sailjada.com leads to.</summary>
    private static async Task DomainAsync(EstateScript script, string hooks)
    {
        script.World.Get<Services.ApiGateway.ApiGatewayService>().Tree.Foretell("jada7f3k2q");
        const string Name = "hooks." + EstateNames.Sail;
        await script.ApiAsync("POST", "/v2/domainnames", new()
        {
            ["domainName"] = Name,
            ["domainNameConfigurations"] = new JsonArray(new JsonObject
            {
                ["certificateArn"] = new ApiAddresses(script.World.Account).Certificate("6a1f0c52-1b7e-4c8e-9d52-0d4b8e2f7a31"), ["endpointType"] = "REGIONAL", ["securityPolicy"] = "TLS_1_2",
            }),
            ["tags"] = new JsonObject { ["site"] = EstateNames.Sail },
        });
        await script.ApiAsync("POST", $"/v2/domainnames/{Name}/apimappings", new() { ["apiId"] = hooks, ["stage"] = "live" });
        await script.ApiAsync("POST", $"/v2/domainnames/{Name}/apimappings", new() { ["apiId"] = ApiCatalogue.Rest[0].Id, ["stage"] = "production", ["apiMappingKey"] = "bookings" });
    }
}
