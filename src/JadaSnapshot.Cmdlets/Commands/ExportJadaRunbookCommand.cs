using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Writes the steps that bring back what a snapshot holds, with its own names: by cmdlets, and by hand with <c>aws</c> and others.</summary>
[Cmdlet(VerbsData.Export, "JadaRunbook", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportJadaRunbookCommand : JadaConnectedCommand
{
    /// <summary>The snapshot: its name in the store, its folder, <c>s3://bucket/prefix/v1.0</c>, or what Get-JadaSnapshot hands out.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public object Snapshot { get; set; } = "";

    /// <summary>The file to write. Without it the text is handed out, as one string.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The store that holds snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The layers to tell of; all that the snapshot has where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>Only what has one of these names, ids, ARNs or aliases. Wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AnyResourceNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? Target => Snapshot;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            using var files = await OpenSnapshotAsync(Snapshot, Store, pipeline, cancel);
            var snapshot = files.Snapshot;
            var names = new NamePatterns(Name);
            var text = await RunbookWriter.WriteAsync(files, LayerNames.Resolve(Layer), Name is null ? null : names.Match, cancel);
            names.ReportUnmatched(pipeline, name => SnapshotFinder.NotInSnapshot(name, snapshot));
            if (names.IsUnmatched) return;
            if (Path is null) pipeline.Write(text);
            else await SaveAsync(snapshot, text, await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Path)), pipeline);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not UsageException)
        {
            pipeline.Error(exception.ToErrorRecord(Snapshot));
        }
    }

    private async Task SaveAsync(Snapshot snapshot, string text, string path, PipelineWriter pipeline)
    {
        SnapshotReader.RequireOutside(path);
        if (File.Exists(path) && !Force) throw new UsageException("RunbookExists", $"There is a file at {path} already.", "Give -Force to replace it, or another path.") { Category = ErrorCategory.ResourceExists };
        if (Directory.Exists(path)) throw new UsageException("PathIsFolder", $"{path} is a folder.", "Give the path of a file.");
        if (System.IO.Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        if (!await pipeline.ShouldProcessAsync($"Writing the runbook of {snapshot.Name} to '{path}'.", $"Write the runbook of {snapshot.Name} to '{path}'?")) return;
        var aside = $"{path}.{Guid.NewGuid():n}";
        try
        {
            await File.WriteAllTextAsync(aside, text);
            File.Move(aside, path, Force);
        }
        finally
        {
            File.Delete(aside);
        }
        pipeline.WriteFile(path);
    }
}
