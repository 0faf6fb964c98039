using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Errors;
using JadaSnapshot.Formatting;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Says what differs between staging and the production that it stands for: every object, and distributions that read the wrong one. The
/// places are those of the estate file; without one they are found, by names, prefixes and origins.
/// </summary>
[Cmdlet(VerbsData.Compare, "JadaStaging", DefaultParameterSetName = SiteSet, SupportsShouldProcess = true)]
[OutputType(typeof(Difference), typeof(StagingSummary), typeof(Invalidation))]
public sealed class CompareJadaStagingCommand : JadaConnectedCommand
{
    private const string SiteSet = "Site";
    private const string PlaceSet = "Place";

    /// <summary>The sites; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = SiteSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(SiteNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Site { get; set; }

    /// <summary>Where production lies: <c>bucket</c> or <c>bucket/prefix/</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlaceSet)]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    public string Production { get; set; } = "";

    /// <summary>Where staging lies: <c>bucket</c> or <c>bucket/prefix/</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlaceSet)]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    public string Staging { get; set; } = "";

    /// <summary>Counts headers, metadata and tags as well, which takes a request or two for each object, and shows what is meant to differ.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Hands out the counts of each pair of places instead of each difference.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Has the distributions that read the staging that was compared fetch everything anew afterwards.</summary>
    [Parameter(ParameterSetName = SiteSet)]
    public SwitchParameter Invalidate { get; set; }

    /// <summary>Waits until the invalidations are done.</summary>
    [Parameter(ParameterSetName = SiteSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Takes what the places hold from the newest reports of S3 Inventory instead of listing them: what came, changed or went since is not seen, and a warning says
    /// since when. A place without a report that serves is listed, and a warning says that, too.
    /// </summary>
    [Parameter]
    public SwitchParameter FromInventory { get; set; }

    /// <summary>How many requests are in flight at most.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 32;

    private protected override object? Target => Site;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var sites = ParameterSetName == PlaceSet ? Named() : await SitesAsync(pipeline, cancel);
        var origins = new ListingOrigins(pipeline);
        using var comparison = new StagingComparison(Connection, new() { Sites = sites, WithMetadata = Detailed, ThrottleLimit = ThrottleLimit, FromInventory = FromInventory ? origins.Add : null });
        await foreach (var difference in comparison.CompareAsync(step => Show(pipeline, step), problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            if (!Summary && (Detailed || difference.MeantToDiffer is null)) pipeline.Write(difference);
        pipeline.Progress(new(0, "Comparing staging with production", "Done") { RecordType = ProgressRecordType.Completed });
        Tell(comparison.Summaries, pipeline);
        origins.WarnOfAge();
        origins.WarnOfListed();
        if (Invalidate)
            foreach (var id in comparison.Readers) await InvalidateAsync(id, pipeline, cancel);
    }

    private void Tell(IReadOnlyList<StagingSummary> pairs, PipelineWriter pipeline)
    {
        if (Summary)
            foreach (var pair in pairs) pipeline.Write(pair);
        else
            foreach (var pair in pairs.Where(pair => pair.IsEqual))
                pipeline.Information($"{pair.Staging} is what {pair.Production} is: {pair.ProductionCount:N0} objects, {Display.Bytes(pair.ProductionBytes)}{(pair.MeantToDifferCount > 0 ? $"; {pair.MeantToDifferCount:N0} are meant to differ, and do" : "")}.");
    }

    private IReadOnlyList<EstateSite> Named() => [new()
    {
        Name = "",
        Buckets = [BucketPlace.Parse(Production).BucketName],
        Staging = [new() { Production = BucketPlace.Parse(Production), Staging = BucketPlace.Parse(Staging) }],
    }];

    private async Task<IReadOnlyList<EstateSite>> SitesAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var estate = EstateFile ?? await FindAsync(pipeline, cancel);
        var names = new NamePatterns(Site);
        List<EstateSite> sites = [.. estate.Sites.Where(site => site.Staging.Count + site.StagingDistributions.Count > 0 && names.Match(site.Name))];
        names.ReportUnmatched(pipeline, name => new UsageException("SiteNotFound", $"There is no site '{name}' with staging.", $"The sites with staging are {string.Join(", ", estate.Sites.Where(site => site.Staging.Count > 0).Select(site => site.Name))}.") { Category = ErrorCategory.ObjectNotFound });
        return sites;
    }

    private async Task<EstateFile> FindAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        pipeline.Verbose($"There is no {EstateDocument.FileName}: staging is looked for. New-JadaEstate writes down what is found.");
        var proposal = new EstateProposal(Connection, new() { Path = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(EstateDocument.FileName)) });
        return (await proposal.RunAsync(step => Show(pipeline, step), problem => pipeline.Error(problem.ToErrorRecord()), cancel)).Require();
    }

    private async Task InvalidateAsync(string distributionId, PipelineWriter pipeline, CancellationToken cancel)
    {
        if (!await pipeline.ShouldProcessAsync($"Invalidating everything of distribution {distributionId}.", $"Invalidate everything of distribution {distributionId}?")) return;
        await Invalidations.RunAsync(Connection, distributionId, ["/*"], Wait ? Invalidations.LongestWait : TimeSpan.Zero, pipeline, cancel);
    }

    private static void Show(PipelineWriter pipeline, string step) => pipeline.Progress(new(0, "Comparing staging with production", step));
}
