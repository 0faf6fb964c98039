using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Lists snapshots on disk or in S3, with their status, counts and sizes.</summary>
[Cmdlet(VerbsCommon.Get, "JadaSnapshot", DefaultParameterSetName = "Store")]
[OutputType(typeof(Snapshot))]
public sealed class GetJadaSnapshotCommand : JadaConnectedCommand
{
    /// <summary>Snapshots, or stores, whose snapshots are then listed: paths, in which wildcards are allowed, or <c>s3://bucket/prefix</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The folder that holds snapshots, or <c>s3://bucket/prefix</c>; that of the estate file, or the current one, where none is given.</summary>
    [Parameter(ParameterSetName = "Store")]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>Only snapshots of these names. Wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AnySnapshotNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var names = new NamePatterns(Name);
        foreach (var path in ParameterSetName == "Path" ? Path : [Store ?? EstateFile?.Store ?? "."])
        {
            try
            {
                if (S3Place.IsMeant(path))
                {
                    await foreach (var snapshot in RemoteStore.ListAsync(Connection, path, cancel))
                        if (names.Match(snapshot.Name)) pipeline.Write(snapshot);
                    continue;
                }
                foreach (var folder in await pipeline.AskAsync(cmdlet => cmdlet.ExpandPath(path)))
                    foreach (var snapshot in At(folder).Where(snapshot => names.Match(snapshot.Name))) pipeline.Write(snapshot);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                pipeline.Error(exception.ToErrorRecord(path));
                if (ParameterSetName == "Store") return;
            }
        }
        if (ParameterSetName != "Store") return;
        var store = await pipeline.ToStoreAsync(Store ?? EstateFile?.Store ?? ".");
        names.ReportUnmatched(pipeline, name => SnapshotFinder.NotInStore(name, store));
    }

    private static IEnumerable<Snapshot> At(string folder)
    {
        try
        {
            return [SnapshotReader.Read(folder)];
        }
        catch (StoreException exception) when (exception.Fault == StoreFault.NotASnapshot && Directory.Exists(folder))
        {
            return SnapshotReader.List(folder);
        }
    }
}
