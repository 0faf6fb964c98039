using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Layers.DynamoDb;

namespace JadaSnapshot.Commands.Resources;

/// <summary>Tells of DynamoDB tables how they are set up.</summary>
[Cmdlet(VerbsCommon.Get, "JadaTable")]
[OutputType(typeof(DynamoDbTable))]
public sealed class GetJadaTableCommand() : GetResourceCommand<DynamoDbTable>(new TableView())
{
    /// <summary>Only these tables, by name. Wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TableNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? TableName { get; set; }

    private protected override string[]? Names => TableName;
}
