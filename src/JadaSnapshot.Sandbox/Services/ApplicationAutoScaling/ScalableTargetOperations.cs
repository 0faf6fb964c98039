using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

internal sealed class ScalableTargetOperations(AutoScalingState state)
{
    private const int MostPerPage = 50;

    public void AddTo(OperationTable operations)
    {
        operations.Add("RegisterScalableTarget", Register);
        operations.Add("DescribeScalableTargets", Describe);
        operations.Add("DeregisterScalableTarget", Deregister);
    }

    private SandboxResponse Register(Call call)
    {
        var (asked, id) = (call.Json, TargetId.Of(call));
        id.CheckExists(state.World, call.Region);
        var targets = state.In(call.Region).Targets;
        var known = targets.GetValueOrDefault(id.Key)?.Description;
        var least = asked.Number("MinCapacity") ?? known?.Number("MinCapacity") ?? throw AutoScalingState.Invalid("MinCapacity must be specified when registering a new scalable target");
        var most = asked.Number("MaxCapacity") ?? known?.Number("MaxCapacity") ?? throw AutoScalingState.Invalid("MaxCapacity must be specified when registering a new scalable target");
        if (least < 1 || least > most) throw AutoScalingState.Invalid("Minimum capacity must be at least 1 and less than or equal to maximum capacity");
        var description = known ?? id.Members();
        description["MinCapacity"] = least;
        description["MaxCapacity"] = most;
        description["RoleARN"] = $"arn:aws:iam::{state.World.Account}:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable";
        if (known is null)
        {
            description["CreationTime"] = state.World.Now.Epoch();
            description["ScalableTargetARN"] = $"arn:aws:application-autoscaling:{call.Region}:{state.World.Account}:scalable-target/{state.World.NewId(42, "abcdef0123456789")}";
        }
        description["SuspendedState"] = Suspended(asked.Part("SuspendedState"), description.Part("SuspendedState"));
        if (known is null) targets.Add(id.Key, new() { Id = id, Description = description });
        return Json11Service.Reply(new JsonObject { ["ScalableTargetARN"] = description.Need("ScalableTargetARN") });
    }

    private SandboxResponse Describe(Call call) => AutoScalingState.Page(call, MostPerPage, "ScalableTargets",
        state.In(call.Region).Targets.Values, target => target.Id, _ => "", target => target.Description, [.. call.Json.Texts("ResourceIds")]);

    private SandboxResponse Deregister(Call call)
    {
        state.In(call.Region).Targets.Remove(state.Registered(call, TargetId.Of(call)).Id.Key);
        return Json11Service.Done();
    }

    private static JsonObject Suspended(JsonObject? asked, JsonObject? known)
    {
        var suspended = new JsonObject();
        foreach (var member in (string[])["DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"])
            suspended[member] = asked?.Flag(member) ?? known?.Flag(member) ?? false;
        return suspended;
    }
}
