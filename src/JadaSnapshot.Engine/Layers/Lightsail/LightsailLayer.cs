using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Instances with their ports, and on request a snapshot made of each by Lightsail; static addresses, disks, key pairs, domains, and the instance snapshots that there are.</summary>
public sealed class LightsailLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "lightsail";

    // What a listing says of these is all that there is to say, and is kept as it stood there.
    private readonly ConcurrentDictionary<string, byte[]> _listed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel)
    {
        List<(string Region, LightsailKind Kind)> listings =
            [.. context.Regions.SelectMany(region => LightsailKind.All.Where(kind => context.Options.WantsKind(kind.Name) && (kind.OnlyRegion ?? region) == region).Select(kind => (region, kind)))];
        return Merging.MergeAsync(listings, DiscoverAsync, (listing, exception) => context.Report(LayerName, listing.Kind.Operation, exception, listing.Region), cancel);
    }

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = FolderOf(resource);
        return resource.Kind == LightsailKind.Instance
            ? CaptureInstanceAsync(resource, folder, sink, cancel)
            : sink.WriteAsync($"{folder}{resource.Kind}.json", _listed[resource.Key], cancel);
    }

    internal static string FolderOf(Resource resource) =>
        $"aws-configs/lightsail/{PathNames.FromName(resource.Region)}/{LightsailKind.All.First(kind => kind.Name == resource.Kind).Folder}/{PathNames.FromName(resource.Name)}/";

    private async IAsyncEnumerable<Resource> DiscoverAsync((string Region, LightsailKind Kind) listing, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (region, kind) = listing;
        var pages = context.Connection.Wire(LightsailService.Service, region).PagesAsync(
            token => JsonRequest.Of(kind.Operation, ("pageToken", token)), page => page.Json().Text("nextPageToken"), cancel);
        await foreach (var page in pages)
            foreach (var item in page.Json().Items(kind.List))
            {
                var resource = ToResource(item, kind.Name, region);
                if (kind.Name != LightsailKind.Instance) _listed[resource.Key] = JsonMarshal.GetRawUtf8Value(item).ToArray();
                yield return resource;
            }
    }

    private async Task CaptureInstanceAsync(Resource instance, string folder, ISnapshotSink sink, CancellationToken cancel)
    {
        var lightsail = context.Connection.Wire(LightsailService.Service, instance.Region);
        await Task.WhenAll(
            lightsail.CaptureAsync(JsonRequest.Of("GetInstance", ("instanceName", instance.Name)), sink, folder + InstanceView.Document, cancel),
            lightsail.CaptureAsync(JsonRequest.Of("GetInstancePortStates", ("instanceName", instance.Name)), sink, folder + InstanceView.Ports, cancel));
        if (!context.Options.IncludeInstanceSnapshot || context.Options.InstanceSnapshots?.Contains(instance.Name) == false || !sink.Wants(folder + InstanceView.Snapshot)) return;
        try
        {
            var snapshot = await new InstanceSnapshotMaker(lightsail, context.Options.InstanceSnapshotPatience)
                .MakeAsync(instance.Name, InstanceSnapshotMaker.NameFor(instance.Name, DateTimeOffset.UtcNow), cancel);
            await sink.WriteAsync(folder + InstanceView.Snapshot, snapshot.Document, cancel);
            if (snapshot.Trouble is { } trouble) sink.Report(trouble.Operation, trouble);
        }
        catch (ServiceException exception)
        {
            sink.Report(exception.Operation, exception);
        }
    }

    private static Resource ToResource(JsonElement item, string kind, string region) => new()
    {
        Layer = LayerName,
        Kind = kind,
        Name = item.Text("name") ?? "",
        Id = item.Text("name") ?? "",
        Arn = item.Text("arn"),
        Region = region,
        CreatedAt = item.Moment("createdAt"),
        Description = item.Text("blueprintName") ?? item.Text("ipAddress") ?? item.Text("fromInstanceName") ?? item.Text("attachedTo"),
    };
}
