using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Compare;

/// <summary>Makes the differences of one resource, by the names of the sides.</summary>
internal sealed class DifferenceMaker(Resource resource, string reference, string changed)
{
    private const string BothSides = "both";

    /// <summary>Whether fingerprints of both sides were made with one key. Where not, two of them say nothing of their secrets.</summary>
    public bool KnowsSecrets { get; init; } = true;

    /// <summary>Whether two values are known to differ.</summary>
    public bool Differ(string? one, string? other) => KnowsSecrets || one is null || other is null || !Fingerprinter.IsFingerprint(one) || !Fingerprinter.IsFingerprint(other);

    /// <summary>Something that the reference alone has: the resource itself where no item is named.</summary>
    public Difference OnlyInReference(string? item, ComparedValue? value) => Make(DifferenceKind.OnlyInReference, item, null, reference, $"only in {reference}", value, null);

    /// <summary>Something that the other side alone has.</summary>
    public Difference OnlyInOther(string? item, ComparedValue? value) => Make(DifferenceKind.OnlyInOther, item, null, changed, $"only in {changed}", null, value);

    /// <summary>Something that is otherwise.</summary>
    public Difference Both(DifferenceKind kind, string item, string? path, string reason, ComparedValue? one, ComparedValue? other) =>
        Make(kind, item, path, one is null ? changed : other is null ? reference : BothSides, reason, one, other);

    /// <summary>In what the objects of one key differ.</summary>
    public IEnumerable<Difference> Objects(DifferingObject differing) => differing switch
    {
        { Reference: null, Changed: { } other } => [OnlyInOther(other.Key, Of(other))],
        { Reference: { } one, Changed: null } => [OnlyInReference(one.Key, Of(one))],
        _ => differing.Differences.Select(difference => Object(differing.Reference!, differing.Changed!, difference)),
    };

    private Difference Object(SideObject one, SideObject other, ObjectDifference difference) => difference.Path is null
        ? Both(difference.Kind, one.Key, null, difference.Reason, Of(one), Of(other))
        : Make(difference.Kind, one.Key, difference.Path, BothSides, difference.Reason, new() { Value = difference.Reference }, new() { Value = difference.Changed });

    /// <summary>An object on one side.</summary>
    public static ComparedValue Of(SideObject side) => new()
    {
        Size = side.Size,
        Checksum = side.Sha256 is null ? $"ETag:{side.ETag}" : $"SHA256:{side.Sha256}",
        LastModified = side.LastModified,
    };

    private Difference Make(DifferenceKind kind, string? item, string? path, string side, string reason, ComparedValue? one, ComparedValue? other) => new()
    {
        Layer = resource.Layer,
        ResourceKind = resource.Kind,
        Resource = resource.Name,
        ResourceKey = resource.Key,
        Kind = kind,
        Key = item,
        Path = path,
        Side = side,
        Reason = reason,
        Reference = one,
        Other = other,
    };
}
