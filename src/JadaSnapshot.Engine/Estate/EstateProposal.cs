using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Layers.S3;

namespace JadaSnapshot.Engine.Estate;

/// <summary>What is known of an estate before anyone looks.</summary>
public sealed record EstateProposalOrder
{
    /// <summary>The full path of the file to be.</summary>
    public required string Path { get; init; }

    /// <summary>The folder for snapshots, as it is to stand in the file.</summary>
    public string Store { get; init; } = "snapshot";

    /// <summary>The script projects, by name: Google lists none.</summary>
    public IReadOnlyDictionary<string, string> ScriptProjects { get; init; } = new Dictionary<string, string>();

    /// <summary>Who may open what is sealed, as it is to stand in the file.</summary>
    public IReadOnlyList<string> ProtectTo { get; init; } = [];
}

/// <summary>Proposes an estate file from what is there.</summary>
public sealed class EstateProposal(AwsConnection connection, EstateProposalOrder order)
{
    /// <summary>Looks at the estate and writes down what it found, and why.</summary>
    /// <param name="onStep">Is told what is being done.</param>
    /// <param name="onProblem">Is told of what cannot be looked at, from any thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="Wire.ServiceException">The caller cannot be identified.</exception>
    public async Task<EstateDocument> RunAsync(Action<string> onStep, Action<Problem> onProblem, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(onStep);
        onStep("Listing buckets, distributions, zones and instances");
        var live = await LiveEstate.ReadAsync(connection, onProblem, cancel);
        var counterparts = new Counterparts(live.Distributions ?? []);
        using var look = new BucketLook(connection);
        onStep("Looking for staging");
        var staging = new StagingProposal(live, look, counterparts);
        var pairs = await staging.FindAsync((bucket, exception) => onProblem(Failure.ToProblem(exception, S3Layer.LayerName, exception.Operation, bucket)), cancel);
        var sites = new SiteAssembly(live, counterparts, pairs, staging.Empty).Assemble();
        return EstateDocument.Parse(order.Path, EstateFileText.Write(order, live, connection.Regions, sites));
    }
}

/// <summary>Puts what was found together to sites.</summary>
internal sealed class SiteAssembly(LiveEstate live, Counterparts counterparts, IReadOnlyList<ProposedPair> pairs, IReadOnlyList<ProposedPair> empty)
{
    private readonly SiteNames _names = new(live);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public IReadOnlyList<SiteProposal> Assemble() => [.. _names.All.Select(Assemble).Where(site => site.Buckets.Count + site.ProductionDistributions.Count > 0)];

    private SiteProposal Assemble(string name)
    {
        var production = Serving(DeploymentEnvironment.Production).Where(distribution => SiteOf(distribution) == name).ToList();
        var buckets = Buckets(name, production);
        var names = buckets.Select(bucket => bucket.Name).ToHashSet(StringComparer.Ordinal);
        return new(name)
        {
            Zones = live.Zones?.Contains(name) == true ? [name] : [],
            Buckets = buckets,
            Staging = [.. pairs.Where(pair => names.Contains(pair.Production.BucketName) && _taken.Add($"place {pair.Staging}"))],
            ProductionDistributions = [.. production.Select(distribution => new Proposed(distribution.DistributionId, string.Join(", ", distribution.Aliases)))],
            StagingDistributions = [.. Serving(DeploymentEnvironment.Staging).OrderBy(staging => $"{counterparts.Of(staging)?.Production ?? staging}", StringComparer.Ordinal).Select(distribution => (distribution, Why: WhyOf(distribution, name, production, names)))
                .Where(each => each.Why is not null && _taken.Add(each.distribution.DistributionId))
                .Select(each => new Proposed(each.distribution.DistributionId, each.Why!))],
            Remarks = [.. empty.Where(pair => names.Contains(pair.Production.BucketName)).OrderBy(pair => pair.Staging.ToString(), StringComparer.Ordinal).Select(pair => $"{pair.Staging} holds nothing, though {pair.Why}.")],
        };
    }

    private IEnumerable<Distribution> Serving(DeploymentEnvironment environment) => (live.Distributions ?? []).Where(distribution => distribution.Environment == environment);

    private string? SiteOf(Distribution distribution) => distribution.Aliases.Select(alias => _names.Of(alias.TrimStart('*', '.'))).FirstOrDefault(site => site is not null);

    private List<Proposed> Buckets(string site, IReadOnlyList<Distribution> production)
    {
        var named = from bucket in live.Buckets ?? [] where NameWords.IsHost(bucket) && _names.Of(bucket) == site select new Proposed(bucket, "called like a host of the site");
        var read = from distribution in production
                   from origin in distribution.Origins
                   where StagingProposal.PlaceOf(origin) is not null && live.Buckets?.Contains(origin.Name) == true && (_names.Of(origin.Name) is null || !NameWords.IsHost(origin.Name))
                   select new Proposed(origin.Name, $"{distribution.DistributionId} ({distribution}) reads it");
        return [.. named.Concat(read).Where(bucket => NameWords.StagingMark(bucket.Name) is null).DistinctBy(bucket => bucket.Name)];
    }

    private string? WhyOf(Distribution staging, string site, IReadOnlyList<Distribution> production, HashSet<string> buckets)
    {
        if (counterparts.Of(staging) is var (counterpart, why)) return production.Contains(counterpart) ? $"staging of {counterpart.DistributionId} ({counterpart}): {why}" : null;
        if (SiteOf(staging) == site) return $"its alias is {staging.Aliases[0]}";
        return staging.Origins.FirstOrDefault(origin => buckets.Contains(origin.Name)) is { } read ? $"it reads from {read}" : null;
    }
}
