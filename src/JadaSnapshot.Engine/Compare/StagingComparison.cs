using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.S3;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Compare;

/// <summary>What a comparison of staging is to look at.</summary>
public sealed record StagingOrder
{
    /// <summary>The sites, with where their production and their staging lie.</summary>
    public required IReadOnlyList<EstateSite> Sites { get; init; }

    /// <summary>Whether headers, metadata and tags count, which takes a request for each object that both have.</summary>
    public bool WithMetadata { get; init; }

    /// <summary>Has the newest reports of S3 Inventory tell what the places hold, where there are any, and is told where each is known from; null where S3 is to list.</summary>
    public Action<ListingOrigin>? FromInventory { get; init; }

    /// <summary>The number of requests that are under way at once.</summary>
    public int ThrottleLimit { get; init; } = 32;
}

/// <summary>Compares staging with the production that it stands for: every object, and what the distributions read.</summary>
public sealed class StagingComparison(AwsConnection connection, StagingOrder order) : IDisposable
{
    private const string Production = "production";
    private const string Staging = "staging";

    private readonly S3Client _s3 = new(connection, order.ThrottleLimit);
    private readonly WorkPool _places = new(order.ThrottleLimit);
    private readonly List<StagingSummary> _summaries = [];
    private readonly List<string> _readers = [];

    /// <summary>What was found of each pair; complete once the differences have been read to their end.</summary>
    public IReadOnlyList<StagingSummary> Summaries => _summaries;

    /// <summary>The ids of the staging distributions that read from the staging that was compared; complete like the summaries.</summary>
    public IReadOnlyList<string> Readers => _readers;

    /// <summary>Every difference, site after site; also those that are meant to be.</summary>
    /// <param name="onStep">Is told of what is being compared.</param>
    /// <param name="onProblem">Is told of what cannot be compared, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">The caller cannot be identified.</exception>
    public async IAsyncEnumerable<Difference> CompareAsync(Action<string> onStep, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(onStep);
        var distributions = ReadDistributionsAsync(onProblem, cancel);
        using var look = new BucketLook(connection);
        var routing = new SiteRouting(look);
        foreach (var site in order.Sites)
        {
            var tallies = site.Staging.Select(pair => new PairTally(site.Name, pair)).ToList();
            foreach (var tally in tallies)
            {
                onStep($"{tally.Pair}");
                await foreach (var difference in CompareAsync(tally, onProblem, cancel)) yield return difference;
            }
            foreach (var wrong in await FindMisroutedAsync(routing, site, await distributions, onProblem, cancel))
            {
                tallies.ForEach(tally => tally.Misrouted++);
                yield return ToDifference(site, wrong);
            }
            _readers.AddRange(from distribution in await distributions
                              where site.StagingDistributions.Contains(distribution.DistributionId)
                              where distribution.Origins.Select(StagingProposal.PlaceOf).Any(place => place is not null && site.Staging.Any(pair => pair.Staging.Holds(place) || place.Holds(pair.Staging)))
                              select distribution.DistributionId);
            _summaries.AddRange(tallies.Select(tally => tally.ToSummary()));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _places.Dispose();
        _s3.Dispose();
    }

    private async IAsyncEnumerable<Difference> CompareAsync(PairTally tally, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pair = tally.Pair;
        var bucket = new Resource { Layer = S3Layer.LayerName, Kind = "bucket", Name = pair.Staging.BucketName, Id = pair.Staging.BucketName, Region = _s3.RegionOf(pair.Staging.BucketName) };
        var make = new DifferenceMaker(bucket, Production, Staging);
        using var listings = new ObjectListings(_s3, _places, order.FromInventory is not { } told ? null : origin =>
        {
            tally.Add(origin);
            told(origin);
        });
        var sides = new ObjectSides(_s3, _places, listings);
        var comparison = new BucketComparison(order.WithMetadata, (exception, key) =>
        {
            tally.Problems++;
            onProblem(Failure.ToProblem(exception, bucket, "", key));
        });
        var meant = pair.MeantToDiffer.Select(rule => (Patterns: KeyPatterns.Of([rule.Pattern]), rule.Reason)).ToList();
        var production = Counted(sides.ListAsync(pair.Production, pair.Staging, cancel), tally.AddProduction);
        var staging = Counted(sides.ListAsync(pair.Staging, pair.Production, cancel), tally.AddStaging);
        await foreach (var differing in comparison.CompareAsync(production, staging, cancel))
        {
            foreach (var found in make.Objects(differing))
            {
                var difference = found with
                {
                    ReferencePlace = pair.Production,
                    OtherPlace = pair.Staging,
                    MeantToDiffer = meant.FirstOrDefault(rule => rule.Patterns.Match(found.Key!)).Reason,
                };
                tally.Count(difference);
                yield return difference;
            }
        }
    }

    private static IAsyncEnumerable<SideObject> Counted(IAsyncEnumerable<SideObject> objects, Action<long> count) => objects.Select(side =>
    {
        count(side.Size);
        return side;
    });

    private static async Task<IReadOnlyList<Misrouting>> FindMisroutedAsync(SiteRouting routing, EstateSite site, IReadOnlyList<Distribution> distributions, Action<Problem> onProblem, CancellationToken cancel)
    {
        try
        {
            return await routing.FindAsync(site, distributions, cancel);
        }
        catch (ServiceException exception)
        {
            onProblem(Failure.ToProblem(exception, S3Layer.LayerName, exception.Operation, site.Name));
            return [];
        }
    }

    private async Task<IReadOnlyList<Distribution>> ReadDistributionsAsync(Action<Problem> onProblem, CancellationToken cancel)
    {
        var wanted = order.Sites.SelectMany(site => site.ProductionDistributions.Concat(site.StagingDistributions)).ToHashSet(StringComparer.Ordinal);
        return wanted.Count == 0 ? [] : await new ResourceReader<Distribution>(connection, new DistributionView()).ReadAsync(resource => wanted.Contains(resource.Id), onProblem, cancel).ToListAsync(cancel);
    }

    private static Difference ToDifference(EstateSite site, Misrouting wrong)
    {
        var distribution = new Resource { Layer = CloudFrontLayer.LayerName, Kind = "distribution", Name = $"{wrong.Distribution}", Id = wrong.Distribution.DistributionId, Region = "aws-global" };
        var place = new ComparedValue { Value = $"{wrong.Place}" };
        var isStaging = wrong.Expected == DeploymentEnvironment.Staging;
        return new DifferenceMaker(distribution, Production, Staging).Both(
            DifferenceKind.Configuration, $"{site.Name}: {distribution.Id}", $"Origins[{wrong.Origin.Id}]", wrong.Reason, isStaging ? null : place, isStaging ? place : null);
    }

    private sealed class PairTally(string site, StagingPair pair)
    {
        private long _production, _productionBytes, _staging, _stagingBytes, _onlyInProduction, _onlyInStaging, _changed, _meant;
        private DateTimeOffset? _productionListedAt, _stagingListedAt;

        public StagingPair Pair => pair;

        public long Misrouted { get; set; }

        public long Problems { get; set; }

        public void Add(ListingOrigin origin)
        {
            if (origin.Place == pair.Production) _productionListedAt = origin.ListedAt;
            if (origin.Place == pair.Staging) _stagingListedAt = origin.ListedAt;
        }

        public void AddProduction(long size) => (_production, _productionBytes) = (_production + 1, _productionBytes + size);

        public void AddStaging(long size) => (_staging, _stagingBytes) = (_staging + 1, _stagingBytes + size);

        public void Count(Difference difference) => _ = difference switch
        {
            { MeantToDiffer: not null } => _meant++,
            { Kind: DifferenceKind.OnlyInReference } => _onlyInProduction++,
            { Kind: DifferenceKind.OnlyInOther } => _onlyInStaging++,
            _ => _changed++,
        };

        public StagingSummary ToSummary() => new()
        {
            Site = site,
            Production = pair.Production,
            Staging = pair.Staging,
            ProductionCount = _production,
            ProductionBytes = _productionBytes,
            StagingCount = _staging,
            StagingBytes = _stagingBytes,
            OnlyInProductionCount = _onlyInProduction,
            OnlyInStagingCount = _onlyInStaging,
            ChangedCount = _changed,
            MeantToDifferCount = _meant,
            MisroutedCount = Misrouted,
            ProductionListedAt = _productionListedAt,
            StagingListedAt = _stagingListedAt,
            ProblemCount = Problems,
        };
    }
}
