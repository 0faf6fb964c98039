using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Iam;

/// <summary>IAM: roles, their policies and tags.</summary>
internal sealed class IamService : QueryService
{
    private readonly IamState _state;

    public IamService(SandboxWorld world)
    {
        _state = new IamState(world);
        new RoleOperations(_state).AddTo(Operations);
        new ServiceLinkedRoleOperations(_state).AddTo(Operations);
        new RolePolicyOperations(_state).AddTo(Operations);
        new TagOperations(_state).AddTo(Operations);
        new PolicyOperations(_state).AddTo(Operations);
        new PolicyVersionOperations(_state).AddTo(Operations);
        new AuthorizationOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "iam";

    protected override string Version => "2010-05-08";

    protected override string Namespace => IamAnswer.Namespace;

    /// <summary>Whether a role is there, its trust policy lets a service (<c>lambda.amazonaws.com</c>) assume it, and the services know of it.</summary>
    public bool CanAssume(string roleArn, string service)
    {
        lock (Operations.Gate)
            return _state.Roles.Values.Any(role => role.Arn == roleArn && _state.World.IsSettled(role.Settled) && PolicyDocument.Trusts(role.TrustPolicy, service));
    }
}
