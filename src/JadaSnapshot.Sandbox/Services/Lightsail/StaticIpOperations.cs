using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

internal sealed class StaticIpOperations(LightsailState state)
{
    private const string Type = "StaticIp";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetStaticIps", call => LightsailState.Page(call, "staticIps", state.In(call.Region).StaticIps.Values));
        operations.Add("AllocateStaticIp", Allocate);
        operations.Add("GetStaticIp", call => LightsailState.One("staticIp", LightsailState.Find(state.In(call.Region).StaticIps, Type, call.Json.Need("staticIpName"))));
        operations.Add("AttachStaticIp", Attach);
        operations.Add("DetachStaticIp", Detach);
        operations.Add("ReleaseStaticIp", Release);
    }

    private SandboxResponse Allocate(Call call)
    {
        var name = call.Json.Need("staticIpName");
        var address = state.New(call, name, Type);
        address.Remove("tags");
        address["ipAddress"] = $"203.0.113.{state.World.NewId(2, "123456789")}";
        address["isAttached"] = false;
        state.In(call.Region).StaticIps.Add(name, address);
        return LightsailState.Answer(state.Done(call, name, Type, "AllocateStaticIp"));
    }

    private SandboxResponse Attach(Call call)
    {
        var region = state.In(call.Region);
        var address = LightsailState.Find(region.StaticIps, Type, call.Json.Need("staticIpName"));
        var instance = LightsailState.Find(region.Instances, InstanceOperations.Type, call.Json.Need("instanceName"));
        if (address.Flag("isAttached") == true) throw LightsailState.Invalid($"The static IP is already attached: {address.Need("name")}");
        address["attachedTo"] = instance.Need("name");
        address["isAttached"] = true;
        instance["isStaticIp"] = true;
        instance["publicIpAddress"] = address.Need("ipAddress");
        return LightsailState.Answer(state.Done(call, address.Need("name"), Type, "AttachStaticIp"));
    }

    private SandboxResponse Detach(Call call)
    {
        var region = state.In(call.Region);
        var address = LightsailState.Find(region.StaticIps, Type, call.Json.Need("staticIpName"));
        if (address.Text("attachedTo") is not { } user) throw LightsailState.Invalid($"The static IP is not attached: {address.Need("name")}");
        var instance = region.Instances[user];
        instance["isStaticIp"] = false;
        instance["publicIpAddress"] = $"198.51.100.{state.World.NewId(2, "123456789")}";
        LightsailState.Detach(address);
        return LightsailState.Answer(state.Done(call, address.Need("name"), Type, "DetachStaticIp"));
    }

    private SandboxResponse Release(Call call)
    {
        var addresses = state.In(call.Region).StaticIps;
        var address = LightsailState.Find(addresses, Type, call.Json.Need("staticIpName"));
        if (address.Flag("isAttached") == true) throw LightsailState.Invalid($"The static IP is attached, and must be detached first: {address.Need("name")}");
        addresses.Remove(address.Need("name"));
        return LightsailState.Answer(state.Done(call, address.Need("name"), Type, "ReleaseStaticIp"));
    }
}
