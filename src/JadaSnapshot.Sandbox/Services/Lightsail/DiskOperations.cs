using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

internal sealed class DiskOperations(LightsailState state)
{
    private const string Type = "Disk";
    private const int SmallestGb = 8;

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetDisks", call => LightsailState.Page(call, "disks", state.In(call.Region).Disks.Values));
        operations.Add("CreateDisk", Create);
        operations.Add("GetDisk", call => LightsailState.One("disk", Find(call)));
        operations.Add("AttachDisk", Attach);
        operations.Add("DetachDisk", Detach);
        operations.Add("DeleteDisk", Delete);
    }

    /// <summary>Takes a disk off its instance.</summary>
    public static void Free(JsonObject disk)
    {
        LightsailState.Detach(disk);
        disk.Remove("path");
        disk["state"] = "available";
    }

    private JsonObject Find(Call call) => LightsailState.Find(state.In(call.Region).Disks, Type, call.Json.Need("diskName"));

    private SandboxResponse Create(Call call)
    {
        var (name, size) = (call.Json.Need("diskName"), call.Json.Number("sizeInGb") ?? throw JsonBody.MissingMember("sizeInGb"));
        if (size < SmallestGb) throw LightsailState.Invalid($"A disk has at least {SmallestGb} GB.");
        var disk = state.New(call, name, Type, call.Json.Need("availabilityZone"));
        disk["sizeInGb"] = size;
        disk["isSystemDisk"] = false;
        disk["iops"] = 100;
        disk["state"] = "available";
        disk["isAttached"] = false;
        state.In(call.Region).Disks.Add(name, disk);
        return LightsailState.Answer(state.Done(call, name, Type, "CreateDisk"));
    }

    private SandboxResponse Attach(Call call)
    {
        var region = state.In(call.Region);
        var disk = Find(call);
        var instance = LightsailState.Find(region.Instances, InstanceOperations.Type, call.Json.Need("instanceName"));
        if (disk.Flag("isAttached") == true) throw LightsailState.Invalid($"The disk is already attached: {disk.Need("name")}");
        disk["path"] = call.Json.Need("diskPath");
        disk["attachedTo"] = instance.Need("name");
        disk["isAttached"] = true;
        disk["state"] = "in-use";
        return LightsailState.Answer(state.Done(call, disk.Need("name"), Type, "AttachDisk"));
    }

    private SandboxResponse Detach(Call call)
    {
        var disk = Find(call);
        if (disk.Flag("isAttached") != true) throw LightsailState.Invalid($"The disk is not attached: {disk.Need("name")}");
        Free(disk);
        return LightsailState.Answer(state.Done(call, disk.Need("name"), Type, "DetachDisk"));
    }

    private SandboxResponse Delete(Call call)
    {
        var disk = Find(call);
        if (disk.Flag("isAttached") == true) throw LightsailState.Invalid($"The disk is attached, and must be detached first: {disk.Need("name")}");
        state.In(call.Region).Disks.Remove(disk.Need("name"));
        return LightsailState.Answer(state.Done(call, disk.Need("name"), Type, "DeleteDisk"));
    }
}
