using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>A cmdlet that takes resources by their names, as parameters or from the pipeline, and looks for all of them at once.</summary>
public abstract class NamedResourceCommand : JadaConnectedCommand
{
    private readonly List<string> _wanted = [];
    private bool _isAsked;

    /// <summary>What a resource is called in messages: <c>function</c>.</summary>
    private protected abstract string Noun { get; }

    /// <summary>The names of one input; none asks for everything.</summary>
    private protected abstract string[]? Names { get; }

    /// <summary>The work, once all names are known.</summary>
    private protected abstract Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel);

    private protected sealed override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        _isAsked = true;
        _wanted.AddRange(Names ?? []);
        return Task.CompletedTask;
    }

    // One listing serves all names. An empty pipeline asks for nothing, not for all.
    private protected sealed override async Task EndAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (!_isAsked) return;
        var names = new NamePatterns(_wanted);
        await RunAsync(names, pipeline, cancel);
        names.ReportUnmatched(pipeline, name => NotThere(Noun, name));
    }

    /// <summary>A kind as people write it: <c>hosted zone</c>.</summary>
    private protected static string Words(string kind) => kind.Replace('-', ' ').Replace("api", "API", StringComparison.Ordinal);

    /// <summary>Says that nothing has a name.</summary>
    internal static Exception NotThere(string noun, string name) =>
        new ServiceException($"No {noun} '{name}' was found.") { Kind = FailureKind.NotFound, Code = "NotFound", Service = noun, Operation = "List" };
}
