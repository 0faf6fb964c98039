using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Reads the estate file: sites with their staging, script projects, local roots, and what snapshots hold. Nobody is called.</summary>
[Cmdlet(VerbsCommon.Get, "JadaEstate")]
[OutputType(typeof(EstateFile))]
public sealed class GetJadaEstateCommand : JadaEstateCommand
{
    /// <summary>The estate file, or the folder that it lies in. Without it, the nearest <c>jada.json</c> in the current folder or above it is read.</summary>
    [Parameter(Position = 0)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public override string? Estate { get; set; }

    private protected override object? Target => Estate;

    private protected override Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        pipeline.Write(EstateFile ?? throw NotFound());
        return Task.CompletedTask;
    }

    internal static UsageException NotFound() =>
        new("EstateFileNotFound", $"There is no {EstateDocument.FileName} in the current folder or above it.", "Name one by -Estate, or have New-JadaEstate write one.") { Category = ErrorCategory.ObjectNotFound };
}
