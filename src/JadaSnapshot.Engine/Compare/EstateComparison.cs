using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Compares two states of an estate: every resource, every document, every object.</summary>
internal sealed class EstateComparison(IEstateSide reference, IEstateSide changed, IReadOnlyList<string> layers, Action<Problem> onProblem)
{
    private readonly SortedDictionary<string, LayerTally> _tallies = new(layers.ToDictionary(layer => layer, layer => new LayerTally()), StringComparer.Ordinal);

    /// <summary>Whether fingerprints of both sides were made with one key.</summary>
    public bool KnowsSecrets { get; init; } = true;

    /// <summary>What was found of each layer; complete once the differences have been read to their end.</summary>
    public IReadOnlyList<ComparisonSummary> Summaries => [.. _tallies.Select(each => each.Value.ToSummary(each.Key, reference.Name, changed.Name))];

    /// <summary>Every difference, resource after resource.</summary>
    public async IAsyncEnumerable<Difference> CompareAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // Both read at once: a live side waits for services.
        var (before, after) = (reference.ReadAsync(Report, cancel), changed.ReadAsync(Report, cancel));
        await Task.WhenAll(before, after);
        var pairs = await MergeJoin.JoinAsync(
            Wanted(await before), side => side.Resource.Key, Wanted(await after), side => side.Resource.Key, StringComparer.Ordinal, cancel).ToListAsync(cancel);
        var toRead = pairs.Where(pair => pair is { Left: not null, Right: not null }).SelectMany(pair => ResourceDifferences.ToRead(pair.Left!, pair.Right!));
        await Task.WhenAll(reference.RequireAsync(toRead.SelectMany(document => document.Reference), cancel), changed.RequireAsync(toRead.SelectMany(document => document.Changed), cancel));
        foreach (var (one, other) in pairs)
        {
            var tally = _tallies[(one ?? other)!.Resource.Layer];
            tally.Resources++;
            await foreach (var difference in CompareAsync(one, other, tally, cancel))
            {
                tally.Count(difference.Kind);
                yield return difference;
            }
        }
    }

    private async IAsyncEnumerable<Difference> CompareAsync(SideResource? one, SideResource? other, LayerTally tally, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The side that is live has the better name of it.
        var resource = (other ?? one)!.Resource;
        var make = new DifferenceMaker(resource, reference.Name, changed.Name) { KnowsSecrets = KnowsSecrets };
        if (one is null || other is null)
        {
            if (Knows(one is null ? reference : changed, resource))
                yield return one is null ? make.OnlyInOther(null, null) : make.OnlyInReference(null, null);
            yield break;
        }
        tally.Compared += one.Files.Count;
        tally.Bytes += one.Files.Sum(file => file.Size);
        foreach (var difference in ResourceDifferences.Compare(one, other, make)) yield return difference;
        if (resource is not { Layer: Layers.S3.S3Layer.LayerName, Kind: "bucket" }) yield break;
        var objects = new BucketComparison(withMetadata: true, (exception, key) => Report(Failure.ToProblem(exception, resource, "", key)));
        await foreach (var differing in objects.CompareAsync(reference.ObjectsAsync(resource, cancel), changed.ObjectsAsync(resource, cancel), cancel))
            // What a snapshot could not read is not new because it can be read now.
            if (differing.Reference is not null || one.IsWhole)
                foreach (var difference in make.Objects(differing)) yield return difference;
        tally.Compared += objects.Compared;
        tally.Bytes += objects.Bytes;
    }

    private static bool Knows(IEstateSide side, Resource resource) => side.IsListed(resource.Layer) && !side.LeavesOut(resource);

    private IAsyncEnumerable<SideResource> Wanted(IReadOnlyList<SideResource> resources) => resources.Where(side => layers.Contains(side.Resource.Layer)).ToAsyncEnumerable();

    private void Report(Problem problem)
    {
        if (_tallies.TryGetValue(problem.Layer, out var tally)) Interlocked.Increment(ref tally.Problems);
        onProblem(problem);
    }

    private sealed class LayerTally
    {
        private long _onlyInReference, _onlyInOther, _changed;

        public long Problems;

        public long Resources { get; set; }

        public long Compared { get; set; }

        public long Bytes { get; set; }

        public void Count(DifferenceKind kind) => _ = kind switch
        {
            DifferenceKind.OnlyInReference => _onlyInReference++,
            DifferenceKind.OnlyInOther => _onlyInOther++,
            _ => _changed++,
        };

        public ComparisonSummary ToSummary(string layer, string reference, string other) => new()
        {
            Layer = layer,
            Reference = reference,
            Other = other,
            ResourceCount = Resources,
            ComparedCount = Compared,
            ComparedBytes = Bytes,
            OnlyInReferenceCount = _onlyInReference,
            OnlyInOtherCount = _onlyInOther,
            ChangedCount = _changed,
            ProblemCount = Problems,
        };
    }
}
