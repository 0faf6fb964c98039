using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class KilledRestoreTests : RestoreTest
{
    private const int Kills = 6;

    [Fact]
    public async Task A_restore_that_is_killed_at_any_moment_is_finished_by_the_same_command_and_makes_nothing_twice()
    {
        await using var host = await SandboxHost.StartAsync(new() { Budgets = false }, Cancel);
        var snapshot = await SnapshotAsync(host, "iam", "cloudfront", "acm", "route53");
        var victim = new Victim();
        await using var empty = await EmptyAsync(options => options with { OnAnswer = (_, _, _) => victim.OnAnswer() });
        var random = new Random(20260102);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = empty.Requests.Total; var at = random.Next(100, 500);
            var killed = await victim.KillAtAsync(at, () => Victim.Start(empty, "restore", snapshot.Path), Cancel);
            Assert.True(killed, $"kill {kill} at {at}: {empty.Requests.Total - before} calls");
        }

        await RestoreAsync(empty, snapshot, asked: target => target with { KeepUnknownSecrets = true });
        // What was made twice would be one too many, which a plan that prunes would delete.
        var left = (await PlanAsync(empty, snapshot, asked: target => target with { Prune = true, KeepUnknownSecrets = true })).Where(step => step.Action != RestoreAction.Skip).ToList();

        // Edge functions are not among the layers that are restored here; what needs them waits.
        Assert.All(left, step => Assert.True(step is { Layer: "cloudfront", Kind: "distribution", Action: RestoreAction.Create } or { Layer: "route53", Part: "records" }, $"{step}: {step.Reason}"));
    }
}
