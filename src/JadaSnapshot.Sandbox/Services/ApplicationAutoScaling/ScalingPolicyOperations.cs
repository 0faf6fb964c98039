using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

internal sealed class ScalingPolicyOperations(AutoScalingState state)
{
    private const int MostPerPage = 10;
    private const string Configuration = "TargetTrackingScalingPolicyConfiguration";

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutScalingPolicy", Put);
        operations.Add("DescribeScalingPolicies", Describe);
        operations.Add("DeleteScalingPolicy", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var (asked, target, name) = (call.Json, state.Registered(call, TargetId.Of(call)), call.Json.Need("PolicyName"));
        var type = asked.Text("PolicyType") ?? "StepScaling";
        if (type != "TargetTrackingScaling") throw AutoScalingState.Invalid($"{type} is not supported for service namespace {TargetId.Namespace}");
        var configuration = asked.Part(Configuration) ?? throw AutoScalingState.Invalid($"{Configuration} must be specified for the policy type {type}");
        if (configuration["TargetValue"] is null) throw JsonBody.MissingMember("targetTrackingScalingPolicyConfiguration.targetValue");
        if (configuration.Part("PredefinedMetricSpecification") is null == configuration.Part("CustomizedMetricSpecification") is null)
            throw AutoScalingState.Invalid("Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified");

        var policy = target.Policies.GetValueOrDefault(name) ?? New(call, target.Id, name);
        policy["PolicyType"] = type;
        policy[Configuration] = configuration.DeepClone();
        target.Policies[name] = policy;
        return Json11Service.Reply(new JsonObject { ["PolicyARN"] = policy.Need("PolicyARN"), ["Alarms"] = policy["Alarms"]!.DeepClone() });
    }

    private SandboxResponse Describe(Call call)
    {
        var names = call.Json.Texts("PolicyNames").ToHashSet(StringComparer.Ordinal);
        var policies = state.In(call.Region).Targets.Values.SelectMany(target => target.Policies, (target, policy) => (target.Id, Name: policy.Key, Description: policy.Value))
            .Where(policy => names.Count == 0 || names.Contains(policy.Name));
        return AutoScalingState.Page(call, MostPerPage, "ScalingPolicies", policies, policy => policy.Id, policy => policy.Name, policy => policy.Description,
            call.Json.Text("ResourceId") is { } resource ? [resource] : []);
    }

    private SandboxResponse Delete(Call call)
    {
        var (target, name) = (state.Registered(call, TargetId.Of(call)), call.Json.Need("PolicyName"));
        return target.Policies.Remove(name)
            ? Json11Service.Done()
            : throw AutoScalingState.NotFound($"No scaling policy found for service namespace: {TargetId.Namespace}, resource ID: {target.Id.Resource}, scalable dimension: {target.Id.Dimension}, policy name: {name}");
    }

    private JsonObject New(Call call, TargetId id, string name)
    {
        var policy = id.Members();
        policy["PolicyName"] = name;
        policy["PolicyARN"] = $"arn:aws:autoscaling:{call.Region}:{state.World.Account}:scalingPolicy:{state.World.NewGuid()}:resource/{TargetId.Namespace}/{id.Resource}:policyName/{name}";
        policy["CreationTime"] = state.World.Now.Epoch();
        policy["Alarms"] = new JsonArray([.. ((string[])["AlarmHigh", "AlarmLow"]).Select(level =>
        {
            var alarm = $"TargetTracking-{id.Resource}-{level}-{state.World.NewGuid()}";
            return new JsonObject { ["AlarmName"] = alarm, ["AlarmARN"] = $"arn:aws:cloudwatch:{call.Region}:{state.World.Account}:alarm:{alarm}" };
        })]);
        return policy;
    }
}
