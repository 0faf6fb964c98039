using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds the resources of one kind (or of those that the options name) that are wanted, and does something with each of them.</summary>
internal sealed class ResourceSelection(AwsConnection connection, LayerOptions options, string layer, string kind)
{
    private const int AtOnce = 8;

    private readonly LayerOptions _options = options with { Kinds = options.Kinds ?? [kind] };

    public LayerProgress Progress { get; } = new(layer);

    /// <summary>What the work makes of each resource, as soon as it is done. Work that fails is reported, and the rest goes on.</summary>
    public async IAsyncEnumerable<T> EachAsync<T>(
        Func<Resource, ValueTask<bool>> wanted, Func<ILayer, Resource, CancellationToken, Task<T?>> work, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        await connection.GetCallerIdentityAsync(cancel);
        using var context = new LayerContext(connection, _options, onProblem);
        var source = LayerCatalog.Create(context, [layer]).Single();
        List<Resource> resources = [];
        Progress.State = LayerState.Listing;
        await foreach (var resource in source.DiscoverAsync(cancel))
        {
            if (!_options.Wants(resource.Kind) || !await wanted(resource)) continue;
            resources.Add(resource);
            Progress.AddFound();
        }
        Progress.State = LayerState.Capturing;

        var results = Merging.MergeAsync(resources, WorkAsync, (resource, exception) => context.Report(layer, "", exception, resource.Name), cancel, AtOnce);
        await foreach (var result in results) yield return result;

        async IAsyncEnumerable<T> WorkAsync(Resource resource, [EnumeratorCancellation] CancellationToken token)
        {
            var result = await work(source, resource, token);
            Progress.AddDone();
            if (result is not null) yield return result;
        }
    }
}
