using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>Functions as typed objects.</summary>
public sealed class FunctionView : ResourceView<LambdaFunction>
{
    internal const string Root = "lambda-functions/";
    internal const string Document = "function.json";
    internal const string Versions = "versions/";
    internal const string Aliases = "aliases";
    internal const string Urls = "url-configs";
    internal const string EventSources = "event-source-mappings/";

    private static readonly string[] Read = [Document, Versions, Aliases, Urls, EventSources];

    /// <inheritdoc/>
    public override string Layer => LambdaLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => "function";

    /// <inheritdoc/>
    public override string Folder(Resource resource) => $"{Root}{PathNames.FromName(resource.Name)}/{PathNames.FromName(resource.Region)}/";

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
            PublishedVersions = [.. documents.All(Versions).Select(version => JsonElement.Parse(version).Member("Configuration").Text("Version")).OfType<string>().OrderBy(version => version.Length).ThenBy(version => version, StringComparer.Ordinal)],
            Aliases = Items(Aliases, nameof(Aliases)).ToDictionary(alias => alias.Text("Name") ?? "", alias => alias.Text("FunctionVersion") ?? "", StringComparer.Ordinal),
            FunctionUrls = [.. Items(Urls, "FunctionUrlConfigs").Select(url => url.Text("FunctionUrl")).OfType<string>()],
            EventSources = [.. documents.All(EventSources).Select(source => JsonElement.Parse(source)).Select(source => source.Text("EventSourceArn") ?? source.Text("UUID")).OfType<string>()],
        };

        IEnumerable<JsonElement> Items(string document, string list) => documents.All(document).SelectMany(page => JsonElement.Parse(page).Items(list));
    }
}
