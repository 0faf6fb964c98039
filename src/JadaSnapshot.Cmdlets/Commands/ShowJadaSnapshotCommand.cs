using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Report;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Makes the report of a snapshot, with what has changed since the one before, and opens it in the browser.</summary>
[Cmdlet(VerbsCommon.Show, "JadaSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ShowJadaSnapshotCommand : JadaConnectedCommand
{
    private const string NoReference = "none";

    /// <summary>The snapshot: its name in the store, its folder, <c>s3://bucket/prefix/v1.0</c>, or what Get-JadaSnapshot hands out. Without it, the latest one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotNames))]
    public object Snapshot { get; set; } = LatestSnapshot.Word;

    /// <summary>The store that holds snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The snapshot to compare it with: a name, a folder, an address or an object, or <c>none</c>. Without it, the newest one of the same account and store that is older.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SnapshotNames))]
    public object? ReferenceSnapshot { get; set; }

    /// <summary>The file to write, or a folder, in which it is called as the snapshot is. Without it, <c>.reports</c> in the store (of one in S3, in a folder of this machine that stands for it), where the next report of the same snapshot replaces it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out the file, and opens nothing.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? Target => Snapshot;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            using var files = await OpenSnapshotAsync(Snapshot, Store, pipeline, cancel);
            var snapshot = files.Snapshot;
            var reference = await FindReferenceAsync(snapshot, pipeline, cancel);
            var path = await FindPlaceAsync(files, pipeline);
            if (!await pipeline.ShouldProcessAsync($"Writing the report of {snapshot.Name} to '{path}'.", $"Write the report of {snapshot.Name} to '{path}'?")) return;
            pipeline.Progress(new(1, $"Report of {snapshot.Name}", reference is null ? "Reading the snapshot" : $"Comparing with {reference.Name}"));
            using var compared = await OpenReferenceAsync(reference, pipeline, cancel);
            var page = await ReportWriter.WriteAsync(files, compared, System.IO.Path.GetDirectoryName(path)!, ReferenceSnapshot is not null, cancel);
            await ReportWriter.SaveAsync(page, path, cancel);
            pipeline.Progress(new(1, $"Report of {snapshot.Name}", "Written") { RecordType = ProgressRecordType.Completed });
            Show(path, pipeline);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not UsageException)
        {
            pipeline.Error(exception.ToErrorRecord(Snapshot));
        }
    }

    private async Task<Snapshot?> FindReferenceAsync(Snapshot snapshot, PipelineWriter pipeline, CancellationToken cancel)
    {
        if ((ReferenceSnapshot is PSObject wrapped ? wrapped.BaseObject : ReferenceSnapshot) is string word && word.Equals(NoReference, StringComparison.OrdinalIgnoreCase)) return null;
        if (ReferenceSnapshot is null) return LatestSnapshot.Before(snapshot.Name, await SnapshotStores.ListAsync(snapshot.Store, () => Connection, cancel), snapshot.Account);
        var reference = await pipeline.FindSnapshotAsync(ReferenceSnapshot, Store ?? EstateFile?.Store, () => Connection, cancel);
        return reference.Path != snapshot.Path ? reference : throw new UsageException("SameSnapshot", $"{snapshot.Name} cannot be compared with itself.", "Give another -ReferenceSnapshot, or 'none'.");
    }

    private async Task<SnapshotFiles?> OpenReferenceAsync(Snapshot? reference, PipelineWriter pipeline, CancellationToken cancel)
    {
        try
        {
            return reference is null ? null : await OpenAsync(reference, pipeline, cancel);
        }
        catch (StoreException exception) when (ReferenceSnapshot is null)
        {
            pipeline.Warning($"{reference!.Name} cannot be compared: {exception.Message}");
            return null;
        }
    }

    private async Task<string> FindPlaceAsync(SnapshotFiles files, PipelineWriter pipeline)
    {
        var file = files.Snapshot.Name + ".html";
        if (Destination is null) return System.IO.Path.Combine(files.Home, ReportWriter.Folder, file);
        var path = await pipeline.AskAsync(cmdlet => cmdlet.ToFullPath(Destination));
        if (Directory.Exists(path)) path = System.IO.Path.Combine(path, file);
        SnapshotReader.RequireOutside(path);
        return Force || !File.Exists(path) ? path : throw new UsageException("ReportExists", $"There is a file at {path} already.", "Give -Force to replace it, or another path.");
    }

    private void Show(string path, PipelineWriter pipeline)
    {
        if (Destination is null && !PassThru && Viewer.IsThere && Viewer.TryOpen(path))
        {
            // What opens it may yet fail, and tells nobody.
            pipeline.Information($"The report lies at {path}");
            return;
        }
        pipeline.WriteFile(path);
    }
}
