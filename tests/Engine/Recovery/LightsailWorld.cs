using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes an instance with a disk, a snapshot and an address, and a domain, in a sandbox.</summary>
internal static class LightsailWorld
{
    public static async Task MakeAsync(SandboxHost host)
    {
        await SendAsync(host, "CreateInstances", """{"instanceNames":["web"],"blueprintId":"ubuntu_24_04","bundleId":"medium_3_0","availabilityZone":"us-west-2a","tags":[{"key":"owner","value":"crew"}]}""");
        await SendAsync(host, "CreateDisk", """{"diskName":"data","sizeInGb":32,"availabilityZone":"us-west-2a"}""");
        await SendAsync(host, "AttachDisk", """{"diskName":"data","instanceName":"web","diskPath":"/dev/xvdf"}""");
        await SendAsync(host, "CreateInstanceSnapshot", """{"instanceName":"web","instanceSnapshotName":"web-1"}""");
        while ((await SendAsync(host, "GetInstanceSnapshot", """{"instanceSnapshotName":"web-1"}""")).Json().Member("instanceSnapshot").Text("state") == "pending") { }
        await SendAsync(host, "AllocateStaticIp", """{"staticIpName":"ip"}""");
        await SendAsync(host, "AttachStaticIp", """{"staticIpName":"ip","instanceName":"web"}""");
        await SendAsync(host, "CreateDomain", """{"domainName":"sail.test"}""", "us-east-1");
        await SendAsync(host, "CreateDomainEntry", """{"domainName":"sail.test","domainEntry":{"name":"www.sail.test","type":"A","target":"192.0.2.1"}}""", "us-east-1");
    }

    public static async Task ChangeAsync(SandboxHost host)
    {
        await SendAsync(host, "DeleteInstance", """{"instanceName":"web"}""");
        await SendAsync(host, "CreateDomainEntry", """{"domainName":"sail.test","domainEntry":{"name":"extra.sail.test","type":"A","target":"192.0.2.2"}}""", "us-east-1");
        await SendAsync(host, "DeleteDomainEntry", """{"domainName":"sail.test","domainEntry":{"name":"www.sail.test","type":"A","target":"192.0.2.1"}}""", "us-east-1");
    }

    public static async Task AddAsync(SandboxHost host)
    {
        await SendAsync(host, "DeleteInstance", """{"instanceName":"web"}""");
        await SendAsync(host, "DeleteDisk", """{"diskName":"data"}""");
        await SendAsync(host, "CreateInstances", """{"instanceNames":["other"],"blueprintId":"ubuntu_24_04","bundleId":"medium_3_0","availabilityZone":"us-west-2a"}""");
        await SendAsync(host, "AttachStaticIp", """{"staticIpName":"ip","instanceName":"other"}""");
        await SendAsync(host, "TagResource", """{"resourceName":"sail.test","tags":[{"key":"extra","value":"1"}]}""", "us-east-1");
    }

    private static Task<WireResponse> SendAsync(SandboxHost host, string operation, string body, string? region = null) =>
        host.CallAsync(LightsailService.Service, new() { Operation = operation, Body = System.Text.Encoding.UTF8.GetBytes(body) }, region);
}
