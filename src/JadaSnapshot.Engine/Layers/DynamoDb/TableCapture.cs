using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Captures one table.</summary>
internal sealed class TableCapture(WireClient dynamo, TableListings listings, Resource table, ISnapshotSink sink)
{
    private readonly string _folder = TableView.FolderOf(table);

    /// <param name="scans">The places for scans of the items; null leaves the items out.</param>
    /// <param name="cancel">Ends it.</param>
    public Task RunAsync(WorkPool? scans, CancellationToken cancel) => Task.WhenAll(
        CaptureTableAsync(scans, cancel),
        CaptureOptionAsync("DescribeTimeToLive", TableDocuments.TimeToLive, cancel),
        CaptureOptionAsync("DescribeContinuousBackups", TableDocuments.ContinuousBackups, cancel),
        CaptureOptionAsync("DescribeKinesisStreamingDestination", TableDocuments.KinesisDestinations, cancel),
        CaptureListedAsync(TableDocuments.AutoScaling, TableListing.AutoScaling, cancel),
        CaptureListedAsync(TableDocuments.ContributorInsights, [TableListing.ContributorInsights], cancel));

    private async Task CaptureTableAsync(WorkPool? scans, CancellationToken cancel)
    {
        var answer = await CaptureOptionAsync("DescribeTable", TableDocuments.Description, cancel);
        if (answer?.Json().Member("Table") is not { } description || description.Text("TableArn") is not { } arn) return;
        var policy = dynamo.CaptureAsync(
            JsonRequest.Of("GetResourcePolicy", ("ResourceArn", arn)), sink, _folder + TableDocuments.ResourcePolicy, cancel, notSet: ["PolicyNotFoundException"]);
        var tags = await CaptureTagsAsync(arn, cancel);
        var ownPolicy = (await policy)?.Json().Text("Policy");
        if (sink.Wants(_folder + TableDocuments.CreateRequest))
            await sink.WriteAsync(_folder + TableDocuments.CreateRequest, CreateTableRequest.From(description, tags, ownPolicy), cancel);
        if (scans is not null && sink.Wants(_folder + TableDocuments.Items(0)))
            await new TableScan(dynamo, scans, table.Name, description, sink, _folder).RunAsync(cancel);
    }

    private async Task<List<JsonElement>> CaptureTagsAsync(string arn, CancellationToken cancel)
    {
        List<JsonElement> tags = [];
        var number = 0;
        string? next = null;
        do
        {
            var page = await dynamo.CaptureAsync(
                JsonRequest.Of("ListTagsOfResource", ("ResourceArn", arn), ("NextToken", next)),
                sink, $"{_folder}{TableDocuments.Tags}{(++number == 1 ? "" : "-" + number)}.json", cancel);
            if (page?.Json() is not { } list) break;
            tags.AddRange(list.Items("Tags"));
            next = list.Text("NextToken");
        }
        while (next is not null);
        return tags;
    }

    private Task<WireResponse?> CaptureOptionAsync(string operation, string file, CancellationToken cancel) =>
        dynamo.CaptureAsync(JsonRequest.Of(operation, ("TableName", table.Name)), sink, _folder + file, cancel);

    /// <summary>What listings of all tables say of this one, each item as it stood there; nothing where they say nothing.</summary>
    private async Task CaptureListedAsync(string file, IReadOnlyList<TableListing> asked, CancellationToken cancel)
    {
        if (!sink.Wants(_folder + file)) return;
        try
        {
            List<(string List, IReadOnlyList<JsonElement> Items)> parts = [];
            foreach (var listing in asked) parts.Add((listing.List, await listings.OfAsync(listing, table.Region, table.Name, cancel)));
            if (parts.All(part => part.Items.Count == 0)) return;
            var document = JsonText.Object(json =>
            {
                foreach (var (list, items) in parts) json.WriteVerbatim(list, items);
            });
            await sink.WriteAsync(_folder + file, document, cancel);
        }
        catch (ServiceException exception)
        {
            sink.Report(exception.Operation, exception);
        }
    }
}
