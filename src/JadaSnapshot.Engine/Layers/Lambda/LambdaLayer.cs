using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Functions with all that is attached to them, every layer version that the account holds or a function uses, and code signing configurations.</summary>
public sealed class LambdaLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "lambda";

    private readonly CodeDownload _code = new(context.Links);
    private readonly ConcurrentDictionary<string, LambdaRegion> _regions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel) => resource.Kind switch
    {
        LambdaFolders.Function => new FunctionCapture(In(resource.Region), _code, resource, LambdaFolders.Of(resource), sink).CaptureAsync(cancel),
        LambdaFolders.LayerVersion => CaptureLayerVersionAsync(resource, sink, cancel),
        LambdaFolders.CodeSigningConfig => CaptureCodeSigningConfigAsync(resource, sink, cancel),
        LambdaFolders.EventSourceMapping => EventSource.CaptureAsync(In(resource.Region).Lambda, resource.Id, resource.Arn, LambdaFolders.Of(resource) + "event-source-mapping", sink, cancel),
        _ => throw new ArgumentException($"Lambda has no {resource.Kind}.", nameof(resource)),
    };

    private LambdaRegion In(string region) => _regions.GetOrAdd(region, name => new(context.Connection.Wire(LambdaService.Service, name)));

    private IAsyncEnumerable<Resource> DiscoverAsync(string region, CancellationToken cancel)
    {
        var lists = In(region);
        ConcurrentDictionary<string, bool> layerVersions = new(StringComparer.Ordinal);
        (string Kind, Func<CancellationToken, IAsyncEnumerable<Resource>> List)[] kinds =
            [(LambdaFolders.Function, FunctionsAsync), (LambdaFolders.LayerVersion, LayersAsync), (LambdaFolders.CodeSigningConfig, CodeSigningConfigsAsync), (LambdaFolders.EventSourceMapping, LostMappingsAsync)];
        return Merging.MergeAsync(
            [.. kinds.Where(kind => context.Options.WantsKind(kind.Kind))], (kind, token) => kind.List(token), (_, exception) => context.Report(LayerName, "", exception, region), cancel);

        async IAsyncEnumerable<Resource> FunctionsAsync([EnumeratorCancellation] CancellationToken token)
        {
            foreach (var version in await lists.VersionsAsync(token))
            {
                if (version.Text("Version") == LambdaRegion.Latest) yield return ToFunction(version, region);
                foreach (var used in version.Items("Layers"))
                    if (used.Text("Arn") is { } arn && layerVersions.TryAdd(arn, true)) yield return ToLayerVersion(arn, region);
            }
        }

        async IAsyncEnumerable<Resource> LayersAsync([EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var page in lists.Lambda.PagesAsync<string>(marker => LambdaService.Get("ListLayers", "/2018-10-31/layers", LambdaService.Marker(marker)), LambdaService.NextMarker, token))
                foreach (var layer in page.Json().Items("Layers"))
                {
                    var latest = layer.Member("LatestMatchingVersion");
                    if (latest.Text("LayerVersionArn") is { } first && layerVersions.TryAdd(first, true)) yield return ToLayerVersion(first, region);
                    if (latest.Number("Version") is 1) continue;
                    var path = WirePath.Of("/2018-10-31/layers/{}/versions", layer.Text("LayerName") ?? "");
                    await foreach (var versions in lists.Lambda.PagesAsync<string>(marker => LambdaService.Get("ListLayerVersions", path, LambdaService.Marker(marker)), LambdaService.NextMarker, token))
                        foreach (var version in versions.Json().Items("LayerVersions"))
                            if (version.Text("LayerVersionArn") is { } arn && layerVersions.TryAdd(arn, true)) yield return ToLayerVersion(arn, region);
                }
        }

        async IAsyncEnumerable<Resource> CodeSigningConfigsAsync([EnumeratorCancellation] CancellationToken token)
        {
            foreach (var config in await lists.SigningAsync(token))
                if (config.Text("CodeSigningConfigArn") is { } arn)
                    yield return ToResource(LambdaFolders.CodeSigningConfig, config.Text("CodeSigningConfigId") ?? arn, arn, region, config.Text("Description"));
        }

        async IAsyncEnumerable<Resource> LostMappingsAsync([EnumeratorCancellation] CancellationToken token)
        {
            var functions = (await lists.VersionsAsync(token)).Select(version => version.Text("FunctionName")).ToHashSet(StringComparer.Ordinal);
            foreach (var mapping in await lists.MappingsAsync(token))
                if (!functions.Contains(LambdaRegion.FunctionOf(mapping.Text("FunctionArn"))) && mapping.Text("UUID") is { } id)
                    yield return ToResource(LambdaFolders.EventSourceMapping, id, mapping.Text("EventSourceMappingArn"), region, $"of {mapping.Text("FunctionArn")}, which is not there");
        }
    }

    private async Task CaptureLayerVersionAsync(Resource version, ISnapshotSink sink, CancellationToken cancel)
    {
        var (account, name, number) = LayerVersionArn.Parse(version.Id);
        var folder = LambdaFolders.Of(version);
        var lambda = In(version.Region).Lambda;
        var own = await context.Connection.GetCallerIdentityAsync(cancel);
        await Task.WhenAll(
            CaptureContentAsync(),
            // Only its owner may read who else may use it.
            account != own.Account ? Task.CompletedTask : lambda.CaptureAsync(
                LambdaService.Get("GetLayerVersionPolicy", WirePath.Of("/2018-10-31/layers/{}/versions/{}/policy", name, number)), sink, folder + "policy.json", cancel, notSet: ["ResourceNotFoundException"]));

        async Task CaptureContentAsync()
        {
            var answer = await lambda.CaptureAsync(
                LambdaService.Get("GetLayerVersionByArn", "/2018-10-31/layers", new("find", "LayerVersion"), new("Arn", version.Id)),
                sink, folder + "layer-version.json", cancel, withoutSecrets: (document, _) => FunctionDocument.WithoutLink(document));
            if (answer?.Json().Member("Content") is { } content && content.Text("Location") is { } link)
                await _code.SaveAsync(link, content.Text("CodeSha256"), "GetLayerVersionByArn", folder + "content.zip", sink, cancel);
        }
    }

    private Task CaptureCodeSigningConfigAsync(Resource config, ISnapshotSink sink, CancellationToken cancel)
    {
        var (lambda, folder) = (In(config.Region).Lambda, LambdaFolders.Of(config));
        return Task.WhenAll(
            lambda.CaptureAsync(LambdaService.Get("GetCodeSigningConfig", WirePath.Of("/2020-04-22/code-signing-configs/{}", config.Arn!)), sink, folder + "code-signing-config.json", cancel),
            EventSource.CaptureTagsAsync(lambda, config.Arn!, folder + "tags.json", sink, cancel));
    }

    private static Resource ToFunction(JsonElement function, string region)
    {
        var arn = function.Text("FunctionArn");
        return ToResource(LambdaFolders.Function, function.Text("FunctionName") ?? "", arn?.Replace($":{LambdaRegion.Latest}", "", StringComparison.Ordinal), region, function.Text("Runtime") ?? function.Text("PackageType")) with
        {
            ModifiedAt = DateTimeOffset.TryParse(function.Text("LastModified"), CultureInfo.InvariantCulture, out var modified) ? modified.ToUniversalTime() : null,
        };
    }

    private static Resource ToLayerVersion(string arn, string region)
    {
        var (_, name, number) = LayerVersionArn.Parse(arn);
        return ToResource(LambdaFolders.LayerVersion, arn, arn, region, null) with { Name = $"{name}:{number}" };
    }

    private static Resource ToResource(string kind, string id, string? arn, string region, string? description) =>
        new() { Layer = LayerName, Kind = kind, Name = id, Id = id, Arn = arn, Region = region, Description = description };
}
