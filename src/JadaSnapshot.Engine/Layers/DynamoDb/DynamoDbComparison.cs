using JadaSnapshot.Engine.Compare;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Tables: how much is in them moves, and the items, where they were captured, are not compared; the create request is derived from the description.</summary>
internal sealed class DynamoDbComparison : ILayerComparison
{
    public string Layer => DynamoDbLayer.LayerName;

    public IReadOnlyList<string> NotCompared => ["create-table.json", "data/*", "manifest-files.*", "manifest-summary.*"];

    public IReadOnlyList<string> Moving =>
    [
        "ItemCount", "TableSizeBytes", "IndexSizeBytes", "LatestRestorableDateTime", "EarliestRestorableDateTime", "LastIncreaseDateTime", "LastDecreaseDateTime", "NumberOfDecreasesToday", "LastUpdateToPayPerRequestDateTime",
        // Of automatic scaling: ids that the service gives, and alarms that it makes.
        "CreationTime", "ScalableTargetARN", "PolicyARN", "ScheduledActionARN", "Alarms",
    ];
}
