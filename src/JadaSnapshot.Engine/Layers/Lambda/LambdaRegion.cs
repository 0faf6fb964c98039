using System.Text.Json;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>What Lambda tells of a whole region at once. Each list is asked for once, however many functions want to know.</summary>
internal sealed class LambdaRegion(WireClient lambda)
{
    public const string Latest = "$LATEST";

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<JsonElement>>? _versions, _mappings, _signing;
    private Task<IReadOnlySet<string>>? _signed;

    public WireClient Lambda => lambda;

    /// <summary>The configuration of each function and of each of its published versions.</summary>
    /// <exception cref="ServiceException">The list is refused.</exception>
    public Task<IReadOnlyList<JsonElement>> VersionsAsync(CancellationToken cancel) =>
        Once(ref _versions, () => ListAsync("ListFunctions", "/2015-03-31/functions", "Functions", cancel, new KeyValuePair<string, string>("FunctionVersion", "ALL")));

    /// <summary>What feeds functions from queues, streams and topics.</summary>
    /// <exception cref="ServiceException">The list is refused.</exception>
    public Task<IReadOnlyList<JsonElement>> MappingsAsync(CancellationToken cancel) =>
        Once(ref _mappings, () => ListAsync("ListEventSourceMappings", "/2015-03-31/event-source-mappings", "EventSourceMappings", cancel));

    /// <summary>The code signing configurations.</summary>
    /// <exception cref="ServiceException">The list is refused.</exception>
    public Task<IReadOnlyList<JsonElement>> SigningAsync(CancellationToken cancel) =>
        Once(ref _signing, () => ListAsync("ListCodeSigningConfigs", "/2020-04-22/code-signing-configs", "CodeSigningConfigs", cancel));

    /// <summary>The ARNs of the functions that have a code signing configuration.</summary>
    /// <exception cref="ServiceException">A list is refused.</exception>
    public Task<IReadOnlySet<string>> SignedAsync(CancellationToken cancel) => Once(ref _signed, async () =>
    {
        HashSet<string> signed = new(StringComparer.Ordinal);
        foreach (var config in await SigningAsync(cancel))
        {
            var path = WirePath.Of("/2020-04-22/code-signing-configs/{}/functions", config.Text("CodeSigningConfigArn") ?? "");
            foreach (var arn in await ListAsync("ListFunctionsByCodeSigningConfig", path, "FunctionArns", cancel)) signed.Add(arn.GetString() ?? "");
        }
        return (IReadOnlySet<string>)signed;
    });

    /// <summary>The name of the function that an ARN is about, whatever version or alias it says.</summary>
    public static string? FunctionOf(string? arn) => arn?.Split(':') is [_, _, "lambda", _, _, "function", var name, ..] ? name : null;

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string operation, string path, string list, CancellationToken cancel, params KeyValuePair<string, string>[] parameters)
    {
        List<JsonElement> items = [];
        await foreach (var page in lambda.PagesAsync<string>(marker => LambdaService.Get(operation, path, [.. parameters, .. LambdaService.Marker(marker)]), LambdaService.NextMarker, cancel))
            items.AddRange(page.Json().Items(list));
        return items;
    }

    private Task<T> Once<T>(ref Task<T>? asked, Func<Task<T>> ask)
    {
        lock (_lock) return asked ??= ask();
    }
}
