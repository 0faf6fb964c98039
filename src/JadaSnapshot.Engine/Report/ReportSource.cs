using System.Text.Json;
using System.Xml;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.Acm;
using JadaSnapshot.Engine.Layers.ApiGateway;
using JadaSnapshot.Engine.Layers.CloudFront;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Layers.Route53;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Report;

/// <summary>What a report is made from.</summary>
/// <param name="documents">The paths of the documents of <see cref="Layers"/>, or of all, in ordinal order.</param>
internal sealed class ReportSource(IEnumerable<string> documents)
{
    private readonly DocumentPaths _documents = new(documents);

    /// <summary>The layers whose documents are read.</summary>
    public static IReadOnlyList<string> Layers { get; } =
        [AcmLayer.LayerName, ApiGatewayLayer.LayerName, CloudFrontLayer.LayerName, LambdaLayer.LayerName, Route53Layer.LayerName];

    /// <summary>What the snapshot says of itself.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The resources, in the order of their keys; also those that could not be captured.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>What its files and problems come to.</summary>
    public required SnapshotSums Sums { get; init; }

    /// <summary>Reads a document.</summary>
    public required Func<string, byte[]> Read { get; init; }

    /// <summary>The address of the snapshot's folder from where the page lies, with a slash at the end; empty where it lies in it.</summary>
    public string Root { get; init; } = "";

    /// <summary>What differs from an earlier snapshot; null where that was not asked.</summary>
    public ReportDifferences? Differences { get; init; }

    /// <summary>Whether a layer was captured at all.</summary>
    public bool Has(string layer) => Snapshot.Layers.Any(each => each.Name == layer);

    /// <summary>What the snapshot holds of a resource; null where that is nothing.</summary>
    public ResourceSums? SumsOf(Resource resource) => Sums.Resources.GetValueOrDefault(resource.Key);

    /// <summary>Whether nothing of a resource is missing.</summary>
    public bool IsWhole(Resource resource) => SumsOf(resource) is not null && !Sums.Problems.IsAbout(resource);

    /// <summary>Every resource of a kind as a typed object; none of those whose documents cannot be read.</summary>
    public IEnumerable<(Resource Resource, T Of)> All<T>(ResourceView<T> view) where T : class =>
        Resources.Where(resource => resource.Layer == view.Layer && view.Kinds.Contains(resource.Kind) && SumsOf(resource) is not null)
            .Select(resource => (resource, Of: Try(() => view.View(resource, DocumentsOf(view, resource)))))
            .Where(each => each.Of is not null).Select(each => (each.resource, each.Of!));

    /// <summary>The documents of which a path begins so, one after the other.</summary>
    public IEnumerable<T> Documents<T>(string prefix, Func<byte[], T> parse) where T : class => _documents.Below(prefix).Select(path => Try(() => parse(Read(path)))).OfType<T>();

    private ResourceDocuments DocumentsOf<T>(ResourceView<T> view, Resource resource) where T : class
    {
        var folder = view.Folder(resource);
        return new(_documents.Below(folder).Where(path => view.Reads(path[folder.Length..])).ToDictionary(path => path[folder.Length..], Read, StringComparer.Ordinal));
    }

    // A document that is none costs its own place on the page, and not the page.
    private static T? Try<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or XmlException or IOException or InvalidOperationException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
