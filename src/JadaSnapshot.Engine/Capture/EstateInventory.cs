using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Looks at what there is, without capturing it.</summary>
public sealed class EstateInventory(AwsConnection connection, LayerOptions? options = null)
{
    /// <summary>Every resource of the layers (all where none is named), as it becomes known.</summary>
    /// <param name="layers">The layers to look into.</param>
    /// <param name="onProblem">Is told of what cannot be listed, from any thread; the rest goes on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">There is no layer of one of the names.</exception>
    public async IAsyncEnumerable<Resource> ListAsync(IReadOnlyList<string> layers, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
    {
        await connection.GetCallerIdentityAsync(cancel);
        using var context = new LayerContext(connection, options ?? new(), onProblem);
        var resources = Merging.MergeAsync(
            LayerCatalog.Create(context, layers), (layer, token) => layer.DiscoverAsync(token),
            (layer, exception) => context.Report(layer.Name, "", exception), cancel);
        await foreach (var resource in resources) yield return resource;
    }
}
