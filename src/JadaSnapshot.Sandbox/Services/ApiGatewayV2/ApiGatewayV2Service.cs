using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>API Gateway, the second version: HTTP and WebSocket APIs. It shares signing name, host and domain names with the first.</summary>
internal sealed class ApiGatewayV2Service : RestService
{
    private readonly ApiGatewayService _first;

    public ApiGatewayV2Service(SandboxWorld world)
    {
        _first = world.Get<ApiGatewayService>();
        Tree = new ApiTree(world, "v2/");
        var dialect = new HttpDialect();
        var stages = new HttpStageKinds(Tree, dialect);
        ApiKind[] kinds = [.. new HttpApiKinds(Tree, dialect, stages).All, stages.Deployment, stages.Stage];
        foreach (var kind in kinds) new ApiKindOperations(Tree, dialect, kind).AddTo(Operations);
        new HttpDomainOperations(_first, Tree, dialect).AddTo(Operations);
        new HttpTagOperations(_first, Tree).AddTo(Operations);
        new HttpSettingOperations(Tree).AddTo(Operations);
        new HttpImportOperations(Tree, new HttpApiKinds(Tree, dialect, stages), stages).AddTo(Operations);
    }

    public ApiTree Tree { get; }

    public override string SigningName => ApiGatewayService.SharedSigningName;

    public override string Name => "apigatewayv2";

    public override SandboxException Throttled => ApiErrors.Throttled();

    public override bool Answers(SandboxRequest request) => !_first.Answers(request);

    public override IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => _first.NeedsOf(request);

    public override double? RequestsPerSecond(string operation) => _first.RequestsPerSecond(operation);

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => ApiErrors.Render(error);
}
