using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.ApplicationAutoScaling;

internal sealed partial class ScheduledActionOperations(AutoScalingState state)
{
    private const int MostPerPage = 50;
    private static readonly string[] Kept = ["Schedule", "Timezone", "StartTime", "EndTime", "ScalableTargetAction"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutScheduledAction", Put);
        operations.Add("DescribeScheduledActions", Describe);
        operations.Add("DeleteScheduledAction", Delete);
    }

    private SandboxResponse Put(Call call)
    {
        var (asked, target, name) = (call.Json, state.Registered(call, TargetId.Of(call)), call.Json.Need("ScheduledActionName"));
        if (asked.Text("Schedule") is { } schedule && !SchedulePattern().IsMatch(schedule)) throw AutoScalingState.Invalid("Schedule expression is not valid: it must be at(…), rate(…) or cron(…)");
        var action = target.Actions.GetValueOrDefault(name) ?? New(call, target.Id, name);
        foreach (var member in Kept)
            if (asked[member] is { } value) action[member] = value.DeepClone();
        if (action["Schedule"] is null) throw AutoScalingState.Invalid("Schedule must be specified for a new scheduled action");
        target.Actions[name] = action;
        return Json11Service.Done();
    }

    private SandboxResponse Describe(Call call)
    {
        var names = call.Json.Texts("ScheduledActionNames").ToHashSet(StringComparer.Ordinal);
        var actions = state.In(call.Region).Targets.Values.SelectMany(target => target.Actions, (target, action) => (target.Id, Name: action.Key, Description: action.Value))
            .Where(action => names.Count == 0 || names.Contains(action.Name));
        return AutoScalingState.Page(call, MostPerPage, "ScheduledActions", actions, action => action.Id, action => action.Name, action => action.Description,
            call.Json.Text("ResourceId") is { } resource ? [resource] : []);
    }

    private SandboxResponse Delete(Call call)
    {
        var (target, name) = (state.Registered(call, TargetId.Of(call)), call.Json.Need("ScheduledActionName"));
        return target.Actions.Remove(name) ? Json11Service.Done() : throw AutoScalingState.NotFound($"No scheduled action found for resource ID: {target.Id.Resource}, scheduled action name: {name}");
    }

    private JsonObject New(Call call, TargetId id, string name)
    {
        var action = id.Members();
        action["ScheduledActionName"] = name;
        action["ScheduledActionARN"] = $"arn:aws:autoscaling:{call.Region}:{state.World.Account}:scheduledAction:{state.World.NewGuid()}:resource/{TargetId.Namespace}/{id.Resource}:scheduledActionName/{name}";
        action["CreationTime"] = state.World.Now.Epoch();
        return action;
    }

    [GeneratedRegex(@"^(at|rate|cron)\(.+\)$")]
    private static partial Regex SchedulePattern();
}
