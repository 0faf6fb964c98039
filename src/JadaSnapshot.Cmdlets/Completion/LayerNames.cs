using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Completion;

/// <summary>Completes and checks the names of layers.</summary>
public sealed class LayerNames : NameCompleter
{
    /// <summary>The layers as the engine calls them; all of them where none was named.</summary>
    /// <exception cref="UsageException">One of them is unknown.</exception>
    internal static IReadOnlyList<string> Resolve(string[]? layers) => [.. (layers ?? []).Select(Find).Distinct()];

    private protected override Task<IReadOnlyList<Candidate>> FindAsync(CommandLine line, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Candidate>>([.. LayerCatalog.Names.Select(name => new Candidate(name, name))]);

    private static string Find(string layer) =>
        LayerCatalog.Names.FirstOrDefault(name => name.Equals(layer, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException("UnknownLayer", $"There is no layer '{layer}'.", $"The layers are {string.Join(", ", LayerCatalog.Names)}.");
}
