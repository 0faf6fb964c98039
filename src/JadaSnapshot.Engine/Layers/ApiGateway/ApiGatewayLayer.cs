using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;
using static JadaSnapshot.Engine.Layers.ApiGateway.ApiGatewayServices;

namespace JadaSnapshot.Engine.Layers.ApiGateway;

/// <summary>REST, HTTP and WebSocket APIs, and what an account has beside them: domain names, API keys, usage plans, VPC links, client certificates, settings.</summary>
public sealed class ApiGatewayLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "apigateway";

    private readonly ConcurrentDictionary<string, ApiRegion> _regions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var region = In(resource.Region);
        if (resource.Kind == ApiKinds.Account)
            return region.Rest.CaptureAsync(Get("GetAccount", "/account"), sink, ApiKind.FolderOf(resource) + "account.json", cancel);

        var kind = ApiKinds.Of(resource) ?? throw new ArgumentException($"API Gateway has no {resource.Kind}.", nameof(resource));
        var own = region.CaptureAsync(kind, resource, sink, cancel);
        return kind.Name switch
        {
            ApiKinds.RestApi => Task.WhenAll(own, new RestApiCapture(region.Rest, resource, sink, cancel).CaptureAsync(), new DomainNames(region).CaptureForAsync(resource, sink, cancel)),
            ApiKinds.HttpApi => Task.WhenAll(own, new HttpApiCapture(region.Http, resource, sink, cancel).CaptureAsync(), new DomainNames(region).CaptureForAsync(resource, sink, cancel)),
            ApiKinds.DomainName => Task.WhenAll(own, new DomainNames(region).CaptureAsync(resource, sink, cancel)),
            ApiKinds.UsagePlan => Task.WhenAll(own, region.Rest.CapturePagesAsync(
                RestList("GetUsagePlanKeys", WirePath.Of("/usageplans/{}/keys", resource.Id)), sink, ApiKind.FolderOf(resource) + "keys", cancel, ApiSecrets.OfKeys)),
            _ => own,
        };
    }

    private ApiRegion In(string region) => _regions.GetOrAdd(region, _ => new(context.Connection, region));

    private async IAsyncEnumerable<Resource> DiscoverAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        var hasApis = false;
        ApiKind[] wanted = [.. ApiKinds.All.Where(kind => kind.Names.Any(context.Options.WantsKind))];
        var listings = Merging.MergeAsync(wanted, ListAsync, (kind, exception) => context.Report(LayerName, kind.List.Operation, exception, region), cancel);
        await foreach (var resource in listings)
        {
            hasApis |= resource.Kind is ApiKinds.RestApi or ApiKinds.HttpApi or ApiKinds.WebSocketApi;
            yield return resource;
        }
        if (hasApis && context.Options.WantsKind(ApiKinds.Account)) yield return new() { Layer = LayerName, Kind = ApiKinds.Account, Name = region, Id = region, Region = region, Description = "Settings of API Gateway" };

        async IAsyncEnumerable<Resource> ListAsync(ApiKind kind, [EnumeratorCancellation] CancellationToken token)
        {
            foreach (var resource in await In(region).ListAsync(kind, token)) yield return resource;
        }
    }
}
