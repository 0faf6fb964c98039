using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>What belongs to the account in a region, not to one API: keys, usage plans, VPC links, client certificates.</summary>
internal sealed class AccountKinds(ApiTree tree, RestDialect dialect)
{
    private const string Plan = "/usageplans/{usageplanId}";

    public IEnumerable<ApiKind> All =>
    [
        new("ApiKey", "ApiKeys", "/apikeys", "api_Key")
        {
            Words = "API Key",
            IdLength = 10,
            Complete = CompleteKey,
            View = (call, node) => ViewKey(node, isWhole: call.Request.Method == "POST" || call.Query("includeValue") == "true"),
            Listed = (call, node) => ViewKey(node, call.Query("includeValues") == "true"),
        },
        new("UsagePlan", "UsagePlans", "/usageplans", "usageplanId") { Words = "Usage Plan", Required = ["name"], Complete = change => change.Document["apiStages"] ??= new JsonArray(), Check = CheckPlan },
        new("UsagePlanKey", "UsagePlanKeys", Plan + "/keys", "keyId")
        {
            Words = "API Key", IdLength = 0, Required = ["keyId", "keyType"], IsUpdated = false, Complete = CompletePlanKey,
        },
        new("VpcLink", "VpcLinks", "/vpclinks", "vpclink_id")
        {
            Words = "VPC Link", Required = ["name", "targetArns"], CreatedStatus = 202,
            Complete = change => (change.Document["status"], change.Document["statusMessage"]) = ("AVAILABLE", "Your vpc link is ready for use"),
        },
        new("ClientCertificate", "ClientCertificates", "/clientcertificates", "clientcertificate_id")
        {
            Words = "client certificate", Creates = "GenerateClientCertificate", IdMember = "clientCertificateId", Complete = CompleteCertificate,
        },
    ];

    private void CompleteKey(ApiChange change)
    {
        var document = change.Document;
        var value = document.Text("value") ?? tree.NewId(40);
        if (value.Length is < 20 or > 128) throw ApiErrors.Bad("API Key value should be at least 20 characters and at most 128 characters");
        if (change.Parent.Below("apikeys").Values.Any(other => other.Document.Text("value") == value)) throw ApiErrors.Conflict("API Key already exists");
        document["value"] = value;
        document["enabled"] ??= false;
        (document["createdDate"], document["lastUpdatedDate"]) = (dialect.Time(tree.World.Now), dialect.Time(tree.World.Now));
        document["stageKeys"] = JsonAnswer.List(document.Parts("stageKeys").Select(key => $"{key.Text("restApiId")}/{key.Text("stageName")}").ToList());
        document.Remove("generateDistinctId");
    }

    private static JsonObject ViewKey(ApiNode node, bool isWhole)
    {
        var view = node.Document.DeepClone().AsObject();
        if (!isWhole) view.Remove("value");
        return view;
    }

    private static void CheckPlan(ApiChange change)
    {
        foreach (var stage in change.Document.Parts("apiStages"))
            if (change.Parent.Below("restapis").GetValueOrDefault(stage.Text("apiId") ?? "")?.Below("stages").ContainsKey(stage.Text("stage") ?? "") != true)
                throw new SandboxException(404, "NotFoundException", $"API Stage not found: {stage.Text("apiId")}:{stage.Text("stage")}");
    }

    private void CompletePlanKey(ApiChange change)
    {
        var document = change.Document;
        var id = document.Need("keyId");
        var key = tree.Root(change.Call.Region).Below("apikeys").GetValueOrDefault(id) ?? throw ApiErrors.Missing("API Key", id);
        if (document.Need("keyType") != "API_KEY") throw ApiErrors.Bad("Invalid key type specified");
        change.Node.Document = new JsonObject { ["id"] = id, ["type"] = "API_KEY" }.With("value", key.Document.Text("value")).With("name", key.Document.Text("name"));
    }

    private void CompleteCertificate(ApiChange change)
    {
        change.Document["pemEncodedCertificate"] = $"-----BEGIN CERTIFICATE-----\n{SandboxWorld.HashId(tree.NewId(20), 64)}\n-----END CERTIFICATE-----\n";
        change.Document["createdDate"] = dialect.Time(tree.World.Now);
        change.Document["expirationDate"] = dialect.Time(tree.World.Now.AddYears(1));
    }
}
