using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

/// <summary>Application Auto Scaling, for the tables and indexes of DynamoDB.</summary>
internal sealed class ApplicationAutoScalingService : Json11Service
{
    public ApplicationAutoScalingService(SandboxWorld world)
    {
        var state = new AutoScalingState(world);
        new ScalableTargetOperations(state).AddTo(Operations);
        new ScalingPolicyOperations(state).AddTo(Operations);
        new ScheduledActionOperations(state).AddTo(Operations);
    }

    public override string SigningName => "application-autoscaling";

    protected override string TargetPrefix => "AnyScaleFrontendService";
}
