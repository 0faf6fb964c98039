using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>The Apps Script API (<see href="https://developers.google.com/apps-script/api/reference/rest"/>), and the token endpoint that goes with it.</summary>
internal sealed class AppsScriptService : RestService, ITokenService
{
    public const string ServiceName = "appsscript";
    public const string Projects = "/v1/projects";

    private readonly OAuthTokens _tokens;

    public AppsScriptService(SandboxWorld world)
    {
        var state = new ScriptState(world);
        _tokens = new OAuthTokens(world);
        _tokens.AddTo(Operations);
        new ProjectOperations(state).AddTo(Operations);
        new ContentOperations(state).AddTo(Operations);
        new VersionOperations(state).AddTo(Operations);
        new DeploymentOperations(state).AddTo(Operations);
    }

    public override string SigningName => ServiceName;

    public override SandboxException Throttled => GoogleErrors.Of("RATE_LIMIT_EXCEEDED");

    public bool Recognises(SandboxRequest request) => IsToken(request) || request.RawPath == Projects || request.RawPath.StartsWith(Projects + "/", StringComparison.Ordinal);

    public void Admit(SandboxRequest request)
    {
        if (!IsToken(request)) _tokens.Check(request.Headers.Authorization);
    }

    public SandboxException? RefusalOf(Fault fault) => fault.Kind switch
    {
        FaultKind.Error when GoogleErrors.IsKnown(fault.Code) => GoogleErrors.Of(fault.Code),
        FaultKind.Error => new(fault.Status, fault.Code, fault.Message),
        FaultKind.Throttle => Throttled,
        FaultKind.Busy => GoogleErrors.Of("ABORTED"),
        FaultKind.Deny => GoogleErrors.Of("PERMISSION_DENIED"),
        FaultKind.ExpireCredentials => GoogleErrors.Of("ACCESS_TOKEN_EXPIRED"),
        FaultKind.Vanish => GoogleErrors.Of("NOT_FOUND"),
        _ => null,
    };

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => IsToken(request) ? GoogleErrors.RenderOAuth(error) : GoogleErrors.Render(error);

    // A bucket may be called so as well, but nobody posts a form of this kind to one.
    private static bool IsToken(SandboxRequest request) =>
        request is { RawPath: OAuthTokens.Path, Method: "POST" } && request.Headers.ContentType.ToString().StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
