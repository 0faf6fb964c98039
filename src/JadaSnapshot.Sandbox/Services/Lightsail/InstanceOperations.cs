using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

internal sealed class InstanceOperations(LightsailState state)
{
    public const string Type = "Instance";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateInstances", call => Create(call, call.Json.Need("blueprintId"), Bundle.Find(call.Json.Need("bundleId"))));
        operations.Add("CreateInstancesFromSnapshot", CreateFromSnapshot);
        operations.Add("GetInstances", call => LightsailState.Page(call, "instances", state.In(call.Region).Instances.Values));
        operations.Add("GetInstance", call => Json11Service.Reply(new JsonObject { ["instance"] = LightsailState.Find(state.In(call.Region).Instances, Type, call.Json.Need("instanceName")).DeepClone() }));
        operations.Add("DeleteInstance", Delete);
        operations.Add("TagResource", Tag);
        operations.Add("UntagResource", Untag);
    }

    private SandboxResponse CreateFromSnapshot(Call call)
    {
        var name = call.Json.Text("instanceSnapshotName") ?? throw LightsailState.Invalid("The sandbox makes instances from named snapshots only.");
        var snapshot = LightsailState.Find(state.In(call.Region).Snapshots, InstanceSnapshotOperations.Type, name);
        if (snapshot.Need("state") != "available") throw LightsailState.Invalid($"The instance snapshot is not available: {name}");
        var bundle = Bundle.Find(call.Json.Need("bundleId"));
        if (bundle.DiskGb < snapshot.Number("sizeInGb")) throw LightsailState.Invalid("The bundle is smaller than the one that the snapshot was taken of.");
        var made = Create(call, snapshot.Need("fromBlueprintId"), bundle);
        foreach (var (instance, _) in call.Json.Part("attachedDiskMapping") ?? [])
            foreach (var asked in call.Json.Part("attachedDiskMapping")!.Parts(instance)) CreateDisk(call, snapshot, instance, asked);
        return made;
    }

    /// <summary>A disk that was attached when the snapshot was made, under a new name.</summary>
    private void CreateDisk(Call call, JsonObject snapshot, string instance, JsonObject asked)
    {
        var path = asked.Need("originalDiskPath");
        var source = snapshot.Parts("fromAttachedDisks").FirstOrDefault(disk => disk.Text("path") == path) ?? throw LightsailState.Invalid($"The snapshot has no disk at {path}");
        var disk = state.New(call, asked.Need("newDiskName"), "Disk", call.Json.Need("availabilityZone"));
        disk["tags"] = new JsonArray();
        foreach (var member in new[] { "sizeInGb", "isSystemDisk", "iops", "path" }) disk[member] = source[member]?.DeepClone();
        (disk["state"], disk["isAttached"], disk["attachedTo"]) = ("in-use", true, instance);
        state.In(call.Region).Disks.Add(disk.Need("name"), disk);
    }

    private SandboxResponse Create(Call call, string blueprint, Bundle bundle)
    {
        var zone = call.Json.Need("availabilityZone");
        if (!zone.StartsWith(call.Region, StringComparison.Ordinal)) throw LightsailState.Invalid($"The availability zone {zone} does not lie in {call.Region}.");
        if (!CatalogueOperations.Blueprints.TryGetValue(blueprint, out var blueprintName)) throw LightsailState.Invalid($"The blueprint does not exist: {blueprint}");
        List<string> names = [.. call.Json.Texts("instanceNames")];
        if (names.Count == 0) throw LightsailState.Invalid("At least one instance name is needed.");
        return LightsailState.Answer([.. names.Select(Make)]);

        JsonObject Make(string name)
        {
            var instance = state.New(call, name, Type, zone);
            instance["blueprintId"] = blueprint;
            instance["blueprintName"] = blueprintName;
            instance["bundleId"] = bundle.Id;
            instance["isStaticIp"] = false;
            instance["privateIpAddress"] = Address("172.26");
            instance["publicIpAddress"] = Address("198.51");
            instance["ipv6Addresses"] = new JsonArray($"2001:db8::{state.World.NewId(4, "0123456789abcdef")}");
            instance["ipAddressType"] = call.Json.Text("ipAddressType") ?? "dualstack";
            instance["hardware"] = new JsonObject
            {
                ["cpuCount"] = bundle.Processors,
                ["disks"] = new JsonArray(new JsonObject { ["createdAt"] = state.World.Now.Epoch(), ["sizeInGb"] = bundle.DiskGb, ["isSystemDisk"] = true, ["iops"] = 100, ["path"] = "/dev/xvda", ["attachedTo"] = name, ["attachmentState"] = "attached" }),
                ["ramSizeInGb"] = bundle.MemoryGb,
            };
            instance["networking"] = new JsonObject
            {
                ["monthlyTransfer"] = new JsonObject { ["gbPerMonthAllocated"] = 2048 },
                ["ports"] = new JsonArray(PortOperations.Open(22, 22, "tcp"), PortOperations.Open(80, 80, "tcp")),
            };
            instance["state"] = new JsonObject { ["code"] = 16, ["name"] = "running" };
            instance["username"] = blueprint.StartsWith("ubuntu", StringComparison.Ordinal) ? "ubuntu" : "bitnami";
            instance["sshKeyName"] = call.Json.Text("keyPairName") is { } key ? LightsailState.Find(state.In(call.Region).KeyPairs, "KeyPair", key).Need("name") : "LightsailDefaultKeyPair";
            state.In(call.Region).Instances.Add(name, instance);
            return state.Done(call, name, Type, "CreateInstance");
        }
    }

    private SandboxResponse Delete(Call call)
    {
        var name = LightsailState.Find(state.In(call.Region).Instances, Type, call.Json.Need("instanceName")).Need("name");
        state.In(call.Region).Instances.Remove(name);
        foreach (var address in state.In(call.Region).StaticIps.Values.Where(address => address.Text("attachedTo") == name)) LightsailState.Detach(address);
        foreach (var disk in state.In(call.Region).Disks.Values.Where(disk => disk.Text("attachedTo") == name)) DiskOperations.Free(disk);
        return LightsailState.Answer(state.Done(call, name, Type, "DeleteInstance"));
    }

    private SandboxResponse Tag(Call call)
    {
        var resource = Tagged(call);
        if (call.Json.List("tags") is null) throw JsonBody.MissingMember("tags");
        var tags = resource.Parts("tags").ToDictionary(tag => tag.Need("key"), tag => tag.Text("value"), StringComparer.Ordinal);
        foreach (var tag in call.Json.Parts("tags")) tags[tag.Need("key")] = tag.Text("value");
        return Tagged(call, resource, tags, "TagResource");
    }

    private SandboxResponse Untag(Call call)
    {
        var resource = Tagged(call);
        var gone = call.Json.Texts("tagKeys").ToHashSet(StringComparer.Ordinal);
        return Tagged(call, resource, resource.Parts("tags").Where(tag => !gone.Contains(tag.Need("key"))).ToDictionary(tag => tag.Need("key"), tag => tag.Text("value"), StringComparer.Ordinal), "UntagResource");
    }

    private JsonObject Tagged(Call call)
    {
        var name = call.Json.Need("resourceName");
        return state.In(call.Region).All.Select(kind => kind.GetValueOrDefault(name)).FirstOrDefault(found => found is not null)
            ?? throw new SandboxException(400, "NotFoundException", $"The resource does not exist: {name}");
    }

    private SandboxResponse Tagged(Call call, JsonObject resource, Dictionary<string, string?> tags, string operation)
    {
        resource["tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["key"] = tag.Key }.With("value", tag.Value))]);
        return LightsailState.Answer(state.Done(call, resource.Need("name"), resource.Need("resourceType"), operation));
    }

    private string Address(string network) => $"{network}.{state.World.NewId(2, "123456789")}.{state.World.NewId(2, "123456789")}";
}
