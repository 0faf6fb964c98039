using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>
/// Has DynamoDB itself make a table from an export in S3, with its items and without using its capacity
/// (<see href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.HowItWorks.html"/>).
/// </summary>
internal static class TableImport
{
    // What an import can say of the table that it makes; the rest is put once it is there.
    private static readonly string[] Parameters =
        ["TableName", "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "OnDemandThroughput", "SSESpecification", "GlobalSecondaryIndexes"];

    /// <summary>The export that a table is made from; null for none.</summary>
    public static TableExportSource? SourceOf(RestoreWork work) => work.Target.FromExport is { } source && source.IsOf(work.Resource) ? source : null;

    /// <summary>The request that makes the table which a CreateTable request describes.</summary>
    public static WireRequest Request(TableExportSource source, byte[] createTable)
    {
        var table = JsonElement.Parse(createTable);
        // Of each begin a new one: for eight hours the service answers a known one with the import that it stands for, even if the table is gone.
        var token = Guid.NewGuid().ToString();
        return JsonRequest.Of("ImportTable", json =>
        {
            json.WriteString("ClientToken", token);
            json.WriteStartObject("S3BucketSource");
            json.WriteString("S3Bucket", source.Place.Bucket);
            json.WriteString("S3KeyPrefix", source.DataPrefix);
            json.WriteEndObject();
            json.WriteString("InputFormat", source.Format);
            json.WriteString("InputCompressionType", "GZIP");
            json.WriteStartObject("TableCreationParameters");
            foreach (var name in Parameters) json.WriteVerbatim(name, table.Member(name));
            json.WriteEndObject();
        });
    }

    /// <summary>What an answer says of an import.</summary>
    public static JsonElement Description(WireResponse answer) => answer.Json().Member("ImportTableDescription");

    /// <summary>What is the matter with an import that is over: what it brought is not what the export holds; null for nothing.</summary>
    public static string? Shortfall(JsonElement import, TableExportSource source)
    {
        var (imported, errors) = (import.Number("ImportedItemCount") ?? 0, import.Number("ErrorCount") ?? 0);
        return imported == source.ItemCount && errors == 0 ? null
            : $"DynamoDB imported {imported:N0} of the {source.ItemCount:N0} items of {source}, and refused {errors:N0}. Why stands in the log group {import.Text("CloudWatchLogGroupArn")} ({import.Text("ImportArn")}).";
    }

    /// <summary>How far an import is.</summary>
    public static async Task<JsonElement> DescribeAsync(RestoreWork work, string arn, CancellationToken cancel) =>
        Description(await work.Wire(DynamoDbService.Service).SendAsync(JsonRequest.Of("DescribeImport", ("ImportArn", arn)), cancel));

    /// <summary>The ARN of the import that made a table from an export, or is about to; null where there is none.</summary>
    public static async Task<string?> FindAsync(RestoreWork work, TableExportSource source, CancellationToken cancel)
    {
        var arn = TableChanges.Described(work.Live).Text("TableArn");
        for (string? token = null; ;)
        {
            var page = (await work.Wire(DynamoDbService.Service).SendAsync(JsonRequest.Of("ListImports", ("TableArn", arn), ("NextToken", token)), cancel)).Json();
            foreach (var import in page.Items("ImportSummaryList"))
                if (import.Member("S3BucketSource") is var from && from.Text("S3Bucket") == source.Place.Bucket && from.Text("S3KeyPrefix") == source.DataPrefix && import.Text("ImportStatus") is "IN_PROGRESS" or "COMPLETED") return import.Text("ImportArn");
            if ((token = page.Text("NextToken")) is null) return null;
        }
    }

    /// <summary>Waits until an import is over, and says how many items it brought.</summary>
    /// <exception cref="ServiceException">It failed, or is not over as long as patience lasts; then it goes on.</exception>
    public static async Task<long> FollowAsync(RestoreWork work, TableExportSource source, string arn, CancellationToken cancel)
    {
        Tell(0);
        var import = await Waiting.LookAsync(async () =>
        {
            var seen = await DescribeAsync(work, arn, cancel);
            Tell(seen.Number("ProcessedItemCount") ?? 0);
            return seen;
        }, seen => seen.Text("ImportStatus") is not ("IN_PROGRESS" or "CANCELLING"), work.Target.Patience, cancel);
        switch (import.Text("ImportStatus"))
        {
            case "COMPLETED": break;
            case "IN_PROGRESS": throw Failed("TimedOut", $"The import is not over after {work.Target.Patience}. It goes on: aws dynamodb describe-import --import-arn {arn}");
            case var status: throw Failed(import.Text("FailureCode") ?? "ImportFailed", $"{import.Text("FailureMessage") ?? $"DynamoDB says {status} and not why"} ({arn}).");
        }
        var count = import.Number("ImportedItemCount") ?? 0;
        if (Shortfall(import, source) is { } shortfall) work.Fail(shortfall);
        else work.Note($"DynamoDB imported {count:N0} items from {source}.");
        return count;

        void Tell(long done) => work.Target.OnWait?.Invoke(new($"DynamoDB imports {work.Name} from {source}", $"aws dynamodb describe-import --import-arn {arn}", done, source.ItemCount));
    }

    private static ServiceException Failed(string code, string message) => new(message) { Kind = FailureKind.ServiceFault, Code = code, Service = "dynamodb", Operation = "DescribeImport" };
}
