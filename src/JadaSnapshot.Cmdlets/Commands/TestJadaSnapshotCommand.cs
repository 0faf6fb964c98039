using System.Management.Automation;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Reads every file of a snapshot again and says whether it is as it was captured.</summary>
[Cmdlet(VerbsDiagnostic.Test, "JadaSnapshot")]
[OutputType(typeof(SnapshotVerification), typeof(bool))]
public sealed class TestJadaSnapshotCommand : JadaCommand
{
    /// <summary>The folders of the snapshots. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Only true, for a snapshot that is whole, or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var folder in await pipeline.AskAsync(cmdlet => cmdlet.ExpandPath(path)))
                    await VerifyAsync(folder, pipeline, cancel);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                pipeline.Error(exception.ToErrorRecord(path));
            }
        }
    }

    private async Task VerifyAsync(string folder, PipelineWriter pipeline, CancellationToken cancel)
    {
        var progress = new VerificationProgress(SnapshotReader.Read(folder), pipeline);
        var work = SnapshotVerifier.VerifyAsync(folder, progress.Report, cancel);
        await progress.FollowAsync(work);
        var verification = await work;
        pipeline.Write(Quiet ? verification.IsWhole : verification);
    }
}
