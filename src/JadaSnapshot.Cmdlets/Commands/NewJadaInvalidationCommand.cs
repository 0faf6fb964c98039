using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Has CloudFront fetch anew what has changed: for distributions, for sites, or for differences, whose keys become paths.</summary>
[Cmdlet(VerbsCommon.New, "JadaInvalidation", SupportsShouldProcess = true)]
[OutputType(typeof(Invalidation))]
public sealed class NewJadaInvalidationCommand : JadaConnectedCommand
{
    private const string DistributionSet = "Distribution";
    private const string SiteSet = "Site";
    private const string DifferenceSet = "Difference";
    private const int MostPaths = 3000;

    private readonly Dictionary<string, List<string>> _paths = new(StringComparer.Ordinal);
    private readonly List<Difference> _differences = [];

    /// <summary>The distributions, by id.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DistributionSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ArgumentCompleter(typeof(DistributionIds))]
    [ValidateNotNullOrEmpty]
    public string[] DistributionId { get; set; } = [];

    /// <summary>The sites of the estate file whose distributions are meant. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SiteSet)]
    [ArgumentCompleter(typeof(SiteNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Site { get; set; } = [];

    /// <summary>What differs, as Compare-JadaStaging and Compare-JadaSnapshot hand it out. The distributions are those that read from there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DifferenceSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Difference? Difference { get; set; }

    /// <summary>The paths, as viewers ask for them; everything where none is given.</summary>
    [Parameter(Position = 1, ParameterSetName = DistributionSet)]
    [Parameter(ParameterSetName = SiteSet)]
    [ValidatePattern("^/")]
    public string[] Path { get; set; } = ["/*"];

    /// <summary>Whose caches are meant, of sites and of differences.</summary>
    [Parameter(ParameterSetName = SiteSet)]
    [Parameter(ParameterSetName = DifferenceSet)]
    public DeploymentEnvironment Environment { get; set; } = DeploymentEnvironment.Production;

    /// <summary>The most paths of one invalidation. Where there would be more, folders with many of them become one path with a star.</summary>
    [Parameter]
    [ValidateRange(1, MostPaths)]
    public int MaxPath { get; set; } = 100;

    /// <summary>How many seconds to wait. An invalidation that takes longer goes on at CloudFront.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int Timeout { get; set; } = 1_800;

    /// <summary>Does not wait.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (Difference is { Layer: S3Layer.LayerName, Key: not null } difference) _differences.Add(difference);
        if (Difference is null)
            foreach (var id in ParameterSetName == SiteSet ? OfSites(pipeline) : DistributionId) Add(id, Path);
        return Task.CompletedTask;
    }

    private protected override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (_differences.Count > 0) await AddReadersAsync(pipeline, cancel);
        foreach (var (id, given) in _paths)
        {
            var paths = InvalidationPaths.Fold(given, MaxPath);
            if (await pipeline.ShouldProcessAsync($"Invalidating {paths.Count:N0} {(paths.Count == 1 ? "path" : "paths")} of distribution {id}.", $"Invalidate {string.Join(", ", paths.Take(5))}{(paths.Count > 5 ? ", …" : "")} of distribution {id}?"))
                await Invalidations.RunAsync(Connection, id, paths, NoWait ? TimeSpan.Zero : TimeSpan.FromSeconds(Timeout), pipeline, cancel);
        }
    }

    private IEnumerable<string> OfSites(PipelineWriter pipeline)
    {
        var estate = EstateFile ?? throw new UsageException("EstateFileNotFound", "-Site needs an estate file.", $"Have New-JadaEstate write one, or name it by -Estate ({EstateDocument.FileName}).");
        var names = new NamePatterns(Site);
        List<EstateSite> sites = [.. estate.Sites.Where(site => names.Match(site.Name))];
        names.ReportUnmatched(pipeline, name => new UsageException("SiteNotFound", $"There is no site '{name}' in {estate}.", $"The sites are {string.Join(", ", estate.Sites.Select(site => site.Name))}.") { Category = ErrorCategory.ObjectNotFound });
        return sites.SelectMany(site => Environment == DeploymentEnvironment.Staging ? site.StagingDistributions : site.ProductionDistributions);
    }

    // Who reads from where something has changed has it in its caches.
    private async Task AddReadersAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var places = _differences.Select(difference => (Place: PlaceOf(difference), Key: difference.Key!)).ToList();
        var read = false;
        await foreach (var distribution in new ResourceReader<Distribution>(Connection, new DistributionView()).ReadAsync(_ => true, problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            foreach (var (place, key) in places)
                foreach (var path in InvalidationPaths.Of(distribution, place, key))
                {
                    read = true;
                    Add(distribution.DistributionId, [path]);
                }
        if (!read) pipeline.Warning($"No distribution reads from {string.Join(", ", places.Select(each => each.Place).Distinct())}.");
    }

    private BucketPlace PlaceOf(Difference difference) =>
        (Environment == DeploymentEnvironment.Staging ? difference.OtherPlace : difference.ReferencePlace) ?? new(difference.Resource);

    private void Add(string distributionId, IEnumerable<string> paths)
    {
        if (!_paths.TryGetValue(distributionId, out var known)) _paths.Add(distributionId, known = []);
        known.AddRange(paths);
    }
}
