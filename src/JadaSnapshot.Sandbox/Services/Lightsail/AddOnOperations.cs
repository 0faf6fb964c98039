using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>What an instance or a disk does by itself: a snapshot a day.</summary>
internal sealed class AddOnOperations(LightsailState state)
{
    private const string DailySnapshot = "AutoSnapshot";

    public void AddTo(OperationTable operations)
    {
        operations.Add("EnableAddOn", Enable);
        operations.Add("DisableAddOn", Disable);
    }

    private JsonObject Find(Call call)
    {
        var (region, name) = (state.In(call.Region), call.Json.Need("resourceName"));
        return region.Instances.GetValueOrDefault(name) ?? LightsailState.Find(region.Disks, "resource", name);
    }

    private SandboxResponse Enable(Call call)
    {
        var resource = Find(call);
        var asked = call.Json.Part("addOnRequest") ?? throw JsonBody.MissingMember("addOnRequest");
        Check(asked.Need("addOnType"));
        var time = asked.Part("autoSnapshotAddOnRequest")?.Text("snapshotTimeOfDay") ?? "06:00";
        resource["addOns"] = new JsonArray(new JsonObject { ["name"] = DailySnapshot, ["status"] = "Enabled", ["snapshotTimeOfDay"] = time });
        return LightsailState.Answer(state.Done(call, resource.Need("name"), resource.Need("resourceType"), "EnableAddOn"));
    }

    private SandboxResponse Disable(Call call)
    {
        var resource = Find(call);
        Check(call.Json.Need("addOnType"));
        resource.Remove("addOns");
        return LightsailState.Answer(state.Done(call, resource.Need("name"), resource.Need("resourceType"), "DisableAddOn"));
    }

    private static void Check(string type)
    {
        if (type != DailySnapshot) throw LightsailState.Invalid($"The sandbox has no add-on {type}.");
    }
}
