using System.Management.Automation;
using JadaSnapshot.Commands.Resources;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Tells of each bucket what it is for, how it is set up and what is in it, and hands it on as soon as all of that is known.</summary>
[Cmdlet(VerbsCommon.Get, "JadaBucketInventory")]
[OutputType(typeof(BucketInventory))]
public sealed class GetJadaBucketInventoryCommand : NamedResourceCommand
{
    /// <summary>Only these buckets. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(BucketNames))]
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

    /// <summary>
    /// Counts objects by the newest report of S3 Inventory of each bucket, as they were when it was made (<c>ListedAt</c>). A bucket without a report that
    /// serves is listed, and a warning says so: it takes a finished CSV report on the whole bucket with size, last modified date and ETag.
    /// </summary>
    [Parameter]
    public SwitchParameter FromInventory { get; set; }

    /// <summary>How many calls are under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override string Noun => "bucket";

    private protected override string[]? Names => BucketName;

    private protected override async Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        if (FromInventory && SkipObjectCount) throw new UsageException("NothingToCount", "-SkipObjectCount leaves nothing for -FromInventory to tell.", "Leave out one of them.");
        var origins = new ListingOrigins(pipeline);
        var run = new BucketInventoryRun(Connection, new()
        {
            Wanted = names.Match,
            Categories = Category?.ToHashSet(),
            CountsObjects = !SkipObjectCount,
            ThrottleLimit = ThrottleLimit,
            FromInventory = FromInventory ? origins.Add : null,
            Estate = EstateFile,
        });
        var writing = WriteAsync(run, pipeline, cancel);
        await new InventoryProgress(pipeline).FollowAsync(run, writing);
        await writing;
        origins.WarnOfListed();
    }

    private async Task WriteAsync(BucketInventoryRun run, PipelineWriter pipeline, CancellationToken cancel)
    {
        await foreach (var bucket in run.RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(FromInventory ? WithItsDate(bucket) : bucket);
    }

    /// <summary>The same record; the table of such has a column for when it was listed.</summary>
    private static PSObject WithItsDate(BucketInventory bucket)
    {
        var shown = new PSObject(bucket);
        shown.TypeNames.Insert(0, "JadaSnapshot.BucketInventory#FromInventory");
        return shown;
    }
}
