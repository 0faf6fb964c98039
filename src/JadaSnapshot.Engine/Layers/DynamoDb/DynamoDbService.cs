using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>The services that know of tables, on the wire.</summary>
internal static class DynamoDbService
{
    /// <summary>
    /// DynamoDB (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html"/>), which grants
    /// an account ten calls a second of two operations. Scans and batches of items draw on the table's capacity alone.
    /// </summary>
    public static AwsService Service { get; } = new()
    {
        ServiceId = "DynamoDB",
        SigningName = "dynamodb",
        EndpointPrefix = "dynamodb",
        Protocol = WireProtocol.Json,
        TargetPrefix = "DynamoDB_20120810",
        JsonVersion = "1.0",
        RequestsPerSecond = 100,
        OperationBudgets = new Dictionary<string, double> { ["DescribeContinuousBackups"] = 10, ["ListTagsOfResource"] = 10, ["Scan"] = 3000, ["BatchWriteItem"] = 3000 },
    };

    /// <summary>Application Auto Scaling (<see href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html"/>).</summary>
    public static AwsService AutoScaling { get; } = new()
    {
        ServiceId = "Application Auto Scaling",
        SigningName = "application-autoscaling",
        EndpointPrefix = "application-autoscaling",
        Protocol = WireProtocol.Json,
        TargetPrefix = "AnyScaleFrontendService",
        RequestsPerSecond = 10,
    };
}
