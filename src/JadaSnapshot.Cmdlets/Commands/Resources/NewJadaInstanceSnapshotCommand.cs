using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.Lightsail;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Has Lightsail make a snapshot of an instance, and waits for it.</summary>
[Cmdlet(VerbsCommon.New, "JadaInstanceSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(InstanceSnapshot))]
public sealed class NewJadaInstanceSnapshotCommand : NamedResourceCommand
{
    /// <summary>The instances, by name or ARN, or from the pipeline. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(InstanceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? InstanceName { get; set; }

    /// <summary>The snapshot's name; the instance's name and the time (UTC) where none is given. No two snapshots of a region have one name.</summary>
    [Parameter(Position = 1)]
    [Alias("InstanceSnapshotName")]
    [ValidatePattern(@"^\w[\w.-]{0,253}\w$")]
    public string? SnapshotName { get; set; }

    /// <summary>How many seconds to wait. A snapshot that takes longer is an error here, and goes on at Lightsail.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int Timeout { get; set; } = 2_700;

    /// <summary>Does not wait.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override string[]? Names => InstanceName;

    private protected override string Noun => "instance";

    private protected override async Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        var run = new InstanceSnapshotRun(Connection);
        var work = MakeAsync();
        await new ResourceProgress("Lightsail is making instance snapshots", pipeline).FollowAsync(run.Progress, work);
        await work;

        async Task MakeAsync()
        {
            var patience = NoWait ? TimeSpan.Zero : TimeSpan.FromSeconds(Timeout);
            await foreach (var snapshot in run.RunAsync(SnapshotName, patience, IsWantedAsync, problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(snapshot);
        }

        async ValueTask<bool> IsWantedAsync(Resource instance) => names.Match(instance)
            && await pipeline.ShouldProcessAsync($"Making a snapshot of instance {instance.Name}.", $"Make a snapshot of instance {instance.Name}?");
    }
}
