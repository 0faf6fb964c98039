using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Connections;

namespace JadaSnapshot.Engine.Capture;

/// <summary>Finds the resources that a view looks at (or those of the kinds that the options name) and that are wanted, and does something with each of them.</summary>
internal sealed class ResourceSelection(AwsConnection? connection, LayerOptions options, ResourceView view)
{
    private const int AtOnce = 8;

    private readonly IReadOnlyList<string> _kinds = options.Kinds ?? view.Kinds;

    public LayerProgress Progress { get; } = new(view.Layer);

    /// <summary>What the work makes of each resource, and then of the shared parts that it finds named, as soon as it is done. Work that fails is reported, and the rest goes on.</summary>
    public async IAsyncEnumerable<T> EachAsync<T>(
        Func<Resource, ValueTask<bool>> wanted, Func<ILayer, Resource, CancellationToken, Task<T?>> work, Action<Problem> onProblem, [EnumeratorCancellation] CancellationToken cancel,
        SharedParts? shared = null)
        where T : class
    {
        if (connection is not null) await connection.GetCallerIdentityAsync(cancel);
        using var context = new LayerContext(connection, shared is null ? options with { Kinds = _kinds } : options, onProblem);
        var source = LayerCatalog.Create(context, [view.Layer]).Single();
        List<Resource> chosen = [];
        Progress.State = LayerState.Listing;
        await foreach (var resource in source.DiscoverAsync(cancel))
        {
            if (!_kinds.Contains(resource.Kind)) shared?.Offer(resource);
            else if (await wanted(resource)) Add(resource);
        }
        Progress.State = LayerState.Capturing;

        for (; chosen.Count > 0; shared?.TakeNamed().ForEach(Add))
        {
            var results = Merging.MergeAsync([.. chosen], WorkAsync, (resource, exception) => context.Report(view.Layer, "", exception, resource.Name), cancel, AtOnce);
            chosen.Clear();
            await foreach (var result in results) yield return result;
        }

        void Add(Resource resource)
        {
            chosen.Add(resource);
            Progress.AddFound();
        }

        async IAsyncEnumerable<T> WorkAsync(Resource resource, [EnumeratorCancellation] CancellationToken token)
        {
            var result = await work(source, resource, token);
            Progress.AddDone();
            if (result is not null) yield return result;
        }
    }
}
