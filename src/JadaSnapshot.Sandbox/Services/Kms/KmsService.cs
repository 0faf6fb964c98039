using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Kms;

/// <summary>KMS: symmetric keys, their aliases, and what is encrypted under them.</summary>
internal sealed class KmsService : Json11Service
{
    public KmsService(SandboxWorld world)
    {
        var state = new KmsState(world);
        new KeyOperations(state).AddTo(Operations);
        new AliasOperations(state).AddTo(Operations);
        new CryptographicOperations(state).AddTo(Operations);
    }

    public override string SigningName => "kms";

    protected override string TargetPrefix => "TrentService";
}
