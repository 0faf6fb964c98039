using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Instances as typed objects.</summary>
public sealed class InstanceView : ResourceView<LightsailInstance>
{
    internal const string Document = "instance.json";
    internal const string Ports = "port-states.json";
    internal const string Snapshot = "instance-snapshot.json";

    /// <inheritdoc/>
    public override string Layer => LightsailLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => LightsailKind.Instance;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => LightsailLayer.FolderOf(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => document is Document or Ports;

    /// <inheritdoc/>
    public override LightsailInstance View(Resource resource, ResourceDocuments documents)
    {
        var instance = documents.Json(Document).Member("instance");
        var hardware = instance.Member("hardware");
        return new()
        {
            InstanceName = instance.Text("name") ?? resource.Name,
            InstanceArn = instance.Text("arn") ?? resource.Arn,
            Region = resource.Region,
            AvailabilityZone = instance.Member("location").Text("availabilityZone"),
            State = instance.Member("state").Text("name"),
            BlueprintId = instance.Text("blueprintId"),
            BundleId = instance.Text("bundleId"),
            PublicIpAddress = instance.Text("publicIpAddress"),
            IsStaticIp = instance.Flag("isStaticIp") ?? false,
            PrivateIpAddress = instance.Text("privateIpAddress"),
            CpuCount = (int)(hardware.Number("cpuCount") ?? 0),
            RamSizeInGb = hardware.Member("ramSizeInGb") is { ValueKind: JsonValueKind.Number } memory ? memory.GetDouble() : 0,
            DiskSizeInGb = hardware.Items("disks").Sum(disk => disk.Number("sizeInGb") ?? 0),
            OpenPorts = [.. documents.Json(Ports).Items("portStates").Where(port => port.Text("state") == "open").Select(Port)],
            KeyPairName = instance.Text("sshKeyName"),
            UserName = instance.Text("username"),
            CreatedAt = instance.Moment("createdAt"),
            Tags = instance.Items("tags").Where(tag => tag.Text("key") is not null).ToDictionary(tag => tag.Text("key")!, tag => tag.Text("value") ?? "", StringComparer.Ordinal),
        };
    }

    private static string Port(JsonElement port)
    {
        var (from, to) = (port.Number("fromPort"), port.Number("toPort"));
        var sources = port.Items("cidrs").Concat(port.Items("ipv6Cidrs")).Concat(port.Items("cidrListAliases")).Select(source => source.ToString());
        return $"{(from == to ? $"{from}" : $"{from}-{to}")}/{port.Text("protocol")} from {string.Join(", ", sources)}";
    }
}
