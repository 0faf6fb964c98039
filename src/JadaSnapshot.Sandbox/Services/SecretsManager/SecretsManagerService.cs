using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.SecretsManager;

/// <summary>Secrets Manager: secrets, their current value, tags and rotation.</summary>
internal sealed class SecretsManagerService : Json11Service
{
    public SecretsManagerService(SandboxWorld world)
    {
        var state = new SecretsManagerState(world);
        new SecretOperations(state).AddTo(Operations);
        new SecretPolicyOperations(state).AddTo(Operations);
        new RotationOperations(state).AddTo(Operations);
        new SecretListing(state).AddTo(Operations);
    }

    public override string SigningName => "secretsmanager";

    protected override string TargetPrefix => "secretsmanager";
}
