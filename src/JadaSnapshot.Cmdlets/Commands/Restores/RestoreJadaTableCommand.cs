using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.DynamoDb;

namespace JadaSnapshot.Commands;

/// <summary>Brings tables back: keys and indexes, settings, and the items where they were captured.</summary>
[Cmdlet(VerbsData.Restore, "JadaTable", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreJadaTableCommand : RestoreResourceCommand
{
    /// <summary>The tables, by name; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TableNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] TableName { get; set; } = [];

    private protected override string LayerName => DynamoDbLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["table"];

    private protected override string[] Names => TableName;
}
