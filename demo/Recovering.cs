using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Sandbox.Hosting;
using Spectre.Console;

namespace JadaSnapshot.Demo;

/// <summary>A disaster, the plan that it takes, the restore, and the comparison that shows that nothing is left of it.</summary>
internal static class Recovering
{
    private static readonly string[] Buckets = ["sailjada.com", "queenofsandiego.com", "salejada.com"];

    /// <summary>Does it; says whether nothing differs in the end.</summary>
    public static async Task<bool> ShowAsync(SandboxHost sandbox, AwsConnection connection, Snapshot snapshot, LayerOptions options, Action<string> say, CancellationToken cancel)
    {
        var disaster = new Disaster(sandbox, cancel);
        var resources = (await new EstateInventory(connection, options).ListAsync(["lambda", "cloudfront", "appsscript"], _ => { }, cancel).ToListAsync(cancel)).ToLookup(resource => resource.Kind);
        foreach (var bucket in Buckets) say($"  bucket {bucket} is emptied ({await disaster.EmptyAsync(bucket):n0} objects)");
        say($"  the zone sailjada.com loses its records ({await disaster.ForgetAsync("sailjada.com"):n0})");
        foreach (var function in resources["function"].Where(function => function.Region == "us-west-2").Take(3))
        {
            await disaster.OverwriteAsync(function.Name);
            say($"  function {function.Name} is overwritten");
        }
        var distribution = resources["distribution"].First(each => each.Name == "sailjada.com");
        await disaster.MisleadAsync(distribution.Id);
        say($"  distribution {distribution.Id} reads from elsewhere");
        var project = resources["script-project"].First();
        await disaster.ClearAsync(project.Id);
        say($"  script project {project.Name} is cleared");

        using var files = SnapshotFiles.OnDisk(snapshot);
        using var run = await RestoreRun.OpenAsync(files, new() { Connection = connection, Endpoint = sandbox.Endpoint, Options = options }, RestoreSelection.All, problem => say($"[yellow]{Markup.Escape(problem.ToString())}[/]"), cancel);
        var steps = await run.PlanAsync(_ => { }, cancel);
        var todo = steps.Where(step => step.Action != RestoreAction.Skip).ToList();
        say($"\nThe plan: {steps.Count - todo.Count:n0} resources are equal, {todo.Count:n0} steps are to be taken.");
        foreach (var step in todo) say($"  {step.Phase,-14} {step.Action,-7} {Markup.Escape($"{step.Kind} {step.TargetName}{(step.Part is null ? "" : $" ({step.Part})")}: {step.Reason}")}");
        var failed = 0;
        await foreach (var result in run.ApplyAsync(todo.Select(step => step.Id).ToHashSet(), cancel))
        {
            if (result.Status != RestoreStatus.Done) failed++;
            say($"  [{(result.Status == RestoreStatus.Done ? "green" : "red")}]{result.Status}[/] {Markup.Escape($"{result.Step.Kind} {result.TargetName}{(result.Count is { } count ? $", {count:n0}" : "")} {string.Join(" ", result.Notes)}")}");
        }
        using var comparison = await SnapshotComparison.LiveAsync(files, connection, options, [], problem => say($"[yellow]{Markup.Escape(problem.ToString())}[/]"), cancel);
        var differences = await comparison.CompareAsync(cancel).ToListAsync(cancel);
        foreach (var difference in differences.Take(20)) say($"  [red]{Markup.Escape(difference.ToString())}[/]");
        say($"The comparison with what is live: {(differences.Count == 0 ? $"[green]nothing differs[/] of {comparison.Summaries.Sum(layer => layer.ComparedCount):n0} objects and documents" : $"[red]{differences.Count:n0} differences[/]")}.");
        return failed == 0 && differences.Count == 0;
    }
}
