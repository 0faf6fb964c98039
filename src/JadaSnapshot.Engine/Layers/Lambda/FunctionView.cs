using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Functions as typed objects.</summary>
public sealed class FunctionView : ResourceView<LambdaFunction>
{
    internal const string Document = "function.json";
    internal const string Versions = "versions/";
    internal const string Aliases = "aliases";
    internal const string Urls = "url-configs";
    internal const string EventSources = "event-source-mappings/";

    private static readonly string[] Read = [Document, Versions, Aliases, Urls, EventSources];

    /// <inheritdoc/>
    public override string Layer => LambdaLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => LambdaFolders.Function;

    /// <summary>The layer versions that functions use, and their code signing configurations.</summary>
    public override bool HasSharedParts => true;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => LambdaFolders.Of(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => Read.Any(read => document.StartsWith(read, StringComparison.Ordinal)) && !document.EndsWith(EventSource.Tags, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override LambdaFunction View(Resource resource, ResourceDocuments documents)
    {
        var function = documents.Json(Document);
        var configuration = function.Member("Configuration");
        return new()
        {
            FunctionName = configuration.Text("FunctionName") ?? resource.Name,
            FunctionArn = configuration.Text("FunctionArn") ?? resource.Arn,
            Region = resource.Region,
            Runtime = configuration.Text("Runtime"),
            Handler = configuration.Text("Handler"),
            PackageType = configuration.Text("PackageType"),
            Architecture = configuration.Items("Architectures").FirstOrDefault() is { ValueKind: JsonValueKind.String } architecture ? architecture.GetString() : null,
            Role = configuration.Text("Role"),
            MemorySize = (int)(configuration.Number("MemorySize") ?? 0),
            Timeout = TimeSpan.FromSeconds(configuration.Number("Timeout") ?? 0),
            CodeSize = configuration.Number("CodeSize") ?? 0,
            CodeSha256 = configuration.Text("CodeSha256"),
            LastModified = DateTimeOffset.TryParse(configuration.Text("LastModified"), CultureInfo.InvariantCulture, out var modified) ? modified.ToUniversalTime() : null,
            EnvironmentVariables = [.. configuration.Member("Environment").Member("Variables").Texts().Keys],
            Layers = [.. configuration.Items("Layers").Select(layer => layer.Text("Arn")).OfType<string>()],
            Tags = function.Member("Tags").Texts(),
            Description = configuration.Text("Description"),
            State = configuration.Text("State"),
            ImageUri = function.Member("Code").Text("ResolvedImageUri") ?? function.Member("Code").Text("ImageUri"),
            ReservedConcurrency = (int?)function.Member("Concurrency").Number("ReservedConcurrentExecutions"),
            PublishedVersions = [.. documents.AllJson(Versions).Select(version => version.Member("Configuration").Text("Version")).OfType<string>().OrderBy(version => version.Length).ThenBy(version => version, StringComparer.Ordinal)],
            Aliases = Items(Aliases, nameof(Aliases)).ToDictionary(alias => alias.Text("Name") ?? "", alias => alias.Text("FunctionVersion") ?? "", StringComparer.Ordinal),
            FunctionUrls = [.. Items(Urls, "FunctionUrlConfigs").Select(url => url.Text("FunctionUrl")).OfType<string>()],
            EventSources = [.. documents.AllJson(EventSources).Select(source => source.Text("EventSourceArn") ?? source.Text("UUID")).OfType<string>()],
        };

        IEnumerable<JsonElement> Items(string document, string list) => documents.AllJson(document).SelectMany(page => page.Items(list));
    }
}
