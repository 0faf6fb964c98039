using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class LightsailRestoreTests : RestoreTest
{
    [Fact]
    public async Task An_instance_is_made_anew_from_its_snapshot_with_disk_ports_and_address()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "lightsail");
        var before = await InstanceAsync(host);
        await LightsailAsync(host, "DeleteInstance", ("instanceName", "jada-web"));
        await LightsailAsync(host, "DeleteDisk", ("diskName", "jada-web-data"));

        var notes = (await RestoreWhollyAsync(host, snapshot)).SelectMany(result => result.Notes).ToList();
        var after = await InstanceAsync(host);
        Assert.Contains(notes, note => note.Contains("jada-web was made from jada-web-2025-11-02", StringComparison.Ordinal));
        Assert.NotEqual(before.Text("arn"), after.Text("arn"));
        Assert.Equal(before.Text("publicIpAddress"), after.Text("publicIpAddress"));
        Assert.Equal("jada-web", (await LightsailAsync(host, "GetDisk", ("diskName", "jada-web-data"))).Json().Member("disk").Text("attachedTo"));
    }

    [Fact]
    public async Task A_disk_that_is_still_there_is_attached_again_and_not_made_of_what_it_was()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "lightsail");
        var before = (await LightsailAsync(host, "GetDisk", ("diskName", "jada-web-data"))).Json().Member("disk").Text("arn");
        await LightsailAsync(host, "DeleteInstance", ("instanceName", "jada-web"));

        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal(before, (await LightsailAsync(host, "GetDisk", ("diskName", "jada-web-data"))).Json().Member("disk").Text("arn"));
    }

    [Fact]
    public async Task Ports_and_tags_are_put_back_and_what_an_instance_is_made_of_is_not()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "lightsail");
        await CallAsync(host, LightsailService.Service, JsonRequest.Of("OpenInstancePublicPorts", json =>
        {
            json.WriteString("instanceName", "jada-web");
            json.WriteStartObject("portInfo");
            json.WriteNumber("fromPort", 3306);
            json.WriteNumber("toPort", 3306);
            json.WriteString("protocol", "tcp");
            json.WriteEndObject();
        }));
        Assert.Equal(["port-states.json"], (await PlanAsync(host, snapshot)).SelectMany(step => step.Changes).Select(change => change.Document).Distinct());
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task Elsewhere_each_thing_says_why_it_cannot_come_back()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        await using var target = await EmptyAsync(OtherAccount);
        var plan = await PlanAsync(target, await SnapshotAsync(host, "lightsail"));
        Assert.Equal(["disk", "instance", "instance-snapshot", "key-pair", "static-ip"], plan.Where(step => step.Action == RestoreAction.Cannot).Select(step => step.Kind).Order(StringComparer.Ordinal));
        Assert.All(plan, step => Assert.True(step.Reason.Length > 20, step.Reason));
    }

    private static async Task<System.Text.Json.JsonElement> InstanceAsync(SandboxHost host) => (await LightsailAsync(host, "GetInstance", ("instanceName", "jada-web"))).Json().Member("instance");

    private static Task<WireResponse> LightsailAsync(SandboxHost host, string operation, params (string, string?)[] members) => CallAsync(host, LightsailService.Service, JsonRequest.Of(operation, members));
}
