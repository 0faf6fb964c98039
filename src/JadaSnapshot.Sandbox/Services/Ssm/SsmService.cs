using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ssm;

/// <summary>Systems Manager, as far as its parameter store goes.</summary>
internal sealed class SsmService : Json11Service
{
    public SsmService(SandboxWorld world)
    {
        var state = new ParameterState(world);
        new ParameterOperations(state).AddTo(Operations);
        new ParameterListings(state).AddTo(Operations);
        new ParameterTagOperations(state).AddTo(Operations);
    }

    public override string SigningName => "ssm";

    protected override string TargetPrefix => "AmazonSSM";
}
