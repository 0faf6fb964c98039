using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>Brings back what an account has beside its APIs: certificates shown to servers, links into networks, keys, usage plans, settings.</summary>
internal sealed class ApiAccountRestorer : Restorer
{
    private const string Key = "api-key", Link = "vpc-link", RestLink = "rest-vpc-link", Certificate = "client-certificate";

    private static readonly ApiParts PlanKeys = new("keys", "", key => key.Text("id") ?? "");

    public override string Layer => ApiGatewayLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [ApiKinds.Account, Certificate, Link, RestLink, Key, ApiKinds.UsagePlan];

    public override RestorePhase Phase => RestorePhase.Apis;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new("account.json", PutAccountAsync) { IsInCreate = true },
        new("client-certificate.json", (work, cancel) => PutAsync(work, "GetClientCertificate", "UpdateClientCertificate", "/clientcertificates/{}", ["clientCertificateId", "pemEncodedCertificate", "expirationDate"], cancel)) { IsInCreate = true },
        new("rest-vpc-link.json", (work, cancel) => PutAsync(work, "GetVpcLink", "UpdateVpcLink", "/vpclinks/{}", ["id", "status", "statusMessage", "targetArns"], cancel)) { IsInCreate = true },
        new("vpc-link.json", PutLinkAsync) { IsInCreate = true },
        new("api-key.json", (work, cancel) => PutAsync(work, "GetApiKey", "UpdateApiKey", "/apikeys/{}", ["id", "value", "lastUpdatedDate", "stageKeys"], cancel)) { IsInCreate = true },
        new("usage-plan.json", PutPlanAsync) { IsInCreate = true },
        new("keys.json", PutPlanKeysAsync) { NeedsSecrets = false },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new("client-certificate.json", "pemEncodedCertificate", "belongs to a private key that API Gateway does not show; the new one has to be trusted by the servers that it is shown to"),
        new("client-certificate.json", "expirationDate", "is that of the new certificate"),
        new("account.json", "throttleSettings*", "is granted by AWS"),
        new("account.json", "features*", "is granted by AWS"),
        new("account.json", "apiKeyVersion", "is the service's own"),
        new("*vpc-link.json", "*tatus*", "is the state of the link"),
        new("vpc-link.json", "vpcLinkVersion", "is the service's own"),
    ];

    public override int Rank(string kind) => kind switch
    {
        ApiKinds.UsagePlan => 3,
        Key => 2,
        _ => 0,
    };

    public override Naming Naming(string kind) => kind == ApiKinds.Account ? Recovery.Naming.Fixed : Recovery.Naming.Given;

    public override bool CanDelete(string kind) => kind != ApiKinds.Account;

    public override bool IsAlwaysThere(string kind) => kind == ApiKinds.Account;

    public override bool IdentityIsInDocuments(string kind) => kind == Certificate;

    // A certificate has no name but its id.
    public override string? Identity(Resource resource, ResourceDocuments documents) => resource.Kind == Certificate ? documents.Json("client-certificate.json").Text("description") : resource.Name;

    public override string? WhyFixed(string kind, string document, string path) => (document, path) switch
    {
        ("api-key.json", "value") => "the value of a key cannot be changed",
        ("vpc-link.json", _) when path.StartsWith("subnetIds", StringComparison.Ordinal) || path.StartsWith("securityGroupIds", StringComparison.Ordinal) => "where a link leads cannot be changed",
        ("rest-vpc-link.json", _) when path.StartsWith("targetArns", StringComparison.Ordinal) => "where a link leads cannot be changed",
        _ => null,
    };

    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, work.Resource.Kind == Link ? Http : Rest, cancel);
        switch (work.Resource.Kind)
        {
            case ApiKinds.Account:
                work.Created(work.Region);
                await PutAccountAsync(work, cancel);
                break;
            case Certificate:
                await CreateAsync(work, calls, "GenerateClientCertificate", "DeleteClientCertificate", ["clientCertificateId", "pemEncodedCertificate", "expirationDate"]);
                work.Note($"The client certificate {work.Resource.Id} is another now: the servers that it is shown to have to trust {work.Id}.");
                break;
            case Link:
                await CreateAsync(work, calls, "CreateVpcLink", "DeleteVpcLink", ["vpcLinkId", "vpcLinkStatus", "vpcLinkStatusMessage", "vpcLinkVersion"]);
                break;
            case RestLink:
                await CreateAsync(work, calls, "CreateVpcLink", "DeleteVpcLink", ["id", "status", "statusMessage"]);
                break;
            case Key:
                await CreateAsync(work, calls, "CreateApiKey", "DeleteApiKey", ["id", "stageKeys"]);
                break;
            default:
                await CreateAsync(work, calls, "CreateUsagePlan", "DeleteUsagePlan", ["id", "productCode"]);
                break;
        }
    }

    public override async Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, work.Resource.Kind == Link ? Http : Rest, cancel);
        var kind = ApiKinds.Of(work.Resource)!;
        if (work.Resource.Kind == ApiKinds.UsagePlan)
        {
            // A plan goes only when nothing uses it.
            var plan = work.Live.Json(kind.Document);
            await calls.PatchAsync("UpdateUsagePlan", WirePath.Of("/usageplans/{}", work.RequiredId), Stages(plan).Aggregate(new ApiPatch(), (patch, stage) => patch.Add("remove", "/apiStages", stage)));
        }
        var operation = work.Resource.Kind switch { Link or RestLink => "DeleteVpcLink", Key => "DeleteApiKey", Certificate => "DeleteClientCertificate", _ => "DeleteUsagePlan" };
        await calls.SendAsync(operation, "DELETE", WirePath.Of(kind.List.Path + "/{}", work.RequiredId));
    }

    private static async Task CreateAsync(RestoreWork work, ApiCalls calls, string create, string delete, IReadOnlyList<string> without)
    {
        var kind = ApiKinds.Of(work.Resource)!;
        var document = work.Documents.Json(kind.Document);
        var made = await calls.CreateOnceAsync(
            document, kind.List, kind.IdMember,
            tags => calls.SendAsync(create, "POST", kind.List.Path, JsonText.Object(json =>
            {
                ApiCalls.WriteWithout(json, document, [.. without, "tags"]);
                tags(json);
            })),
            id => calls.SendAsync(delete, "DELETE", WirePath.Of(kind.List.Path + "/{}", id)));
        var id = made.Text(kind.IdMember)!;
        var arn = $"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::{kind.List.Path.Replace("/v2/", "/", StringComparison.Ordinal)}/{id}";
        work.Created(id, arn);
        await calls.UnmarkAsync(arn);
    }

    private static async Task PutAsync(RestoreWork work, string look, string update, string template, IReadOnlyList<string> except, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var path = WirePath.Of(template, work.RequiredId);
        var (wanted, live) = (work.Documents.Json(ApiKinds.Of(work.Resource)!.Document), await calls.FindAsync(look, path));
        await calls.PatchAsync(update, path, new ApiPatch().Add(wanted, live, [.. except, "tags", "createdDate"]));
        await calls.PutTagsAsync($"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::{path}", wanted.Member("tags"), live.Member("tags"));
    }

    private static async Task PutAccountAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var live = await calls.FindAsync("GetAccount", "/account");
        await calls.PatchAsync("UpdateAccount", "/account", new ApiPatch().Add(work.Documents.Json("account.json"), live, ["throttleSettings", "features", "apiKeyVersion"]));
    }

    private static async Task PutLinkAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Http, cancel);
        var path = WirePath.Of("/v2/vpclinks/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json("vpc-link.json"), await calls.FindAsync("GetVpcLink", path));
        if (wanted.Text("name") != live.Text("name")) await calls.SendAsync("UpdateVpcLink", "PATCH", path, JsonText.Object(json => json.WriteVerbatim("name", wanted.Member("name"))));
        await calls.PutTagsAsync($"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::/vpclinks/{work.RequiredId}", wanted.Member("tags"), live.Member("tags"));
    }

    private static async Task PutPlanAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var path = WirePath.Of("/usageplans/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json("usage-plan.json"), await calls.FindAsync("GetUsagePlan", path));
        var patch = new ApiPatch().Add(wanted, live, "id", "apiStages", "tags", "productCode");
        foreach (var stage in Stages(live).Except(Stages(wanted))) patch.Add("remove", "/apiStages", stage);
        foreach (var stage in Stages(wanted).Except(Stages(live))) patch.Add("add", "/apiStages", stage);
        foreach (var stage in wanted.Items("apiStages"))
        {
            var had = live.Items("apiStages").FirstOrDefault(other => Stage(other) == Stage(stage)).Member("throttle");
            foreach (var method in Methods(had).Except(Methods(stage.Member("throttle")))) patch.Add("remove", $"/apiStages/{Stage(stage)}/throttle/{ApiPatch.Escape(method[..method.LastIndexOf('/')])}{method[method.LastIndexOf('/')..]}");
            foreach (var method in Methods(stage.Member("throttle")))
                patch.Add($"/apiStages/{Stage(stage)}/throttle/{ApiPatch.Escape(method[..method.LastIndexOf('/')])}{method[method.LastIndexOf('/')..]}", stage.Member("throttle").Member(method), had.Member(method), []);
        }
        await calls.PatchAsync("UpdateUsagePlan", path, patch);
        await calls.PutTagsAsync($"arn:{work.Resource.Arn?.Split(':')[1] ?? "aws"}:apigateway:{work.Region}::{path}", wanted.Member("tags"), live.Member("tags"));
    }

    private static async Task PutPlanKeysAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new ApiCalls(work, Rest, cancel);
        var path = WirePath.Of("/usageplans/{}/keys", work.RequiredId);
        var live = PlanKeys.ByKey(await calls.ListAsync(RestList("GetUsagePlanKeys", path)));
        var wanted = PlanKeys.ByKey(PlanKeys.In(work.Documents));
        foreach (var (id, key) in wanted.ExceptBy(live.Keys, each => each.Key))
            await calls.SendOnceAsync("CreateUsagePlanKey", "POST", path, JsonText.Object(json =>
            {
                json.WriteString("keyId", id);
                json.WriteVerbatim("keyType", key.Member("type"));
            }));
        foreach (var id in live.Keys.Except(wanted.Keys)) await calls.SendAsync("DeleteUsagePlanKey", "DELETE", WirePath.Of(path + "/{}", id));
    }

    private static IEnumerable<string> Stages(JsonElement plan) => plan.Items("apiStages").Select(Stage);

    private static string Stage(JsonElement stage) => $"{stage.Text("apiId")}:{stage.Text("stage")}";

    private static IEnumerable<string> Methods(JsonElement throttle) => throttle.ValueKind == JsonValueKind.Object ? throttle.EnumerateObject().Select(method => method.Name) : [];
}
