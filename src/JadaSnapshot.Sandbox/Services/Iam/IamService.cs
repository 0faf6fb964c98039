using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>IAM: roles, their policies and tags.</summary>
internal sealed class IamService : ProtocolService
{
    private readonly IamState _state;

    public IamService(SandboxWorld world)
    {
        _state = new IamState(world);
        new RoleOperations(_state).AddTo(Operations);
        new RolePolicyOperations(_state).AddTo(Operations);
        new RoleTagOperations(_state).AddTo(Operations);
        new PolicyOperations(_state).AddTo(Operations);
        new PolicyVersionOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "iam";

    public override string Identify(SandboxRequest request)
    {
        var action = Form.Parse(request).Text("Action") ?? throw new SandboxException(400, "MissingAction", "The request is missing an action.");
        return Operations.Knows(action) ? action : throw new SandboxException(400, "InvalidAction", $"Could not find operation {action} for version {IamAnswer.Version}");
    }

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => XmlAnswer.Error(request, error, IamAnswer.Namespace);

    /// <summary>Whether a role is there and its trust policy lets a service (<c>lambda.amazonaws.com</c>) assume it.</summary>
    public bool CanAssume(string roleArn, string service)
    {
        lock (Operations.Gate)
            return _state.Roles.Values.Any(role => role.Arn == roleArn && PolicyDocument.Trusts(role.TrustPolicy, service));
    }
}
