using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Commands;

/// <summary>Completes and checks the names of layers.</summary>
public sealed class LayerNames : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from name in LayerCatalog.Names
        where name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(name);

    /// <summary>The layers as the engine calls them; all of them where none was named.</summary>
    /// <exception cref="UsageException">One of them is unknown.</exception>
    internal static IReadOnlyList<string> Resolve(string[]? layers) => [.. (layers ?? []).Select(Find).Distinct()];

    private static string Find(string layer) =>
        LayerCatalog.Names.FirstOrDefault(name => name.Equals(layer, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException("UnknownLayer", $"There is no layer '{layer}'.", $"The layers are {string.Join(", ", LayerCatalog.Names)}.");
}
