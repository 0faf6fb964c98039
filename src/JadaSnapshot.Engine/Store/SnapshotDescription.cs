using System.Text.Json;
using System.Text.Json.Serialization;

namespace JadaSnapshot.Engine.Store;

/// <summary>What <c>snapshot.json</c> holds.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SnapshotDescription
{
    internal const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Name { get; init; }

    public required SnapshotStatus Status { get; init; }

    public required string Account { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    public required string ToolVersion { get; init; }

    public required IReadOnlyList<string> ExcludeKeys { get; init; }

    public bool AllVersions { get; init; }

    public IReadOnlyList<string>? Includes { get; init; }

    public IReadOnlyList<string>? ExcludeBuckets { get; init; }

    public KeptInS3? KeptInS3 { get; init; }

    public string? Base { get; init; }

    public required IReadOnlyList<SnapshotLayer> Layers { get; init; }

    public required long ResourceCount { get; init; }

    public required long FileCount { get; init; }

    public required long TotalBytes { get; init; }

    public required long ProblemCount { get; init; }

    public required string ManifestSha256 { get; init; }

    /// <summary>What there is to say of a snapshot that holds so much, if it ends now.</summary>
    internal static SnapshotDescription Of(SnapshotOrder order, SnapshotWriter writer, LayerCounts counts, string manifestSha256)
    {
        var layers = counts.ToLayers();
        return new()
        {
            Format = CurrentFormat,
            Name = order.Name,
            Status = StatusOf(layers.Sum(layer => layer.ProblemCount)),
            Account = order.Account,
            Regions = order.Regions,
            StartedAt = writer.StartedAt,
            CompletedAt = order.Clock.GetUtcNow(),
            ToolVersion = order.ToolVersion,
            ExcludeKeys = order.ExcludeKeys,
            AllVersions = order.AllVersions,
            Includes = order.Includes.Count > 0 ? order.Includes : null,
            ExcludeBuckets = order.ExcludeBuckets.Count > 0 ? order.ExcludeBuckets : null,
            KeptInS3 = counts.Complete(order.Keep),
            Base = writer.Base,
            Layers = layers,
            ResourceCount = layers.Sum(layer => layer.ResourceCount),
            FileCount = layers.Sum(layer => layer.FileCount),
            TotalBytes = layers.Sum(layer => layer.TotalBytes),
            ProblemCount = layers.Sum(layer => layer.ProblemCount),
            ManifestSha256 = manifestSha256,
        };
    }

    internal Snapshot ToSnapshot(string folder) => new()
    {
        Name = System.IO.Path.GetFileName(folder),
        Path = folder,
        Store = System.IO.Path.GetDirectoryName(folder) ?? folder,
        Status = Status,
        Account = Account,
        Regions = Regions,
        StartedAt = StartedAt,
        CompletedAt = CompletedAt,
        ToolVersion = ToolVersion,
        ExcludeKeys = ExcludeKeys,
        AllVersions = AllVersions,
        Includes = Includes ?? [],
        ExcludeBuckets = ExcludeBuckets ?? [],
        KeptInS3 = KeptInS3,
        Base = Base,
        Layers = Layers,
        ResourceCount = ResourceCount,
        FileCount = FileCount,
        TotalBytes = TotalBytes,
        ProblemCount = ProblemCount,
        ManifestSha256 = ManifestSha256,
    };

    /// <summary>The order of which it came.</summary>
    internal JournalOrder ToOrder() => new()
    {
        Format = Journal.Format,
        Name = Name,
        Account = Account,
        Regions = Regions,
        Layers = [.. Layers.Select(layer => layer.Name).Where(name => name != SnapshotLayout.OwnLayer)],
        ExcludeKeys = ExcludeKeys,
        AllVersions = AllVersions,
        Includes = Includes,
        ExcludeBuckets = ExcludeBuckets,
        Keep = KeptInS3,
        ToolVersion = ToolVersion,
        StartedAt = StartedAt,
    };

    /// <summary>What contradicts itself in it, in words; null where nothing does.</summary>
    internal string? Contradiction() => this switch
    {
        { Format: not CurrentFormat } => $"it is of format {Format}, and this version reads format {CurrentFormat}",
        { Status: not (SnapshotStatus.Complete or SnapshotStatus.Incomplete) } => $"its status is {Status}, which is never written",
        _ when !Sha256Text.IsDigest(ManifestSha256) => "its digest of the manifest is none",
        _ when CompletedAt < StartedAt => "it ends before it begins",
        _ when Layers.Any(layer => layer is null) || Regions.Any(region => region is null) || ExcludeKeys.Any(key => key is null) || Includes?.Any(part => part is null) == true || ExcludeBuckets?.Any(pattern => pattern is null) == true || KeptInS3?.Buckets.Any(pattern => pattern is null) == true => "one of its lists has an empty place",
        _ when Layers.Any(layer => layer.ResourceCount < 0 || layer.FileCount < 0 || layer.TotalBytes < 0 || layer.ProblemCount < 0) => "it counts less than nothing",
        _ when KeptInS3 is { } kept && (kept.BucketCount < 0 || kept.ObjectCount < 0 || kept.TotalBytes < 0 || !Copies.S3Place.IsPlace(kept.Place)) => "what it says of copies in S3 cannot be",
        _ when Layers.Zip(Layers.Skip(1)).Any(pair => string.CompareOrdinal(pair.First.Name, pair.Second.Name) >= 0) => "its layers are not in order",
        _ when Layers.Any(layer => layer.Status != StatusOf(layer.ProblemCount)) || Status != StatusOf(ProblemCount) => "its status does not fit its problems",
        _ when Sum(layer => layer.ResourceCount) != ResourceCount => "the resources of its layers do not add up",
        _ when Sum(layer => layer.FileCount) != FileCount => "the files of its layers do not add up",
        _ when Sum(layer => layer.TotalBytes) != TotalBytes => "the bytes of its layers do not add up",
        _ when Sum(layer => layer.ProblemCount) != ProblemCount => "the problems of its layers do not add up",
        _ => null,
    };

    /// <summary>Reads what <c>snapshot.json</c> holds; null, and why in words, where that describes no snapshot.</summary>
    internal static SnapshotDescription? TryParse(byte[] document, out string? remark)
    {
        try
        {
            var description = JsonSerializer.Deserialize(document, StoreJson.Lines.SnapshotDescription);
            remark = description is null ? "is empty" : description.Contradiction() is { } words ? $"contradicts itself: {words}" : null;
            return remark is null ? description : null;
        }
        catch (JsonException exception)
        {
            remark = $"cannot be read: {exception.Message}";
            return null;
        }
    }

    internal static SnapshotStatus StatusOf(long problems) => problems == 0 ? SnapshotStatus.Complete : SnapshotStatus.Incomplete;

    private Int128 Sum(Func<SnapshotLayer, long> count) => Layers.Aggregate((Int128)0, (sum, layer) => sum + count(layer));
}
