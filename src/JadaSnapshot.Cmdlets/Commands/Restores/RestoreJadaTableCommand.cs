using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>Brings tables back: keys and indexes, settings, and the items where they were captured; or has DynamoDB itself import a table's items from an export in S3.</summary>
[Cmdlet(VerbsData.Restore, "JadaTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaTableCommand : RestoreResourceCommand
{
    private const int LongestImport = 86_400;

    private TableExportSource? _source;

    /// <summary>The tables, by name; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TableNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] TableName { get; set; } = [];

    /// <summary>The export in S3 (<c>s3://bucket/prefix/AWSDynamoDB/id</c>) from which DynamoDB makes the table, with its items; what else the table is set up with comes from the snapshot. What <c>Export-JadaTable -Export</c> hands out may be piped in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("S3Uri")]
    [ValidateNotNullOrEmpty]
    public string? FromExport { get; set; }

    private protected override string LayerName => DynamoDbLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["table"];

    private protected override string[] Names => TableName;

    private protected override RestoreSelection Narrow(RestoreSelection selection) =>
        FromExport is null ? selection : selection with { Wants = table => selection.Wants(table) && _source!.IsOf(table) };

    private protected override async Task<RestoreTarget> CompleteAsync(RestoreTarget target, PipelineWriter pipeline, CancellationToken cancel)
    {
        if (FromExport is null) return target;
        _source = await TableExportSource.ReadAsync(target.Connection, FromExport, cancel);
        if (!new NamePatterns(TableName).Match(_source.TableName))
            throw new UsageException("ExportOfOtherTable", $"{_source} is an export of {_source.TableName}, and {string.Join(", ", TableName)} is to be restored.", "Name the table of the export; with -Rename it comes back under another name.");
        return target with
        {
            FromExport = _source,
            OnWait = new WaitProgress(pipeline).Show,
            // How long an import takes is a question of the table's size.
            Patience = MyInvocation.BoundParameters.ContainsKey(nameof(Timeout)) ? target.Patience : TimeSpan.FromSeconds(LongestImport),
        };
    }
}
