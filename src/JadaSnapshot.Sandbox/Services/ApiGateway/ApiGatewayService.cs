using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.OpenApi;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGateway;

/// <summary>API Gateway, the first version: REST APIs, and what an account has beside them.</summary>
internal sealed class ApiGatewayService : RestService
{
    public const string SharedSigningName = "apigateway";

    /// <summary>Where the paths of the second version begin.</summary>
    public const string SecondVersion = "/v2/";

    private static readonly Dictionary<string, double> Rates = new(StringComparer.Ordinal)
    {
        ["GetResources"] = 2.5,
        ["CreateResource"] = 5, ["DeleteResource"] = 5, ["CreateApiKey"] = 5, ["DeleteApiKey"] = 5,
        ["PutRestApi"] = 1,
        ["CreateRestApi"] = 1 / 3.0, ["ImportRestApi"] = 1 / 3.0,
        ["CreateDeployment"] = 0.2,
        ["CreateDocumentationVersion"] = 0.05, ["CreateUsagePlan"] = 0.05, ["UpdateUsagePlan"] = 0.05, ["UpdateAccount"] = 0.05,
        ["CreateDomainName"] = 1 / 30.0, ["DeleteDomainName"] = 1 / 30.0, ["UpdateDomainName"] = 1 / 30.0, ["DeleteRestApi"] = 1 / 30.0,
    };

    public ApiGatewayService(SandboxWorld world)
    {
        Tree = new ApiTree(world);
        var dialect = new RestDialect();
        Domains = new DomainKinds(Tree, dialect);
        var deployments = new DeploymentKinds(Tree, dialect);
        ApiKind[] kinds = [.. new RestApiKinds(Tree, dialect).All, deployments.Deployment, deployments.Stage, .. new AccountKinds(Tree, dialect).All, .. Domains.All];
        foreach (var kind in kinds) new ApiKindOperations(Tree, dialect, kind).AddTo(Operations);
        new ResourceOperations(Tree, dialect).AddTo(Operations);
        new MethodOperations(Tree, dialect).AddTo(Operations);
        new GatewayResponseOperations(Tree, dialect).AddTo(Operations);
        new AccountOperations(Tree, dialect).AddTo(Operations);
        new RestImportOperations(Tree, dialect).AddTo(Operations);
    }

    public ApiTree Tree { get; }

    public DomainKinds Domains { get; }

    public override string SigningName => SharedSigningName;

    public override SandboxException Throttled => ApiErrors.Throttled();

    public override bool Answers(SandboxRequest request) => !request.RawPath.StartsWith(SecondVersion, StringComparison.Ordinal);

    /// <summary>Of API Gateway, methods are allowed on paths, not operations.</summary>
    /// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html</remarks>
    public override IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) =>
        [new($"{SigningName}:{request.Method}", $"arn:aws:apigateway:{request.Region}::{RequestTarget.Decode(request.RawPath)}")];

    public override double? RequestsPerSecond(string operation) => Rates.TryGetValue(operation, out var rate) ? rate : 10;

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => ApiErrors.Render(error);
}
