using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Counts what is in each bucket from one full listing, and hands each bucket on as soon as it is counted.</summary>
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

    /// <summary>How many buckets are listed at once.</summary>
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
        var estate = new EstateInventory(Connection);
        await foreach (var bucket in estate.ListBucketsAsync(names.Match, ThrottleLimit, problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            pipeline.Write(bucket);
        foreach (var name in names.Unmatched) pipeline.Error(NotThere(name));
    }

    private static ErrorRecord NotThere(string name) =>
        new ServiceException($"There is no bucket '{name}' in this account.") { Kind = FailureKind.NotFound, Code = "NoSuchBucket", Service = "s3", Operation = "ListBuckets" }
            .ToErrorRecord(name);
}
