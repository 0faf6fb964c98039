using System.Collections.Concurrent;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Says which buckets are told of by S3 Inventory, and how old that is, and which had to be listed.</summary>
internal sealed class ListingOrigins(PipelineWriter pipeline)
{
    private const int MostNamed = 3;

    private readonly ConcurrentQueue<ListingOrigin> _origins = new();

    /// <summary>Takes one in.</summary>
    public void Add(ListingOrigin origin)
    {
        _origins.Enqueue(origin);
        pipeline.Verbose(origin.ListedAt is { } listed ? $"{origin.Place} is listed by the S3 Inventory of {Moment(listed)}." : $"{origin.Place} was listed: {origin.WhyListed}.");
    }

    /// <summary>Says how old what was said is.</summary>
    public void WarnOfAge()
    {
        var old = _origins.Where(origin => origin.ListedAt is not null).OrderBy(origin => origin.ListedAt).ToList();
        if (old is [var one]) pipeline.Warning($"{one.Place} is what S3 Inventory listed at {Moment(one.ListedAt!.Value)}: it knows nothing of what came, changed or went since.");
        if (old.Count > 1) pipeline.Warning($"{Names(old)} are what S3 Inventory listed, the oldest at {Moment(old[0].ListedAt!.Value)}: it knows nothing of what came, changed or went since.");
    }

    /// <summary>Says which had to be listed.</summary>
    public void WarnOfListed()
    {
        var listed = _origins.Where(origin => origin.WhyListed is not null).OrderBy(origin => origin.Place.ToString(), StringComparer.Ordinal).ToList();
        if (listed is [var one]) pipeline.Warning($"{one.Place} was listed, because S3 Inventory has no report that serves: {one.WhyListed}.");
        if (listed.Count > 1) pipeline.Warning($"{Names(listed)} were listed, because S3 Inventory has no report that serves; -Verbose says why of each.");
    }

    private static string Names(List<ListingOrigin> origins) =>
        string.Join(", ", origins.Take(MostNamed).Select(origin => origin.Place)) + (origins.Count > MostNamed ? $" and {origins.Count - MostNamed:N0} more" : "");

    private static string Moment(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
