using System.Xml.Linq;
using JadaSnapshot.Engine.Layers.Iam;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class CloudFrontRestoreTests : RestoreTest
{
    private static EdgeWorld World(SandboxHost host) => new(host);

    [Fact]
    public async Task Distributions_and_all_that_they_share_come_back_in_another_account()
    {
        await using var source = await EmptyAsync();
        await World(source).MakeEverythingAsync();
        var snapshot = await SnapshotAsync(source, "cloudfront");
        await using var target = await EmptyAsync(OtherAccount);
        var results = await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(15, results.Count(result => result.Step.Action == RestoreAction.Create));
        Assert.Contains(results, result => result.Step.Kind == "key-value-store" && result.Notes.Any(note => note.Contains("keys and values", StringComparison.Ordinal)));

        // What names others names those of the other account.
        var world = World(target);
        var store = Assert.Single(await world.IdsAsync("key-value-store", "KeyValueStore"));
        using var client = new Sandbox.SandboxClient(target) { Service = "cloudfront" };
        foreach (var (stage, what) in new[] { ("LIVE", "live"), ("DEVELOPMENT", "in work") })
            Assert.Equal($"// {what}\nconst store = cf.kvs('{store}');\n", System.Text.Encoding.UTF8.GetString((await client.GetAsync($"/2020-05-31/function/rewrite?Stage={stage}")).Body));
        var primary = results.Single(result => result.Step is { Kind: "distribution", Action: RestoreAction.Create } && result.Step.Name == NameOf(snapshot, "Primary")).TargetId;
        var config = (await world.SendAsync("GET", $"distribution/{primary}"))!.ToString();
        var policy = Assert.Single(await world.IdsAsync("continuous-deployment-policy", "ContinuousDeploymentPolicySummary"));
        Assert.Contains($"<ContinuousDeploymentPolicyId>{policy}<", config, StringComparison.Ordinal);
        Assert.DoesNotContain(source.Options.Account, config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_setting_of_each_that_was_changed_is_put_back_and_nothing_else()
    {
        await using var host = await EmptyAsync();
        var world = World(host);
        var (primary, _) = await world.MakeEverythingAsync();
        var snapshot = await SnapshotAsync(host, "cloudfront");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

        await world.ChangeEverythingAsync(primary);
        var plan = await PlanAsync(host, snapshot);
        Assert.All(plan.Where(step => step.Action != RestoreAction.Skip), step => Assert.Equal(RestoreAction.Update, step.Action));
        Assert.Equal(14, plan.Count(step => step.Action == RestoreAction.Update));
        Assert.Equal(["distribution.xml", "monitoring-subscription.xml", "tags.xml"], plan.Single(step => step.Changes.Any(change => change.Document == "tags.xml")).Changes.Select(change => change.Document).Distinct().Order());
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_makes_nothing_twice()
    {
        await using var source = await EmptyAsync();
        await World(source).MakeEverythingAsync();
        var snapshot = await SnapshotAsync(source, "cloudfront");
        await using var target = await EmptyAsync(OtherAccount, "service=cloudfront,operation=Create*,kind=reset,every=2");
        await RestoreWhollyAsync(target, snapshot);
        Assert.Equal(2, (await World(target).IdsAsync("distribution", "DistributionSummary")).Count);
        Assert.Single(await World(target).IdsAsync("origin-access-identity/cloudfront", "CloudFrontOriginAccessIdentitySummary"));
    }

    [Fact]
    public async Task A_version_that_moved_meanwhile_is_read_again()
    {
        await using var host = await EmptyAsync();
        var id = EdgeWorld.Text(await World(host).SendAsync("POST", "distribution", EdgeWorld.Distribution("one", "Here")), "Id")!;
        var snapshot = await SnapshotAsync(host, "cloudfront");
        await World(host).ChangeAsync("distribution", id, "Here", "There");
        host.Faults.Add(JadaSnapshot.Sandbox.Hosting.Faults.Fault.Parse("service=cloudfront,operation=UpdateDistribution,kind=error,status=412,code=PreconditionFailed,times=2"));
        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal("Here", EdgeWorld.Text(await World(host).SendAsync("GET", $"distribution/{id}"), "Comment"));
    }

    [Fact]
    public async Task A_distribution_that_the_snapshot_does_not_have_goes_only_with_Prune()
    {
        await using var host = await EmptyAsync();
        await World(host).SendAsync("POST", "distribution", EdgeWorld.Distribution("one", "Here"));
        var snapshot = await SnapshotAsync(host, "cloudfront");
        await World(host).SendAsync("POST", "distribution", EdgeWorld.Distribution("two", "There"));
        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal(2, (await World(host).IdsAsync("distribution", "DistributionSummary")).Count);
        await RestoreWhollyAsync(host, snapshot, target => target with { Prune = true });
        Assert.Single(await World(host).IdsAsync("distribution", "DistributionSummary"));
    }

    [Fact]
    public async Task What_a_missing_part_of_a_distribution_refers_to_itself_is_looked_at_before_it_is_made()
    {
        const string Logs = "<RealtimeLogConfigArn>";
        await using var host = await EmptyAsync();
        var (primary, _) = await World(host).MakeEverythingAsync();
        await CallAsync(host, IamLayer.Service, new() { Operation = "CreateRole", Parameters = [new("RoleName", "logs"), new("AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"sts:AssumeRole"}]}""")] });
        var snapshot = await SnapshotAsync(host, "cloudfront", "iam");
        var config = (await World(host).SendAsync("GET", $"distribution/{primary}/config"))!.ToString(SaveOptions.DisableFormatting);
        await World(host).ChangeAsync("distribution", primary, config[config.IndexOf(Logs, StringComparison.Ordinal)..(config.IndexOf("</RealtimeLogConfigArn>", StringComparison.Ordinal))], Logs);
        await World(host).SendAsync("POST", "delete-realtime-log-config", "<DeleteRealtimeLogConfigRequest xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Name>edge</Name></DeleteRealtimeLogConfigRequest>");

        var plan = await PlanAsync(host, snapshot, selection: new(["cloudfront"], resource => resource.Id == primary));
        Assert.Equal([(RestoreAction.Create, "realtime-log-config"), (RestoreAction.Update, "distribution")], plan.Select(step => (step.Action, step.Kind)));
    }

    [Fact]
    public async Task To_restore_one_distribution_no_other_is_read_unless_it_is_gone_and_might_be_another_or_a_secret_of_it_is_to_be_found()
    {
        await using var host = await EmptyAsync();
        var world = World(host);
        var sealing = EdgeWorld.Distribution("two", "Sealed").Replace("</DomainName><OriginPath></OriginPath>", "</DomainName><OriginPath></OriginPath><CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>x-origin-key</HeaderName><HeaderValue>tiller-0123456789abcdef</HeaderValue></OriginCustomHeader></Items></CustomHeaders>", StringComparison.Ordinal);
        string[] ids = [await MakeAsync(EdgeWorld.Distribution("one", "Plain")), await MakeAsync(sealing), await MakeAsync(sealing.Replace("two", "three", StringComparison.Ordinal))];
        var snapshot = await SnapshotAsync(host, "cloudfront");

        Assert.Equal(1, await ReadAsync(ids[0]));
        Assert.Equal(1, await ReadAsync(ids[1]));
        // Somebody has given it another secret: the one that it had is still another's.
        await world.ChangeAsync("distribution", ids[1], "tiller-0123456789abcdef", "rudder-0123456789abcdef");
        Assert.Equal(3, await ReadAsync(ids[1]));
        Assert.All(await RestoreAsync(host, snapshot, selection: new([], resource => resource.Id == ids[1])), IsDone);
        Assert.Contains("tiller-0123456789abcdef", (await world.SendAsync("GET", $"distribution/{ids[1]}"))!.ToString(), StringComparison.Ordinal);

        await world.ChangeAsync("distribution", ids[0], "<Enabled>true</Enabled><", "<Enabled>false</Enabled><");
        await world.SendAsync("DELETE", $"distribution/{ids[0]}", null, ("If-Match", await world.VersionAsync($"distribution/{ids[0]}")));
        var again = await MakeAsync(EdgeWorld.Distribution("one", "Made again"));
        var step = Assert.Single(await PlanAsync(host, snapshot, selection: new([], resource => resource.Id == ids[0])));
        Assert.Equal((RestoreAction.Update, again), (step.Action, step.TargetId));

        async Task<string> MakeAsync(string distribution) => EdgeWorld.Text(await world.SendAsync("POST", "distribution", distribution), "Id")!;

        async Task<long> ReadAsync(string id)
        {
            host.Requests.Clear();
            Assert.DoesNotContain(await PlanAsync(host, snapshot, selection: new([], resource => resource.Id == id)), step => step.Action is RestoreAction.Cannot or RestoreAction.Create);
            return host.Requests.Count("cloudfront", "GetDistribution");
        }
    }

    // A distribution without aliases is known by its domain name.
    private static string NameOf(Snapshot snapshot, string comment) => EdgeWorld.Text(
        XElement.Load(Directory.EnumerateFiles(snapshot.Path, "distribution.xml", SearchOption.AllDirectories).Single(file => File.ReadAllText(file).Contains($"<Comment>{comment}<", StringComparison.Ordinal))), "DomainName")!;
}
