using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Brings folders of this machine back: files with their permissions and times, links, and git repositories with their history. What is there and is as it was is
/// left alone, and so is what the snapshot does not have.
/// </summary>
[Cmdlet(VerbsData.Restore, "JadaLocalFile", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaLocalFileCommand : RestoreResourceCommand
{
    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);

    /// <summary>The roots, by the names that they have in the snapshot; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RootName")]
    [ArgumentCompleter(typeof(LocalRootNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>The folder that the root becomes; that where it was, or that of the estate file, where none is given. It takes a single root.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    private protected override string LayerName => LocalFilesLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["local-root"];

    private protected override string[] Names => Name;

    private protected override async Task<Func<string, string?>> LocalPathsAsync(SnapshotFiles snapshot, PipelineWriter pipeline)
    {
        if (Destination is not { } given) return _ => null;
        var names = new NamePatterns(Name);
        _roots.UnionWith(LocalRootView.In(snapshot).Where(names.Match).Select(resource => resource.Name));
        if (_roots.Count > 1) throw new UsageException("DestinationOfSeveral", $"{string.Join(", ", _roots.Order(StringComparer.Ordinal))} cannot all become {given}.", "Restore one at a time, each to a folder of its own.");
        var path = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(given));
        return _ => path;
    }
}
