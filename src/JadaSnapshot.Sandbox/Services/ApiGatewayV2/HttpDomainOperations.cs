using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>The domain names of the first version, in the form of the second; a mapping leads to an API of either.</summary>
internal sealed class HttpDomainOperations(ApiGatewayService first, ApiTree tree, HttpDialect dialect)
{
    private const string Domain = "/v2/domainnames/{domainName}";
    private const string Mappings = Domain + "/apimappings";
    private const string Mapping = Mappings + "/{apiMappingId}";
    private const string Rules = Domain + "/routingrules";
    private const string Rule = Rules + "/{routingRuleId}";

    public void AddTo(OperationTable operations)
    {
        Add("CreateDomainName", "POST /v2/domainnames", Create);
        Add("GetDomainName", $"GET {Domain}", call => JsonAnswer.Of(DomainView.Of(Find(call).Document)));
        Add("GetDomainNames", "GET /v2/domainnames", call => dialect.Listing(call, All(call), node => DomainView.Of(node.Document)));
        Add("UpdateDomainName", $"PATCH {Domain}", Update);
        Add("DeleteDomainName", $"DELETE {Domain}", Delete);
        Add("CreateApiMapping", $"POST {Mappings}", CreateMapping);
        Add("GetApiMapping", $"GET {Mapping}", call => JsonAnswer.Of(DomainView.OfMapping(FindMapping(call).Value.Document)));
        Add("GetApiMappings", $"GET {Mappings}", call => dialect.Listing(call, Find(call).Below("basepathmappings"), node => DomainView.OfMapping(node.Document)));
        Add("UpdateApiMapping", $"PATCH {Mapping}", UpdateMapping);
        Add("DeleteApiMapping", $"DELETE {Mapping}", DeleteMapping);
        Add("CreateRoutingRule", $"POST {Rules}", CreateRule);
        Add("GetRoutingRule", $"GET {Rule}", call => JsonAnswer.Of(FindRule(call).Document.DeepClone()));
        Add("ListRoutingRules", $"GET {Rules}", call => JsonAnswer.Of(new JsonObject { ["routingRules"] = JsonAnswer.List(Find(call).Below("routingrules").Values.Select(rule => rule.Document)) }));
        Add("PutRoutingRule", $"PUT {Rule}", PutRule);
        Add("DeleteRoutingRule", $"DELETE {Rule}", DeleteRule);

        // Domain names are the first version's: its gate is held too.
        void Add(string operation, string route, Func<Call, SandboxResponse> handler) => operations.Add(operation, route, call =>
        {
            lock (first.Operations.Gate) return handler(call);
        });
    }

    private SortedDictionary<string, ApiNode> All(Call call) => first.Tree.Root(call.Region).Below("domainnames");

    private ApiNode Find(Call call) => All(call).GetValueOrDefault(call.Label("domainName")) ?? throw ApiErrors.Missing("domain name", call.Label("domainName"));

    private KeyValuePair<string, ApiNode> FindMapping(Call call) =>
        Find(call).Below("basepathmappings").FirstOrDefault(each => each.Value.Document.Text("apiMappingId") == call.Label("apiMappingId")) is { Key: not null } found
            ? found
            : throw ApiErrors.Missing("API mapping", call.Label("apiMappingId"));

    private SandboxResponse Create(Call call)
    {
        var document = DomainView.ToFirst(call.Json);
        first.Domains.Complete(document, call.Region);
        if (!All(call).TryAdd(document.Need("domainName"), new ApiNode(document))) throw ApiErrors.Conflict("The domain name you provided already exists.");
        return JsonAnswer.Of(DomainView.Of(document), 201);
    }

    private SandboxResponse Update(Call call)
    {
        var domain = Find(call);
        var asked = call.Json.DeepClone().AsObject();
        asked["domainName"] = call.Label("domainName");
        asked["domainNameConfigurations"] ??= DomainView.Of(domain.Document)["domainNameConfigurations"]!.DeepClone();
        var changed = domain.Document.DeepClone().AsObject();
        foreach (var (name, value) in DomainView.ToFirst(asked)) changed[name] = value?.DeepClone();
        first.Domains.CheckCertificate(changed, call.Region);
        domain.Document = changed;
        return JsonAnswer.Of(DomainView.Of(changed));
    }

    private SandboxResponse Delete(Call call)
    {
        Find(call);
        All(call).Remove(call.Label("domainName"));
        return JsonAnswer.Empty();
    }

    private SandboxResponse CreateMapping(Call call) => Keep(call, Find(call), tree.NewId(6), call.Json, 201);

    /// <summary>What is not named stays.</summary>
    private SandboxResponse UpdateMapping(Call call)
    {
        var (domain, known) = (Find(call), FindMapping(call));
        var asked = DomainView.OfMapping(known.Value.Document);
        foreach (var (name, value) in call.Json) asked[name] = value?.DeepClone();
        domain.Below("basepathmappings").Remove(known.Key);
        try
        {
            return Keep(call, domain, call.Label("apiMappingId"), asked, 200);
        }
        catch (SandboxException)
        {
            domain.Below("basepathmappings").Add(known.Key, known.Value);
            throw;
        }
    }

    private SandboxResponse Keep(Call call, ApiNode domain, string mapping, JsonObject asked, int status)
    {
        var (id, stage) = (asked.Text("apiId") ?? throw ApiErrors.Bad("ApiId is required"), asked.Text("stage") ?? throw ApiErrors.Bad("Stage is required"));
        var api = tree.Root(call.Region).Below("v2/apis").GetValueOrDefault(id) ?? first.Tree.Root(call.Region).Below("restapis").GetValueOrDefault(id) ?? throw ApiErrors.Bad("Invalid API identifier specified");
        if (api.Document.Text("protocolType") == "WEBSOCKET" && domain.Below("basepathmappings").Values.Any(other => other.Document.Text("restApiId") != id))
            throw ApiErrors.Bad("A domain that serves a WebSocket API serves no other");
        if (!api.Below("stages").ContainsKey(stage)) throw ApiErrors.Bad("Invalid stage identifier specified");
        var path = asked.Text("apiMappingKey") is { Length: > 0 } key ? key : DomainKinds.NoPath;
        var document = new JsonObject { ["apiMappingId"] = mapping, ["basePath"] = path, ["restApiId"] = id, ["stage"] = stage };
        if (!domain.Below("basepathmappings").TryAdd(path, new ApiNode(document))) throw ApiErrors.Conflict("ApiMapping key already exists for this domain name");
        return JsonAnswer.Of(DomainView.OfMapping(document), status);
    }

    private SandboxResponse DeleteMapping(Call call)
    {
        Find(call).Below("basepathmappings").Remove(FindMapping(call).Key);
        return JsonAnswer.Empty();
    }

    private ApiNode FindRule(Call call) =>
        Find(call).Below("routingrules").GetValueOrDefault(call.Label("routingRuleId")) ?? throw ApiErrors.Missing("routing rule", call.Label("routingRuleId"));

    private SandboxResponse CreateRule(Call call)
    {
        var domain = Find(call);
        CheckRule(call, domain, null);
        return JsonAnswer.Of(Keep(call, domain, tree.NewId(6)), 201);
    }

    private SandboxResponse PutRule(Call call)
    {
        var domain = Find(call);
        CheckRule(call, domain, FindRule(call));
        return JsonAnswer.Of(Keep(call, domain, call.Label("routingRuleId")));
    }

    private static void CheckRule(Call call, ApiNode domain, ApiNode? own)
    {
        if (domain.Document.Text("routingMode") == "BASE_PATH_MAPPING_ONLY") throw ApiErrors.Bad("The routing mode of this domain name has no routing rules");
        if (call.Json.Number("priority") is not (>= 1 and <= 1_000_000)) throw ApiErrors.Bad("Priority must be between 1 and 1000000");
        if (domain.Below("routingrules").Values.Any(rule => rule != own && rule.Document.Number("priority") == call.Json.Number("priority")))
            throw ApiErrors.Conflict("A routing rule with this priority already exists");
    }

    private JsonObject Keep(Call call, ApiNode domain, string id)
    {
        var document = call.Json.DeepClone().AsObject();
        (document["routingRuleId"], document["routingRuleArn"]) = (id, $"arn:aws:apigateway:{call.Region}:{tree.World.Account}:/domainnames/{call.Label("domainName")}/routingrules/{id}");
        domain.Below("routingrules")[id] = new ApiNode(document);
        return document.DeepClone().AsObject();
    }

    private SandboxResponse DeleteRule(Call call)
    {
        FindRule(call);
        Find(call).Below("routingrules").Remove(call.Label("routingRuleId"));
        return JsonAnswer.Empty();
    }
}
