using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports live resources of one kind: the files that a snapshot has of them, below a folder.</summary>
public abstract class ExportResourceCommand : NamedResourceCommand
{
    private readonly ResourceView _view;

    private protected ExportResourceCommand(ResourceView view) => _view = view;

    /// <summary>The folder below which each resource has the same path as in a snapshot. It is made where it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public virtual string Destination { get; set; } = "";

    /// <summary>What is asked of the layer beyond the rule.</summary>
    private protected virtual LayerOptions Options => new();

    /// <summary>Who may open what is sealed.</summary>
    private protected virtual object[]? SealTo => null;

    /// <summary>What is handed out of an export.</summary>
    private protected virtual object Result(ResourceExport export) => export;

    private protected sealed override string Noun => Words(_view.Kind);

    private protected override object? Target => Destination;

    private protected override async Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        var destination = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Destination));
        SnapshotReader.RequireOutside(destination);
        var sealers = SealTo is null ? [] : await Recipients.ToSealersAsync(SealTo, Connection, pipeline, cancel);
        var exporter = new ResourceExporter(_view.IsOfAws ? Connection : null, _view, Options with { Sealers = sealers });
        var work = ExportAsync();
        await new ResourceProgress($"Exporting: {Noun}", pipeline).FollowAsync(exporter.Progress, work);
        await work;

        async Task ExportAsync()
        {
            await foreach (var export in exporter.ExportAsync(destination, IsWantedAsync, problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(Result(export));
        }

        // What is exported along with the named resources has other names.
        async ValueTask<bool> IsWantedAsync(Resource resource) => (!_view.Kinds.Contains(resource.Kind) || names.Match(resource))
            && await pipeline.ShouldProcessAsync($"Exporting {Words(resource.Kind)} {resource.Name} to '{destination}'.", $"Export {Words(resource.Kind)} {resource.Name} to '{destination}'?");
    }
}
