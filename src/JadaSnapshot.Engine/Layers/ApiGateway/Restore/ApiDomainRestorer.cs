using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>
/// Brings custom domain names back, with what their paths lead to. The first version of the service tells all of a domain name; the second shows the
/// same in its own form, so that there is nothing more to put.
/// </summary>
internal sealed class ApiDomainRestorer : Restorer
{
    private const string Document = "domain-name.json";

    private static readonly string[] Written =
    [
        "regionalDomainName", "regionalHostedZoneId", "distributionDomainName", "distributionHostedZoneId", "domainNameArn", "domainNameId", "certificateUploadDate",
        "domainNameStatus", "domainNameStatusMessage",
    ];

    private static readonly ApiParts Mappings = new("api-mappings", "apiMappingId", mapping => mapping.Text("apiMappingKey") ?? "");
    private static readonly ApiParts Rules = new("routing-rules", "routingRuleId", rule => rule.Member("priority").ToString());

    public override string Layer => ApiGatewayLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [ApiKinds.DomainName];

    public override RestorePhase Phase => RestorePhase.ApiDomains;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new("domain-name*.json", PutAsync) { IsInCreate = true },
        new("api-mappings.json", PutMappingsAsync),
        new("routing-rules.json", PutRulesAsync),
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("domain-name*.json", "*ertificateUploadDate", "is the time at which the certificate was given"),
        new("domain-name*.json", "*omainNameStatus*", "is the state of the domain name"),
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Fixed;

    public override bool CanDelete(string kind) => true;

    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) => Addresses(documents.Json(Document));

    public override IEnumerable<(string From, string To)> Counterparts(ResourceDocuments snapshot, ResourceDocuments live) => [.. Mappings.Counterparts(snapshot, live), .. Rules.Counterparts(RulesIn(snapshot), RulesIn(live))];

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        JsonElement made;
        try
        {
            made = await calls.SendAsync("CreateDomainName", "POST", "/domainnames", work.Documents.Json(Document), Written);
        }
        catch (ServiceException exception) when (exception.Code is "ConflictException")
        {
            // A call whose answer was lost has made it; else the name belongs to somebody else, who is not found here.
            made = await calls.FindAsync("GetDomainName", WirePath.Of("/domainnames/{}", work.Name));
            if (made.ValueKind == JsonValueKind.Undefined) throw;
        }
        work.Created(work.Name, ArnOf(work), Addresses(made));
        work.Note($"{work.Name} has to lead to {Addresses(made).FirstOrDefault()} in its DNS; records of restored zones do.");
    }

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel) =>
        new ApiCalls(work, Rest, cancel).SendAsync("DeleteDomainName", "DELETE", WirePath.Of("/domainnames/{}", work.RequiredId));

    private static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var path = WirePath.Of("/domainnames/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json(Document), await calls.FindAsync("GetDomainName", path));
        await calls.PatchAsync("UpdateDomainName", path, new ApiPatch().Add(wanted, live, [.. Written, "domainName", "tags"]));
        await calls.PutTagsAsync(ArnOf(work), wanted.Member("tags"), live.Member("tags"));
    }

    private static async Task PutMappingsAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Http, cancel);
        var path = WirePath.Of("/v2/domainnames/{}/apimappings", work.RequiredId);
        await Mappings.PutAsync(
            work, calls, () => calls.ListAsync(HttpList("GetApiMappings", path)),
            mapping => calls.SendAsync("CreateApiMapping", "POST", path, mapping, "apiMappingId"),
            (mapping, live) => calls.SendAsync("UpdateApiMapping", "PATCH", WirePath.Of(path + "/{}", live.Text("apiMappingId") ?? ""), mapping, "apiMappingId"),
            mapping => calls.SendAsync("DeleteApiMapping", "DELETE", WirePath.Of(path + "/{}", mapping.Text("apiMappingId") ?? "")));
    }

    private static async Task PutRulesAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Http, cancel);
        var path = WirePath.Of("/v2/domainnames/{}/routingrules", work.RequiredId);
        var live = Rules.ByKey(await calls.ListAsync(new("ListRoutingRules", path, "routingRules", "nextToken")));
        var wanted = Rules.ByKey(RulesIn(work.Documents));
        var ids = Rules.ByKey(RulesIn(work.Original));
        foreach (var (priority, rule) in wanted)
        {
            var had = live.GetValueOrDefault(priority);
            var put = had.ValueKind == JsonValueKind.Undefined ? await calls.SendAsync("CreateRoutingRule", "POST", path, rule, "routingRuleId", "routingRuleArn")
                : ApiPatch.Differs(rule, had) ? await calls.SendAsync("PutRoutingRule", "PUT", WirePath.Of(path + "/{}", had.Text("routingRuleId")!), rule, "routingRuleId", "routingRuleArn")
                : had;
            calls.Learn(ids[priority].Text("routingRuleId"), put.Text("routingRuleId"));
        }
        foreach (var (_, rule) in live.ExceptBy(wanted.Keys, each => each.Key)) await calls.SendAsync("DeleteRoutingRule", "DELETE", WirePath.Of(path + "/{}", rule.Text("routingRuleId")!));
    }

    private static IEnumerable<JsonElement> RulesIn(ResourceDocuments documents) => documents.AllJson("routing-rules-").SelectMany(page => page.Items("routingRules"));

    private static string ArnOf(RestoreWork work) => $"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::/domainnames/{work.Name}";

    // Its zone is not one of the account's, and is the same for all of a region.
    private static List<string> Addresses(JsonElement domain) => [.. new[] { domain.Text("regionalDomainName"), domain.Text("distributionDomainName") }.OfType<string>()];
}
