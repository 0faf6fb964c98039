using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>How instances come back from the snapshots that Lightsail keeps of them.</summary>
internal sealed class LightsailRunbook : IRunbookPart
{
    public string Layer => LightsailLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Instances;

    public void Write(RunbookSource source, RunbookPage page)
    {
        foreach (var instance in source.Of(Layer, LightsailKind.Instance)) WriteInstance(instance, source, page);
        page.Hints(source.Resources.Where(resource => resource.Layer == Layer && resource.Kind is not LightsailKind.Instance and not "instance-snapshot")
            .Select(resource => (LightsailLayer.FolderOf(resource), $"`aws lightsail create-{resource.Kind}`, where it is gone")));
    }

    private void WriteInstance(Resource instance, RunbookSource source, RunbookPage page)
    {
        var folder = LightsailLayer.FolderOf(instance);
        var described = source.Json(folder + InstanceView.Document).Member("instance");
        var made = source.Json(folder + "instance-snapshot.json").Member("instanceSnapshot").Text("name");
        var last = source.Of(Layer, "instance-snapshot").Select(snapshot => source.Json(LightsailLayer.FolderOf(snapshot) + "instance-snapshot.json"))
            .Where(snapshot => snapshot.Text("fromInstanceName") == instance.Name).MaxBy(snapshot => snapshot.Number("createdAt") ?? 0).Text("name");
        page.Heading("Instance", instance.Name, instance.Region);
        page.Restore("Restore-JadaInstance", "InstanceName", instance.Name);
        if ((made ?? last) is not { } name)
        {
            page.Add("There is no snapshot of its disk.");
            return;
        }
        if (made is null) page.Add("No snapshot of its disk was made for this one; this is the last that there was.");
        page.Shell(shell =>
        {
            shell.Add($"aws lightsail create-instances-from-snapshot --region {instance.Region} --instance-snapshot-name {name} --instance-names {instance.Name} --availability-zone {described.Member("location").Text("availabilityZone")} --bundle-id {described.Text("bundleId")}");
            shell.Add($"until [ \"$(aws lightsail get-instance-state --region {instance.Region} --instance-name {instance.Name} --query state.name --output text)\" = running ]; do sleep 10; done");
            shell.Send(
                RunbookRequest.Of(("instanceName", instance.Name), ("portInfos", new System.Text.Json.Nodes.JsonArray([.. source.Json(folder + InstanceView.Ports).Items("portStates").Select(port => port.Pick("fromPort", "toPort", "protocol", "cidrs", "ipv6Cidrs", "cidrListAliases"))]))),
                $"request aws lightsail put-instance-public-ports --region {instance.Region}");
            foreach (var address in source.Of(Layer, "static-ip").Where(address => source.Json(LightsailLayer.FolderOf(address) + "static-ip.json").Text("attachedTo") == instance.Name))
                shell.Add($"aws lightsail attach-static-ip --region {address.Region} --static-ip-name {address.Name} --instance-name {instance.Name}");
        });
    }
}
