using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Report;

/// <summary>What differs from an earlier snapshot, as far as a page can show it.</summary>
internal sealed record ReportDifferences
{
    private const int MostOfLayer = 100;

    /// <summary>The snapshot that is compared against.</summary>
    public required Snapshot Reference { get; init; }

    /// <summary>What was found of each layer.</summary>
    public IReadOnlyList<ComparisonSummary> Summaries { get; init; } = [];

    /// <summary>The first differences of each layer.</summary>
    public IReadOnlyList<Difference> First { get; init; } = [];

    /// <summary>Why the two could not be compared, in words; null where they could.</summary>
    public string? Failure { get; init; }

    /// <summary>Compares a snapshot with an earlier one.</summary>
    /// <exception cref="StoreException">One of them is not as it was written.</exception>
    public static async Task<ReportDifferences> FindAsync(SnapshotFiles reference, SnapshotFiles snapshot, CancellationToken cancel)
    {
        using var comparison = SnapshotComparison.Of(reference, snapshot, [], _ => { });
        List<Difference> first = [];
        Dictionary<string, int> shown = new(StringComparer.Ordinal);
        await foreach (var difference in comparison.CompareAsync(cancel))
        {
            var count = shown[difference.Layer] = shown.GetValueOrDefault(difference.Layer) + 1;
            if (count <= MostOfLayer) first.Add(difference);
        }
        return new() { Reference = reference.Snapshot, Summaries = comparison.Summaries, First = first };
    }
}
