using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Looks at live resources of one kind, and hands each on as soon as it is known.</summary>
/// <typeparam name="T">The record that stands for one of them.</typeparam>
public abstract class GetResourceCommand<T> : NamedResourceCommand where T : class
{
    // Handed in, and nowhere part of what is overridden: types of the engine cannot be loaded yet when PowerShell looks for cmdlets.
    private readonly ResourceView<T> _view;

    private protected GetResourceCommand(ResourceView<T> view) => _view = view;

    /// <summary>What is asked of the layer beyond the rule.</summary>
    private protected virtual LayerOptions Options => new();

    private protected sealed override string Noun => Words(_view.Kind);

    private protected sealed override async Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        var reader = new ResourceReader<T>(_view.IsOfAws ? Connection : null, _view, Options);
        await foreach (var resource in reader.ReadAsync(names.Match, problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(resource);
    }
}
