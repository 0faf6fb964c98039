using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Layers.DynamoDb;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Exports DynamoDB tables: their settings, the request that makes each again, and on demand their items; or has DynamoDB itself export the items to S3.</summary>
[Cmdlet(VerbsData.Export, "JadaTable", SupportsShouldProcess = true, DefaultParameterSetName = Files)]
[OutputType(typeof(ResourceExport), ParameterSetName = [Files])]
[OutputType(typeof(TableExport), ParameterSetName = [ToBucket])]
public sealed class ExportJadaTableCommand() : ExportResourceCommand(new TableView())
{
    private const string Files = "Files";
    private const string ToBucket = "Bucket";

    /// <summary>The tables, by name, or from the pipeline; all of them where none is named. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TableNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? TableName { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = Files)]
    [ValidateNotNullOrEmpty]
    public override string Destination { get; set; } = "";

    /// <summary>Exports the items as well, as they are while they are scanned. A scan uses the table's read capacity.</summary>
    [Parameter(ParameterSetName = Files)]
    public SwitchParameter IncludeData { get; set; }

    /// <summary>Has DynamoDB export the items to S3, from the table's point-in-time recovery, and waits for it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToBucket)]
    public SwitchParameter Export { get; set; }

    /// <summary>The bucket that DynamoDB exports to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToBucket)]
    [Alias("BucketName", "S3Bucket")]
    [ArgumentCompleter(typeof(BucketNames))]
    [ValidateNotNullOrEmpty]
    public string Bucket { get; set; } = "";

    /// <summary>What the keys of the export begin with.</summary>
    [Parameter(ParameterSetName = ToBucket)]
    [Alias("S3Prefix")]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>The moment at which the table is exported; now where none is given.</summary>
    [Parameter(ParameterSetName = ToBucket)]
    public DateTimeOffset? ExportTime { get; set; }

    /// <summary>How many seconds to wait for an export.</summary>
    [Parameter(ParameterSetName = ToBucket)]
    [ValidateRange(1, 86_400)]
    public int Timeout { get; set; } = 3_600;

    /// <summary>Does not wait.</summary>
    [Parameter(ParameterSetName = ToBucket)]
    public SwitchParameter NoWait { get; set; }

    private protected override string[]? Names => TableName;

    private protected override object? Target => Export ? Bucket : Destination;

    private protected override LayerOptions Options => new() { IncludeData = IncludeData };

    private protected override Task RunAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel) =>
        Export ? ExportToBucketAsync(names, pipeline, cancel) : base.RunAsync(names, pipeline, cancel);

    private async Task ExportToBucketAsync(NamePatterns names, PipelineWriter pipeline, CancellationToken cancel)
    {
        var exporter = new TableExporter(Connection);
        var work = ExportAsync();
        await new ResourceProgress($"DynamoDB is exporting to {Bucket}", pipeline).FollowAsync(exporter.Progress, work);
        await work;

        async Task ExportAsync()
        {
            var order = new TableExportOrder { Bucket = Bucket, Prefix = Prefix, ExportTime = ExportTime, Patience = NoWait ? TimeSpan.Zero : TimeSpan.FromSeconds(Timeout) };
            await foreach (var export in exporter.ExportAsync(order, IsWantedAsync, problem => pipeline.Error(problem.ToErrorRecord()), cancel)) pipeline.Write(export);
        }

        async ValueTask<bool> IsWantedAsync(Resource table) => names.Match(table)
            && await pipeline.ShouldProcessAsync($"Exporting table {table.Name} to s3://{Bucket}/{Prefix}.", $"Export table {table.Name} to s3://{Bucket}/{Prefix}?");
    }
}
