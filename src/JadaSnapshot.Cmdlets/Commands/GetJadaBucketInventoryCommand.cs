using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Tells of each bucket what it is for, how it is set up and what is in it, and hands it on as soon as all of that is known.</summary>
[Cmdlet(VerbsCommon.Get, "JadaBucketInventory")]
[OutputType(typeof(BucketInventory))]
public sealed class GetJadaBucketInventoryCommand : JadaConnectedCommand
{
    private readonly List<string> _wanted = [];
    private bool _isAsked;

    /// <summary>Only these buckets. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? BucketName { get; set; }

    /// <summary>Only buckets of these categories. Those of others are neither listed nor read further than what tells their category.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public BucketCategory[]? Category { get; set; }

    /// <summary>Lists no objects: counts, sizes and prefixes stay empty.</summary>
    [Parameter]
    public SwitchParameter SkipObjectCount { get; set; }

    /// <summary>How many calls are under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        _isAsked = true;
        _wanted.AddRange(BucketName ?? []);
        return Task.CompletedTask;
    }

    // All names are known only now, and one listing then serves them all. An empty pipeline asks for no bucket, not for all.
    private protected override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (!_isAsked) return;
        var names = new NamePatterns(_wanted);
        var run = new BucketInventoryRun(Connection, new()
        {
            Wanted = names.Match,
            Categories = Category?.ToHashSet(),
            CountsObjects = !SkipObjectCount,
            ThrottleLimit = ThrottleLimit,
        });
        var writing = WriteAsync(run, pipeline, cancel);
        await new InventoryProgress(pipeline).FollowAsync(run, writing);
        await writing;
        foreach (var name in names.Unmatched) pipeline.Error(NotThere(name));
    }

    private static async Task WriteAsync(BucketInventoryRun run, PipelineWriter pipeline, CancellationToken cancel)
    {
        await foreach (var bucket in run.RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(bucket);
    }

    private static ErrorRecord NotThere(string name) =>
        new ServiceException($"There is no bucket '{name}' in this account.") { Kind = FailureKind.NotFound, Code = "NoSuchBucket", Service = "s3", Operation = "ListBuckets" }
            .ToErrorRecord(name);
}
