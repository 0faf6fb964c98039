using System.Runtime.CompilerServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Functions with their code, configuration and resource policy, and every layer version that the account holds or a function uses.</summary>
public sealed class LambdaLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "lambda";

    private static readonly FunctionView Functions = new();

    private readonly CodeDownload _code = new(context.Links);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel) => resource.Kind switch
    {
        "function" => CaptureFunctionAsync(resource, sink, cancel),
        "layer-version" => CaptureLayerVersionAsync(resource, sink, cancel),
        _ => throw new ArgumentException($"Lambda has no {resource.Kind}.", nameof(resource)),
    };

    private async IAsyncEnumerable<Resource> DiscoverAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        var lambda = context.Connection.Wire(LambdaService.Service, region);
        HashSet<string> seen = new(StringComparer.Ordinal);
        await foreach (var page in lambda.PagesAsync(marker => LambdaService.Get("ListFunctions", "/2015-03-31/functions", Marker(marker)), NextMarker, cancel))
            foreach (var function in page.Json().Items("Functions"))
            {
                yield return ToResource(function, region);
                foreach (var used in function.Items("Layers"))
                    if (used.Text("Arn") is { } arn && seen.Add(arn)) yield return ToLayerVersion(arn, region);
            }
        await foreach (var page in lambda.PagesAsync(marker => LambdaService.Get("ListLayers", "/2018-10-31/layers", Marker(marker)), NextMarker, cancel))
            foreach (var layer in page.Json().Items("Layers"))
            {
                var versionsPath = WirePath.Of("/2018-10-31/layers/{}/versions", layer.Text("LayerName") ?? "");
                await foreach (var versions in lambda.PagesAsync(marker => LambdaService.Get("ListLayerVersions", versionsPath, Marker(marker)), NextMarker, cancel))
                    foreach (var version in versions.Json().Items("LayerVersions"))
                        if (version.Text("LayerVersionArn") is { } arn && seen.Add(arn)) yield return ToLayerVersion(arn, region);
            }
    }

    private async Task CaptureFunctionAsync(Resource function, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = Functions.Folder(function);
        var lambda = context.Connection.Wire(LambdaService.Service, function.Region);
        await Task.WhenAll(
            CaptureCodeAsync(),
            lambda.CaptureAsync(
                LambdaService.Get("GetPolicy", WirePath.Of("/2015-03-31/functions/{}/policy", function.Name)), sink, folder + "policy.json", cancel, notSet: ["ResourceNotFoundException"]));

        async Task CaptureCodeAsync()
        {
            var answer = await lambda.CaptureAsync(
                LambdaService.Get("GetFunction", WirePath.Of("/2015-03-31/functions/{}", function.Name)), sink, folder + FunctionView.Document, cancel,
                withoutSecrets: FunctionDocument.WithoutSecrets);
            if (answer is null) return;
            var (code, configuration) = (answer.Json().Member("Code"), answer.Json().Member("Configuration"));
            if (configuration.Member("Environment").Member("Error") is { ValueKind: JsonValueKind.Object } error)
                sink.Report("GetFunction", FunctionDocument.EnvironmentUnreadable(function.Name, error, answer.RequestId));
            if (code.Text("Location") is { } link)
                await _code.SaveAsync(link, configuration.Text("CodeSha256"), "GetFunction", folder + "code.zip", sink, cancel);
        }
    }

    private async Task CaptureLayerVersionAsync(Resource version, ISnapshotSink sink, CancellationToken cancel)
    {
        var (account, name, number) = LayerVersionArn.Parse(version.Id);
        var folder = $"aws-configs/lambda/layers/{PathNames.FromName(version.Region)}/{PathNames.FromName(account)}/{PathNames.FromName(name)}/{PathNames.FromName(number)}/";
        var answer = await context.Connection.Wire(LambdaService.Service, version.Region).CaptureAsync(
            LambdaService.Get("GetLayerVersionByArn", "/2018-10-31/layers", new("find", "LayerVersion"), new("Arn", version.Id)),
            sink, folder + "layer-version.json", cancel, withoutSecrets: (document, _) => FunctionDocument.WithoutLink(document));
        if (answer?.Json().Member("Content") is { } content && content.Text("Location") is { } link)
            await _code.SaveAsync(link, content.Text("CodeSha256"), "GetLayerVersionByArn", folder + "content.zip", sink, cancel);
    }

    private static Resource ToResource(JsonElement function, string region) => new()
    {
        Layer = LayerName,
        Kind = "function",
        Name = function.Text("FunctionName") ?? "",
        Id = function.Text("FunctionName") ?? "",
        Arn = function.Text("FunctionArn"),
        Region = region,
        ModifiedAt = DateTimeOffset.TryParse(function.Text("LastModified"), System.Globalization.CultureInfo.InvariantCulture, out var modified) ? modified.ToUniversalTime() : null,
        Description = function.Text("Runtime") ?? function.Text("PackageType"),
    };

    private static Resource ToLayerVersion(string arn, string region)
    {
        var (_, name, number) = LayerVersionArn.Parse(arn);
        return new() { Layer = LayerName, Kind = "layer-version", Name = $"{name}:{number}", Id = arn, Arn = arn, Region = region };
    }

    private static KeyValuePair<string, string>[] Marker(string? marker) => marker is null ? [] : [new("Marker", marker)];

    private static string? NextMarker(WireResponse page) => page.Json().Text("NextMarker");
}
