using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Tables with all their settings, the request that makes each again, and on demand their items.</summary>
public sealed class DynamoDbLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "dynamodb";

    private readonly TableListings _listings = new(context.Connection);

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public IAsyncEnumerable<Resource> DiscoverAsync(CancellationToken cancel) => context.InEachRegionAsync(LayerName, DiscoverAsync, cancel);

    /// <inheritdoc/>
    public Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel) =>
        new TableCapture(context.Connection.Wire(DynamoDbService.Service, resource.Region), _listings, resource, sink)
            .RunAsync(context.Options.IncludeData ? context.Transfers : null, cancel);

    private async IAsyncEnumerable<Resource> DiscoverAsync(string region, [EnumeratorCancellation] CancellationToken cancel)
    {
        var dynamo = context.Connection.Wire(DynamoDbService.Service, region);
        await foreach (var page in dynamo.PagesAsync(
            last => JsonRequest.Of("ListTables", ("ExclusiveStartTableName", last)), answer => answer.Json().Text("LastEvaluatedTableName"), cancel))
            foreach (var table in page.Json().Items("TableNames"))
                yield return new() { Layer = LayerName, Kind = TableView.TableKind, Name = table.GetString()!, Id = table.GetString()!, Region = region };
    }
}
