using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Compare;

/// <summary>
/// What a comparison has to know of a layer's documents. A class under <c>Layers/</c> that implements this and can be made without
/// arguments is found by itself; a layer whose documents need no word has none.
/// </summary>
internal interface ILayerComparison
{
    /// <summary>The layer's name.</summary>
    string Layer { get; }

    /// <summary>Files that say nothing of their own: made from others, or records of what went on. By name, <c>*</c> for any letters; with a slash, by the end of the path.</summary>
    IReadOnlyList<string> NotCompared => [];

    /// <summary>Members that move by themselves: counts, times, revisions, states.</summary>
    IReadOnlyList<string> Moving => [];

    /// <summary>Members whose items have an order that means something.</summary>
    IReadOnlyList<string> Ordered => [];
}

/// <summary>A layer's rules, with those that hold for all.</summary>
internal sealed class ComparisonRules
{
    private static readonly string[] Sealed = ["*.cms", "*.kms.json"];

    // How a list was cut into pages, and what only counts what else is compared.
    private static readonly string[] Paging =
        ["ResponseMetadata", "NextToken", "nextToken", "NextMarker", "Marker", "IsTruncated", "MaxItems", "position", "NextRecordName", "NextRecordType", "NextRecordIdentifier", "Quantity"];

    private static readonly IReadOnlyDictionary<string, ComparisonRules> Known = Implementations.Of<ILayerComparison>()
        .ToDictionary(layer => layer.Layer, layer => new ComparisonRules(layer.NotCompared, layer.Moving, layer.Ordered), StringComparer.Ordinal);

    private static readonly ComparisonRules Plain = new([], [], []);

    private readonly IReadOnlyList<string> _notCompared;
    private readonly HashSet<string> _moving;
    private readonly HashSet<string> _ordered;

    private ComparisonRules(IReadOnlyList<string> notCompared, IReadOnlyList<string> moving, IReadOnlyList<string> ordered) =>
        (_notCompared, _moving, _ordered) = ([.. Sealed, .. notCompared], [.. Paging, .. moving], [.. ordered]);

    /// <summary>The rules for a layer.</summary>
    public static ComparisonRules Of(string layer) => Known.GetValueOrDefault(layer, Plain);

    /// <summary>Whether a file of the layer is compared.</summary>
    public bool Compares(string path) => !_notCompared.Any(pattern => Matches(pattern, path));

    /// <summary>Whether a member is none of anyone's doing.</summary>
    public bool Moves(string member) => _moving.Contains(member);

    /// <summary>Whether the order of a member's items means something.</summary>
    public bool IsOrdered(string member) => _ordered.Contains(member);

    private static bool Matches(string pattern, string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Contains('/', StringComparison.Ordinal) ? "*/" + pattern : pattern, pattern.Contains('/', StringComparison.Ordinal) ? path : name, ignoreCase: false);
    }
}
