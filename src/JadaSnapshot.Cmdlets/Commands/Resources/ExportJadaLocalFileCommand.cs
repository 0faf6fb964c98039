using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.LocalFiles;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>
/// Exports folders and files of this machine as a snapshot has them: files, and beside them what is no file's content (modes, times, links, empty folders, what was left out
/// and why), and each git repository as a bundle. What looks like a secret is left out. AWS is not asked.
/// </summary>
[Cmdlet(VerbsData.Export, "JadaLocalFile", SupportsShouldProcess = true)]
[OutputType(typeof(LocalFileExport))]
public sealed class ExportJadaLocalFileCommand() : ExportResourceCommand(new LocalRootView())
{
    private readonly List<(string[] Paths, LocalRoot Root)> _given = [];
    private LayerOptions _options = new();

    /// <summary>The folders or files, or from the pipeline. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>What to call it; without a name it is called as the last part of its path is. Its folder is called so.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Paths below it that are wanted although <see cref="Exclude"/> leaves them out; without any such, nothing else is wanted. <c>*</c> is anything, slashes too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public string[] Include { get; set; } = [];

    /// <summary>Paths below it that are left out: <c>node_modules/*</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public string[] Exclude { get; set; } = [];

    /// <summary>Leaves out what <c>.gitignore</c> files name, as git would. It takes git.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter UseGitIgnore { get; set; }

    /// <summary>Paths below it that are kept although they look like secrets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public string[] NotSecret { get; set; } = [];

    /// <summary>Keeps what looks like a secret sealed, for whom this names: certificates as <c>Protect-CmsMessage -To</c> takes them, or KMS keys (<c>alias/…</c> or an ARN). Without it, for those whom the estate file names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ProtectTo { get; set; }

    private protected override object[]? SealTo => RecipientsOr(ProtectTo);

    private protected override LayerOptions Options => _options;

    // What was given are paths, not names to be looked for.
    private protected override string[]? Names
    {
        get
        {
            _given.Add((Path, new() { Name = Name ?? "", Path = "", Include = Include, Exclude = Exclude, UseGitIgnore = UseGitIgnore, NotSecret = NotSecret }));
            return null;
        }
    }

    private protected override async Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        var roots = new List<LocalRoot>();
        foreach (var (paths, root) in _given)
            foreach (var path in paths) roots.AddRange(await RootsAsync(path, root, pipeline));
        _options = new()
        {
            LocalRoots = LocalRoots.Distinct(roots),
            Destination = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Destination)),
            OnWarning = pipeline.Warning,
        };
        await base.RunAsync(names, pipeline, cancel);
    }

    private protected override object Result(ResourceExport export) => LocalExport.Read(export);

    private static async Task<IReadOnlyList<LocalRoot>> RootsAsync(string path, LocalRoot root, PipelineWriter pipeline)
    {
        try
        {
            var found = await pipeline.AskAsync(cmdlet => cmdlet.ExpandPath(path));
            foreach (var each in found)
                if (!System.IO.Path.Exists(each)) throw new FileNotFoundException($"There is no file or folder {each}.", each);
            return [.. found.Select(each => root with { Name = root.Name.Length > 0 ? root.Name : LocalRoots.NameOf(each), Path = each })];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            pipeline.Error(exception.ToErrorRecord(path));
            return [];
        }
    }
}
