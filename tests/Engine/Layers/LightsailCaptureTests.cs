using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class LightsailCaptureTests
{
    private const string Root = "aws-configs/lightsail/us-west-2/";
    private const string Instance = Root + "instances/jada-web/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_of_an_instance_is_what_the_service_sent()
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail");
        var lightsail = estate.Connection.Wire(LightsailService.Service, EstateNames.West);

        Assert.Empty(estate.Problems);
        Assert.Equal(["instance.json", "port-states.json"], estate.FilesIn(Instance));
        await estate.AssertVerbatimAsync(Instance + "instance.json", lightsail, JsonRequest.Of("GetInstance", ("instanceName", "jada-web")));
        await estate.AssertVerbatimAsync(Instance + "port-states.json", lightsail, JsonRequest.Of("GetInstancePortStates", ("instanceName", "jada-web")));
        Assert.Equal(0, estate.Host.Requests.Count("lightsail", "CreateInstanceSnapshot"));
    }

    [Theory]
    [InlineData("GetStaticIps", "staticIps", "static-ips/jada-web-ip/static-ip.json")]
    [InlineData("GetDisks", "disks", "disks/jada-web-data/disk.json")]
    [InlineData("GetKeyPairs", "keyPairs", "key-pairs/jada-crew/key-pair.json")]
    [InlineData("GetInstanceSnapshots", "instanceSnapshots", "instance-snapshots/jada-web-2025-11-02/instance-snapshot.json")]
    public async Task What_only_a_listing_describes_is_kept_as_it_stood_there(string operation, string list, string path)
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail");
        var item = (await estate.Connection.Wire(LightsailService.Service, EstateNames.West).SendAsync(JsonRequest.Of(operation), Cancel)).Json().Items(list).Single();

        Assert.Equal(item.GetRawText(), Encoding.UTF8.GetString(estate.Read(Root + path)));
    }

    [Fact]
    public async Task Domains_are_asked_for_where_Lightsail_keeps_them()
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail");

        Assert.Equal(["us-east-1"], estate.Host.Requests.Entries.Where(entry => entry.Operation == "GetDomains").Select(entry => entry.Region));
    }

    [Fact]
    public async Task A_listing_that_is_denied_is_named_and_the_others_go_on()
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail", "service=lightsail,operation=GetDisks,kind=error,status=400,code=AccessDeniedException,message=no");

        Assert.Equal([("GetDisks", "us-east-1"), ("GetDisks", "us-west-2")], estate.Problems.Select(problem => (problem.Operation, problem.Resource)).Order());
        Assert.True(estate.Has(Instance + "instance.json"));
        Assert.True(estate.Has(Root + "static-ips/jada-web-ip/static-ip.json"));
    }

    [Fact]
    public async Task On_request_a_snapshot_of_each_instance_is_made_and_kept_as_it_came_out()
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail", order => order with { IncludeInstanceSnapshot = true });

        Assert.Empty(estate.Problems);
        Assert.Equal(["instanceSnapshots"], estate.Snapshot.Includes);
        var made = JsonElement.Parse(estate.Read(Instance + "instance-snapshot.json")).Member("instanceSnapshot");
        Assert.Equal("available", made.Text("state"));
        Assert.Matches("^jada-web-[0-9]{8}-[0-9]{6}$", made.Text("name"));
        await estate.AssertVerbatimAsync(Instance + "instance-snapshot.json", estate.Connection.Wire(LightsailService.Service, EstateNames.West), JsonRequest.Of("GetInstanceSnapshot", ("instanceSnapshotName", made.Text("name"))));
    }

    [Fact]
    public async Task An_instance_snapshot_that_takes_too_long_is_a_problem_and_the_rest_is_captured()
    {
        await using var estate = await CapturedEstate.TakeAsync("lightsail", order => order with { IncludeInstanceSnapshot = true, InstanceSnapshotPatience = TimeSpan.FromTicks(1) });

        var problem = Assert.Single(estate.Problems);
        Assert.Equal(("TimedOut", "jada-web"), (problem.ErrorCode, problem.Resource));
        Assert.Equal("pending", JsonElement.Parse(estate.Read(Instance + "instance-snapshot.json")).Member("instanceSnapshot").Text("state"));
        Assert.True(estate.Has(Instance + "port-states.json"));
    }

    [Fact]
    public void The_name_of_a_snapshot_fits_whatever_the_instance_is_called()
    {
        var moment = new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.FromHours(2));

        Assert.Equal("jada-web-20260301-103456", InstanceSnapshotMaker.NameFor("jada-web", moment));
        Assert.Equal(255, InstanceSnapshotMaker.NameFor(new('x', 255), moment).Length);
    }
}
