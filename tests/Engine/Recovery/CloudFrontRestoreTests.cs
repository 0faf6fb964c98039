using System.Xml.Linq;
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

    // A distribution without aliases is known by its domain name.
    private static string NameOf(Snapshot snapshot, string comment) => EdgeWorld.Text(
        XElement.Load(Directory.EnumerateFiles(snapshot.Path, "distribution.xml", SearchOption.AllDirectories).Single(file => File.ReadAllText(file).Contains($"<Comment>{comment}<", StringComparison.Ordinal))), "DomainName")!;
}
