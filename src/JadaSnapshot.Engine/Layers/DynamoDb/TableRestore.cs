using System.Runtime.InteropServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Which items are put back, and where.</summary>
internal sealed record TableRestoreOrder
{
    /// <summary>The snapshot that holds them, which was read.</summary>
    public required SnapshotSide Side { get; init; }

    /// <summary>The table as it was captured.</summary>
    public required Resource Table { get; init; }

    /// <summary>The table that they are put into; null for one of the same name.</summary>
    public string? TableName { get; init; }

    /// <summary>Its region; null for the one that they came from.</summary>
    public string? Region { get; init; }
}

/// <summary>
/// Puts the items of a table back (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html"/>), as they
/// were captured and over what is there under their keys. What else the table holds stays. To do it twice changes nothing.
/// </summary>
/// <param name="context">Who calls, and the places for batches.</param>
/// <param name="order">What is to be done.</param>
internal sealed class TableRestore(LayerContext context, TableRestoreOrder order)
{
    private const int MostItems = 25;

    // The service takes 16 MB; less keeps all that is under way in bounds.
    private const int MostBytes = 4 << 20;

    private readonly WireClient _dynamo = context.Connection.Wire(DynamoDbService.Service, order.Region ?? order.Table.Region);
    private readonly string _table = order.TableName ?? order.Table.Name;
    private long _written;

    /// <summary>The number of items that were written so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Does it; what comes back is the number of items that were written.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.IncompleteSource"/>: the snapshot does not hold them all; <see cref="StoreFault.Damaged"/>: it is not what was captured. Nothing was written.
    /// </exception>
    /// <exception cref="ServiceException">The table refuses an item, or has no capacity for it.</exception>
    public async Task<long> RunAsync(CancellationToken cancel)
    {
        var items = new TableItems(order.Side, order.Table);
        var writes = context.Transfers.NewGroup();
        await items.UseAsync(async found =>
        {
            try
            {
                foreach (var batch in Batches(found)) await writes.AddAsync(token => WriteAsync(batch, token), cancel);
            }
            finally
            {
                await writes.CompleteAsync();
            }
        }, cancel);
        return Written;
    }

    private static IEnumerable<IReadOnlyList<JsonElement>> Batches(IEnumerable<JsonElement> items)
    {
        List<JsonElement> batch = [];
        var bytes = 0;
        foreach (var item in items)
        {
            var size = JsonMarshal.GetRawUtf8Value(item).Length;
            if (batch.Count == MostItems || (batch.Count > 0 && bytes + size > MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
            batch.Add(item);
            bytes += size;
        }
        if (batch.Count > 0) yield return batch;
    }

    private async Task WriteAsync(IReadOnlyList<JsonElement> batch, CancellationToken cancel)
    {
        var request = Request(json =>
        {
            foreach (var item in batch)
            {
                json.WriteStartObject();
                json.WriteStartObject("PutRequest");
                json.WriteVerbatim("Item", item);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        });
        for (var (left, inVain) = (batch.Count, 0); ;)
        {
            JsonElement[] unprocessed = [.. (await _dynamo.SendPatientlyAsync(request, cancel)).Json().Member("UnprocessedItems").Items(_table)];
            Interlocked.Add(ref _written, left - unprocessed.Length);
            if (unprocessed.Length == 0) return;
            inVain = unprocessed.Length < left ? 1 : inVain + 1;
            if (!TableCapacity.MayHope(inVain)) throw NoCapacity();
            await TableCapacity.PauseAsync(inVain - 1, cancel);
            left = unprocessed.Length;
            request = Request(json =>
            {
                foreach (var each in unprocessed) json.WriteRawValue(JsonMarshal.GetRawUtf8Value(each), skipInputValidation: true);
            });
        }
    }

    private WireRequest Request(Action<Utf8JsonWriter> writeAll) => JsonRequest.Of("BatchWriteItem", json =>
    {
        json.WriteStartObject("RequestItems");
        json.WriteStartArray(_table);
        writeAll(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private ServiceException NoCapacity() => new($"The table {_table} took none of the items for want of capacity, through every attempt. Give it more, and run the same again.")
    {
        Kind = FailureKind.Throttled,
        Code = "ProvisionedThroughputExceededException",
        Service = "dynamodb",
        Operation = "BatchWriteItem",
    };
}
