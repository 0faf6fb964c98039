using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>Snapshots of instances. One is pending until it has been looked at a few times.</summary>
internal sealed class InstanceSnapshotOperations(LightsailState state)
{
    public const string Type = "InstanceSnapshot";
    private const int LooksUntilAvailable = 3;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateInstanceSnapshot", Create);
        operations.Add("GetInstanceSnapshot", Get);
        operations.Add("GetInstanceSnapshots", call => LightsailState.Page(call, "instanceSnapshots", state.In(call.Region).Snapshots.Values));
        operations.Add("DeleteInstanceSnapshot", Delete);
    }

    private SandboxResponse Create(Call call)
    {
        var region = state.In(call.Region);
        var instance = LightsailState.Find(region.Instances, InstanceOperations.Type, call.Json.Need("instanceName"));
        var name = call.Json.Need("instanceSnapshotName");
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') || name.Length is < 2 or > 255 || !char.IsAsciiLetterOrDigit(name[0]))
            throw LightsailState.Invalid($"The resource name is not valid: {name}");
        var snapshot = state.New(call, name, Type);
        snapshot["state"] = "pending";
        snapshot["progress"] = "0%";
        snapshot["fromAttachedDisks"] = JsonAnswer.List(region.Disks.Values.Where(disk => disk.Text("attachedTo") == instance.Need("name")));
        snapshot["fromInstanceName"] = instance.Need("name");
        snapshot["fromInstanceArn"] = instance.Need("arn");
        snapshot["fromBlueprintId"] = instance.Need("blueprintId");
        snapshot["fromBundleId"] = instance.Need("bundleId");
        snapshot["isFromAutoSnapshot"] = false;
        snapshot["sizeInGb"] = Bundle.Find(instance.Need("bundleId")).DiskGb;
        region.Snapshots.Add(name, snapshot);
        return LightsailState.Answer(state.Done(call, name, Type, "CreateInstanceSnapshot", "Started"));
    }

    private SandboxResponse Get(Call call)
    {
        var region = state.In(call.Region);
        var snapshot = LightsailState.Find(region.Snapshots, Type, call.Json.Need("instanceSnapshotName"));
        if (snapshot.Need("state") == "pending")
        {
            var name = snapshot.Need("name");
            var looks = region.Looks[name] = region.Looks.GetValueOrDefault(name) + 1;
            snapshot["progress"] = $"{Math.Min(100, looks * 100 / LooksUntilAvailable)}%";
            if (looks >= LooksUntilAvailable) Finish(region, snapshot);
        }
        return Json11Service.Reply(new JsonObject { ["instanceSnapshot"] = snapshot.DeepClone() });
    }

    private void Finish(LightsailRegion region, JsonObject snapshot)
    {
        snapshot["state"] = "available";
        var operation = region.Operations.Last(done => done.Text("resourceName") == snapshot.Need("name"));
        operation["status"] = "Succeeded";
        operation["isTerminal"] = true;
        operation["statusChangedAt"] = state.World.Now.Epoch();
    }

    private SandboxResponse Delete(Call call)
    {
        var name = LightsailState.Find(state.In(call.Region).Snapshots, Type, call.Json.Need("instanceSnapshotName")).Need("name");
        state.In(call.Region).Snapshots.Remove(name);
        state.In(call.Region).Looks.Remove(name);
        return LightsailState.Answer(state.Done(call, name, Type, "DeleteInstanceSnapshot"));
    }
}
