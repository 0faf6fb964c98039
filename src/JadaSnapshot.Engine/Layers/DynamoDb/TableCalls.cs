using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Calls that change something of a table, which takes one change at a time.</summary>
internal static class TableCalls
{
    public static Task<WireResponse> SendAsync(RestoreWork work, WireRequest request, CancellationToken cancel) => work.SendAsync(work.Wire(DynamoDbService.Service), request, exception => exception.Code switch
    {
        // A table of the same name is there; whatever else is in use is so for a while.
        "ResourceInUseException" => request.Operation is not ("CreateTable" or "ImportTable"),
        "LimitExceededException" or "ContinuousBackupsUnavailableException" => true,
        _ => false,
    }, cancel);

    /// <summary>Waits until the table and its indexes take the next change, and says what the table is then.</summary>
    public static async Task<JsonElement> SettleAsync(RestoreWork work, CancellationToken cancel) => await Waiting.LookAsync(
        async () => (await work.Wire(DynamoDbService.Service).SendAsync(JsonRequest.Of("DescribeTable", ("TableName", work.Name)), cancel)).Json().Member("Table"),
        table => IsActive(table, "TableStatus") && table.Items("GlobalSecondaryIndexes").All(index => IsActive(index, "IndexStatus")), work.Target.Patience, cancel);

    private static bool IsActive(JsonElement described, string status) => described.Text(status) is null or "ACTIVE";
}
