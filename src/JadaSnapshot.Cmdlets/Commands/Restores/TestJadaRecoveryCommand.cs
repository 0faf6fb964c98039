using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Rehearses a recovery: restores a snapshot into an empty sandbox, under another account, compares what is there then with the snapshot, and says what did not come back. Nothing but the sandbox is changed.</summary>
[Cmdlet(VerbsDiagnostic.Test, "JadaRecovery")]
[OutputType(typeof(RecoveryTest))]
public sealed class TestJadaRecoveryCommand : JadaConnectedCommand
{
    /// <summary>The snapshot: its name in the store, <c>latest</c>, its folder, or <c>s3://bucket/prefix/v1.0</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public string Snapshot { get; set; } = "";

    /// <summary>The store that holds snapshots: a folder, or <c>s3://bucket/prefix</c>; that of the estate file where none is given, else the current folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The layers to rehearse; all that the snapshot has where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerNames))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <summary>How many seconds something is waited for that a service does in its own time.</summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int Timeout { get; set; } = 60;

    private protected override object? Target => Snapshot;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        using var files = await OpenSnapshotAsync(Snapshot, Store, pipeline, cancel);
        var snapshot = files.Snapshot;
        using var sandbox = await SandboxProcess.StartAsync(cancel);
        using var connection = AwsConnection.Open(new()
        {
            AccessKey = sandbox.AccessKey,
            SecretKey = sandbox.SecretKey,
            EndpointUrl = sandbox.Endpoint,
            Region = snapshot.Regions[0],
            Regions = [.. snapshot.Regions.Skip(1)],
            UseBudgets = false,
        });
        var rehearsal = new Rehearsal(files, new()
        {
            Connection = connection,
            Endpoint = sandbox.Endpoint,
            Options = new() { Google = new() { AccessToken = sandbox.GoogleToken, EndpointUrl = sandbox.Endpoint } },
            Patience = TimeSpan.FromSeconds(Timeout),
        }, LayerNames.Resolve(Layer));
        var work = rehearsal.RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel);
        await Polling.ShowAsync(pipeline, work, isOver => pipeline.Progress(new(0, $"Rehearsing {snapshot.Name}", rehearsal.Steps is { Total: > 0 } steps ? $"{steps.Done:N0} of {steps.Total:N0} steps" : "Looking at what is there")
        {
            PercentComplete = rehearsal.Steps is { Total: > 0 } all ? all.Done * 100 / all.Total : -1,
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));
        pipeline.Write(await work);
    }
}
