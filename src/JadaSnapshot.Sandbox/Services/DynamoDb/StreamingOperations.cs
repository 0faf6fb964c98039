using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.DynamoDb;

/// <summary>Kinesis data streams that are told of every change.</summary>
internal sealed class StreamingOperations(DynamoDbState state)
{
    private const string Precision = "ApproximateCreationDateTimePrecision";
    private const string Configuration = "EnableKinesisStreamingConfiguration";

    public void AddTo(OperationTable operations)
    {
        operations.Add("EnableKinesisStreamingDestination", Enable);
        operations.Add("DisableKinesisStreamingDestination", Disable);
        operations.Add("DescribeKinesisStreamingDestination", Describe);
    }

    private SandboxResponse Enable(Call call)
    {
        var (table, stream) = (state.Table(call), call.Json.Need("StreamArn"));
        if (!stream.StartsWith("arn:aws:kinesis:", StringComparison.Ordinal)) throw DynamoDbState.Invalid("Invalid StreamArn");
        var precision = call.Json.Part(Configuration)?.Text(Precision) ?? "MILLISECOND";
        if (!table.Streams.TryAdd(stream, precision)) throw new SandboxException(400, "ResourceInUseException", $"Table is already enabled as a destination: {stream}");
        return Changed(table, stream, "ENABLING", new JsonObject { [Precision] = precision });
    }

    private SandboxResponse Disable(Call call)
    {
        var (table, stream) = (state.Table(call), call.Json.Need("StreamArn"));
        if (!table.Streams.Remove(stream)) throw new SandboxException(400, "ResourceNotFoundException", $"Requested resource not found: Table: {table.Name} has no streaming destination {stream}");
        return Changed(table, stream, "DISABLING", null);
    }

    private SandboxResponse Describe(Call call)
    {
        var table = state.Table(call);
        return DynamoDbState.Answer(new JsonObject
        {
            ["TableName"] = table.Name,
            ["KinesisDataStreamDestinations"] = new JsonArray([.. table.Streams.Select(stream => new JsonObject
            {
                ["StreamArn"] = stream.Key,
                ["DestinationStatus"] = "ACTIVE",
                [Precision] = stream.Value,
            })]),
        });
    }

    private static SandboxResponse Changed(Table table, string stream, string status, JsonObject? configuration) => DynamoDbState.Answer(
        new JsonObject { ["TableName"] = table.Name, ["StreamArn"] = stream, ["DestinationStatus"] = status }.With(Configuration, configuration));
}
