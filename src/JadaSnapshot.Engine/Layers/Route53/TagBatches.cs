using System.Collections.Concurrent;
using System.Text;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Route53;

/// <summary>Tags of zones or of health checks, of ten of them in one call.</summary>
internal sealed class TagBatches(WireClient route53, string type)
{
    private const string Operation = "ListTagsForResources";
    private const int IdsPerCall = 10;

    private static readonly XNamespace Ns = Route53Kinds.Namespace;

    private readonly ConcurrentDictionary<string, SharedAnswer> _batches = new(StringComparer.Ordinal);

    /// <summary>Makes batches of what was listed.</summary>
    public void Add(IEnumerable<string> ids)
    {
        foreach (var batch in ids.Chunk(IdsPerCall))
        {
            var answer = new SharedAnswer(Operation, cancel => AskAsync(batch, cancel));
            foreach (var id in batch) _batches[id] = answer;
        }
    }

    /// <summary>Writes the tags of one of them.</summary>
    public Task CaptureAsync(string id, ISnapshotSink sink, string path, CancellationToken cancel) =>
        _batches.TryGetValue(id, out var batch) ? batch.CaptureAsync(id, sink, path, cancel) : Task.CompletedTask;

    private async Task<IReadOnlyDictionary<string, byte[]>> AskAsync(string[] ids, CancellationToken cancel)
    {
        var body = new XElement(Ns + "ListTagsForResourcesRequest", new XElement(Ns + "ResourceIds", ids.Select(id => new XElement(Ns + "ResourceId", id))));
        var request = new WireRequest { Operation = Operation, Path = WirePath.Of(Route53Kinds.Root + "tags/{}", type), Body = Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)) };
        try
        {
            var answer = await route53.SendAsync(request, cancel);
            return XmlItems.Cut(answer.Body, ["ResourceTagSets", "ResourceTagSet"]).ToDictionary(set => ListedKind.Bare(set.ToXml().Text("ResourceId") ?? ""), StringComparer.Ordinal);
        }
        // One that is gone in the meantime must not cost the others their tags.
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound && ids.Length > 1)
        {
            var each = await Task.WhenAll(ids.Select(id => AskIfThereAsync(id, cancel)));
            return each.SelectMany(tags => tags).ToDictionary(StringComparer.Ordinal);
        }
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> AskIfThereAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await AskAsync([id], cancel);
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound)
        {
            return new Dictionary<string, byte[]>();
        }
    }
}
