using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Checks an estate file by itself and against what is really there, and tells of each thing that is wrong with line and column. A file with
/// nothing wrong gives nothing.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "JadaEstate")]
[OutputType(typeof(EstateFinding))]
public sealed class TestJadaEstateCommand : JadaConnectedCommand
{
    /// <summary>The estate file, or the folder that it lies in. Without it, the nearest <c>jada.json</c> in the current folder or above it is checked.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [ValidateNotNullOrEmpty]
    public override string? Estate { get; set; }

    /// <summary>Checks the file by itself, and calls nobody.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    private protected override bool ReadsEstate => false;

    private protected override object? Target => Estate;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var path = await pipeline.AskAsync(_ => FindEstate()) ?? throw GetJadaEstateCommand.NotFound();
        var document = EstateDocument.Read(path);
        foreach (var error in document.Errors) pipeline.Write(error);
        if (Offline || document.Errors.Count > 0) return;

        using var connection = Connect(document.Estate);
        await CheckRecipientsAsync(document, connection, pipeline, cancel);
        pipeline.Progress(new(0, $"Checking {path}", "Looking at what is there"));
        foreach (var finding in await new EstateCheck(connection, document).RunAsync(problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(finding);
        pipeline.Progress(new(0, $"Checking {path}", "Done") { RecordType = ProgressRecordType.Completed });
    }

    private static async Task CheckRecipientsAsync(EstateDocument document, AwsConnection connection, PipelineWriter pipeline, CancellationToken cancel)
    {
        foreach (var (index, recipient) in document.Require().ProtectTo.Index())
            try
            {
                await Recipients.ToSealersAsync([recipient], connection, pipeline, cancel);
            }
            catch (Exception exception) when (exception is UsageException or ServiceException)
            {
                pipeline.Write(document.Finding(FindingSeverity.Error, $"/protectTo/{index}", exception.Message));
            }
    }
}
