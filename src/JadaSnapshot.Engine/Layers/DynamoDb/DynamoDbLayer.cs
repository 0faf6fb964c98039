using System.Runtime.CompilerServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Tables: schema and indexes, time to live, point-in-time recovery, tags (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html"/>).</summary>
public sealed class DynamoDbLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "dynamodb";

    private static readonly AwsService Service = new()
    {
        ServiceId = "DynamoDB",
        SigningName = "dynamodb",
        EndpointPrefix = "dynamodb",
        Protocol = WireProtocol.Json,
        TargetPrefix = "DynamoDB_20120810",
        JsonVersion = "1.0",
        RequestsPerSecond = 100,
    };

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var folder = $"aws-configs/dynamodb/{PathNames.FromName(resource.Region)}/{PathNames.FromName(resource.Name)}/";
        var dynamo = context.Connection.Wire(Service, resource.Region);
        return Task.WhenAll(CaptureTableAsync(), CaptureOptionAsync("DescribeTimeToLive", "time-to-live.json"), CaptureOptionAsync("DescribeContinuousBackups", "continuous-backups.json"));

        async Task CaptureTableAsync()
        {
            var answer = await dynamo.CaptureAsync(Request("DescribeTable", ("TableName", resource.Name)), sink, folder + "table.json", cancel);
            if (answer?.Json().GetProperty("Table").Text("TableArn") is not { } arn) return;
            var number = 0;
            string? next = null;
            do
            {
                var tags = await dynamo.CaptureAsync(
                    Request("ListTagsOfResource", ("ResourceArn", arn), ("NextToken", next)), sink, $"{folder}tags{(++number == 1 ? "" : "-" + number)}.json", cancel);
                next = tags?.Json().Text("NextToken");
            }
            while (next is not null);
        }

        Task CaptureOptionAsync(string operation, string file) =>
            dynamo.CaptureAsync(Request(operation, ("TableName", resource.Name)), sink, folder + file, cancel);
    }

    private async IAsyncEnumerable<Resource> DiscoverAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        var dynamo = context.Connection.Wire(Service, region);
        await foreach (var page in dynamo.PagesAsync(
            last => Request("ListTables", ("ExclusiveStartTableName", last)), answer => answer.Json().Text("LastEvaluatedTableName"), cancel))
            foreach (var table in page.Json().Items("TableNames"))
                yield return new() { Layer = LayerName, Kind = "table", Name = table.GetString()!, Id = table.GetString()!, Region = region };
    }

    private static WireRequest Request(string operation, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                if (value is not null) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return new() { Operation = operation, Body = body.ToArray() };
    }
}
