namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>The names of a table's files.</summary>
internal static class TableDocuments
{
    public const string Description = "table.json";
    public const string CreateRequest = "create-table.json";
    public const string TimeToLive = "time-to-live.json";
    public const string ContinuousBackups = "continuous-backups.json";
    public const string Tags = "tags";
    public const string ResourcePolicy = "resource-policy.json";
    public const string KinesisDestinations = "kinesis-destinations.json";
    public const string AutoScaling = "auto-scaling.json";
    public const string ContributorInsights = "contributor-insights.json";
    public const string ItemFiles = "manifest-files";
    public const string ItemSummary = "manifest-summary";

    public static string Items(int segment) => $"data/{segment:0000}.json.gz";
}
