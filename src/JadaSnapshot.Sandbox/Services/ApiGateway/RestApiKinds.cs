using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>A REST API, and what it is made of beside resources, deployments and stages.</summary>
internal sealed class RestApiKinds(ApiTree tree, RestDialect dialect)
{
    public const string Api = "/restapis/{restapi_id}";

    /// <summary>The collections that make up the definition of an API, which a deployment freezes and an import replaces.</summary>
    public static readonly string[] Definition = ["resources", "models", "requestvalidators", "authorizers", "gatewayresponses"];

    private static readonly HashSet<string> AuthorizerTypes = ["TOKEN", "REQUEST", "COGNITO_USER_POOLS"];

    public IEnumerable<ApiKind> All =>
    [
        new("RestApi", "RestApis", "/restapis", "restapi_id")
        {
            Words = "API", IdLength = 10, Required = ["name"], Complete = CompleteApi, Check = change => EscapePolicy(change.Document), Created = FurnishApi, Deleting = KeepMapped,
        },
        new("Model", "Models", Api + "/models", "model_name")
        {
            Words = "Model Name", IdLength = 0, NameMember = "name", Required = ["name", "contentType"], Complete = change => change.Document["id"] = tree.NewId(6), Deleting = KeepUsedModel,
        },
        new("RequestValidator", "RequestValidators", Api + "/requestvalidators", "requestvalidator_id")
        {
            Words = "Request Validator",
            Complete = change => _ = (change.Document["validateRequestBody"] ??= false, change.Document["validateRequestParameters"] ??= false),
        },
        new("Authorizer", "Authorizers", Api + "/authorizers", "authorizer_id")
        {
            Words = "Authorizer", Required = ["name", "type"], Check = CheckAuthorizer, Deleting = KeepUsedAuthorizer,
        },
        new("DocumentationPart", "DocumentationParts", Api + "/documentation/parts", "part_id") { Words = "Documentation part", Required = ["location", "properties"] },
        new("DocumentationVersion", "DocumentationVersions", Api + "/documentation/versions", "doc_version")
        {
            Words = "Documentation version", IdLength = 0, IdMember = "version", NameMember = "version", Required = ["documentationVersion"], Complete = CompleteVersion,
        },
    ];

    private void CompleteApi(ApiChange change)
    {
        var document = change.Document;
        document["createdDate"] = dialect.Time(tree.World.Now);
        document["apiKeySource"] ??= "HEADER";
        document["endpointConfiguration"] ??= new JsonObject { ["types"] = new JsonArray("EDGE"), ["ipAddressType"] = "ipv4" };
        document["disableExecuteApiEndpoint"] ??= false;
        document["rootResourceId"] = tree.NewId(9);
    }

    /// <summary>The service hands a policy out as the inside of a JSON string: its quotes are escaped once more.</summary>
    private static void EscapePolicy(JsonObject document)
    {
        if (document.Text("policy") is { } policy && !policy.StartsWith("{\\", StringComparison.Ordinal))
            document["policy"] = policy.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    private void FurnishApi(ApiChange change)
    {
        var root = change.Document.Need("rootResourceId");
        change.Node.Below("resources").Add(root, new ApiNode(new JsonObject { ["id"] = root, ["path"] = "/" }));
        AddModel("Empty", "This is a default empty schema model", """{"$schema":"http://json-schema.org/draft-04/schema#","title":"Empty Schema","type":"object"}""");
        AddModel("Error", "This is a default error schema model", """{"$schema":"http://json-schema.org/draft-04/schema#","title":"Error Schema","type":"object","properties":{"message":{"type":"string"}}}""");

        void AddModel(string name, string description, string schema) => change.Node.Below("models").Add(name, new ApiNode(new()
        {
            ["id"] = tree.NewId(6), ["name"] = name, ["description"] = description, ["schema"] = schema, ["contentType"] = "application/json",
        }));
    }

    private static void KeepMapped(ApiChange change)
    {
        var id = change.Document.Need("id");
        foreach (var (name, domain) in change.Parent.Below("domainnames"))
            if (domain.Below("basepathmappings").Values.Any(mapping => mapping.Document.Text("restApiId") == id))
                throw ApiErrors.Bad($"Active base path mappings of {name} point to this API; delete them first");
    }

    private static void CheckAuthorizer(ApiChange change)
    {
        var type = change.Document.Text("type") ?? "";
        if (!AuthorizerTypes.Contains(type)) throw ApiErrors.Bad(Constraint.NotInSet(type, "type", AuthorizerTypes));
        if (type == "COGNITO_USER_POOLS")
        {
            if (change.Document.Texts("providerARNs").Any(arn => !arn.StartsWith("arn:aws:cognito-idp:", StringComparison.Ordinal)) || change.Document.List("providerARNs") is null or [])
                throw ApiErrors.Bad("Invalid Cognito User Pool ARN specified");
            return;
        }
        if (!LambdaUri.Is(change.Document.Text("authorizerUri"))) throw ApiErrors.Bad("Invalid Authorizer URI specified. The authorizer should have a valid Lambda function ARN.");
        if (type == "TOKEN" && change.Document.Text("identitySource") is null) throw ApiErrors.Bad("Identity source is required for a TOKEN authorizer");
    }

    private static void KeepUsedModel(ApiChange change)
    {
        var name = change.Document.Need("name");
        foreach (var (path, verb, method) in Methods.Of(change.Parent))
            if (Mentions(method.Part("requestModels"), name) || (method.Part("methodResponses") ?? []).Any(response => Mentions((response.Value as JsonObject)?.Part("responseModels"), name)))
                throw ApiErrors.Conflict($"Cannot delete model '{name}', is referenced in method: {path} {verb}");

        static bool Mentions(JsonObject? models, string name) => models?.Any(model => model.Value is JsonValue value && value.ToString() == name) == true;
    }

    private static void KeepUsedAuthorizer(ApiChange change)
    {
        var id = change.Document.Need("id");
        foreach (var (path, verb, method) in Methods.Of(change.Parent))
            if (method.Text("authorizerId") == id) throw ApiErrors.Conflict($"Cannot delete authorizer '{id}', is referenced in method: {path} {verb}");
    }

    private void CompleteVersion(ApiChange change)
    {
        change.Document["version"] = change.Document.Need("documentationVersion");
        change.Document.Remove("documentationVersion");
        change.Document.Remove("stageName");
        change.Document["createdDate"] = dialect.Time(tree.World.Now);
    }
}
