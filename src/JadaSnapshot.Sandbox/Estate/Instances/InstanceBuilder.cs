using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Instances;

/// <summary>Makes the one instance, with its address, ports, disk and an old snapshot.</summary>
internal static class InstanceBuilder
{
    private const string Zone = EstateNames.West + "a";
    private const string Blueprint = "ubuntu_24_04";

    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(620);
        await CallAsync("ImportKeyPair", new() { ["keyPairName"] = "jada-crew", ["publicKeyBase64"] = "c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5URTVBQUFBSQ==" });
        await CallAsync("CreateInstances", new()
        {
            ["instanceNames"] = new JsonArray(EstateNames.Instance),
            ["availabilityZone"] = Zone,
            ["blueprintId"] = Blueprint,
            ["bundleId"] = "medium_3_0",
            ["keyPairName"] = "jada-crew",
            ["tags"] = new JsonArray(new JsonObject { ["key"] = "owner", ["value"] = "crew" }),
        });
        await CallAsync("AllocateStaticIp", new() { ["staticIpName"] = "jada-web-ip" });
        await CallAsync("AttachStaticIp", new() { ["staticIpName"] = "jada-web-ip", ["instanceName"] = EstateNames.Instance });
        await CallAsync("PutInstancePublicPorts", new() { ["instanceName"] = EstateNames.Instance, ["portInfos"] = new JsonArray(Port(22, "198.51.100.0/24"), Port(80), Port(443)) });
        await CallAsync("CreateDisk", new() { ["diskName"] = "jada-web-data", ["availabilityZone"] = Zone, ["sizeInGb"] = 32 });
        await CallAsync("AttachDisk", new() { ["diskName"] = "jada-web-data", ["instanceName"] = EstateNames.Instance, ["diskPath"] = "/dev/xvdf" });

        script.Clock.Set(119);
        await CallAsync("CreateInstanceSnapshot", new() { ["instanceName"] = EstateNames.Instance, ["instanceSnapshotName"] = EstateNames.InstanceSnapshot });
        while ((await CallAsync("GetInstanceSnapshot", new() { ["instanceSnapshotName"] = EstateNames.InstanceSnapshot }))["instanceSnapshot"]!["state"]!.GetValue<string>() == "pending")
            script.Clock.Pass(TimeSpan.FromMinutes(5));

        Task<JsonObject> CallAsync(string operation, JsonObject body) => script.RpcAsync("lightsail", $"Lightsail_20161128.{operation}", EstateNames.West, body);
    }

    private static JsonObject Port(int number, string from = "0.0.0.0/0") =>
        new() { ["fromPort"] = number, ["toPort"] = number, ["protocol"] = "tcp", ["cidrs"] = new JsonArray(from) };
}
