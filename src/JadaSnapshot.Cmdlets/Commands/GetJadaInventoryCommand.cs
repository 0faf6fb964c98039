using System.Management.Automation;
using JadaSnapshot.Commands.Resources;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Lists everything in the live estate, a row a resource, each as soon as it is known. The script projects are those of the estate file: Google lists none.</summary>
[Cmdlet(VerbsCommon.Get, "JadaInventory")]
[OutputType(typeof(Resource))]
public sealed class GetJadaInventoryCommand : JadaConnectedCommand
{
    /// <summary>Only resources of these names. Wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(AnyResourceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The layers to list; all of them where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var names = new NamePatterns(Name);
        var estate = new EstateInventory(Connection, new() { ScriptProjects = EstateFile?.ScriptProjects ?? new Dictionary<string, string>(), LocalRoots = EstateFile?.LocalRoots ?? [] });
        await foreach (var resource in estate.ListAsync(LayerNames.Resolve(Layer), problem => pipeline.Error(problem.ToErrorRecord()), cancel))
            if (names.Match(resource.Name)) pipeline.Write(resource);
        names.ReportUnmatched(pipeline, name => NamedResourceCommand.NotThere("resource", name));
    }
}
