using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Puts back what hangs on a table: tags, policy, time to live, backups, streams, insights.</summary>
internal static class TableOptions
{
    public static async Task PutTagsAsync(RestoreWork work, CancellationToken cancel)
    {
        var (tags, had) = (TagsOf(work.Documents), TagsOf(work.Live));
        var arn = await ArnAsync(work, cancel);
        List<KeyValuePair<string, string>> changed = [.. tags.Where(tag => had.GetValueOrDefault(tag.Key) != tag.Value)];
        if (changed.Count > 0)
            await TableCalls.SendAsync(work, JsonRequest.Of("TagResource", json =>
            {
                json.WriteString("ResourceArn", arn);
                json.WriteStartArray("Tags");
                foreach (var (key, value) in changed)
                {
                    json.WriteStartObject();
                    json.WriteString("Key", key);
                    json.WriteString("Value", value);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }), cancel);
        List<string> gone = [.. had.Keys.Except(tags.Keys)];
        if (gone.Count > 0)
            await TableCalls.SendAsync(work, JsonRequest.Of("UntagResource", json =>
            {
                json.WriteString("ResourceArn", arn);
                json.WriteStartArray("TagKeys");
                foreach (var key in gone) json.WriteStringValue(key);
                json.WriteEndArray();
            }), cancel);
    }

    public static async Task PutPolicyAsync(RestoreWork work, CancellationToken cancel) =>
        await TableCalls.SendAsync(work, JsonRequest.Of("PutResourcePolicy", ("ResourceArn", await ArnAsync(work, cancel)), ("Policy", work.Documents.Json(TableDocuments.ResourcePolicy).Text("Policy"))), cancel);

    public static async Task RemovePolicyAsync(RestoreWork work, CancellationToken cancel) =>
        await TableCalls.SendAsync(work, JsonRequest.Of("DeleteResourcePolicy", ("ResourceArn", await ArnAsync(work, cancel))), cancel);

    public static async Task PutTimeToLiveAsync(RestoreWork work, CancellationToken cancel)
    {
        var (attribute, had) = (Attribute(work.Documents), Attribute(work.Live));
        if (attribute == had) return;
        // DynamoDB takes an hour from one to the other.
        if (had is not null) await SetAsync(false, had);
        if (attribute is not null) await SetAsync(true, attribute);

        Task SetAsync(bool enabled, string name) => TableCalls.SendAsync(work, JsonRequest.Of("UpdateTimeToLive", json =>
        {
            json.WriteString("TableName", work.Name);
            json.WriteStartObject("TimeToLiveSpecification");
            json.WriteBoolean("Enabled", enabled);
            json.WriteString("AttributeName", name);
            json.WriteEndObject();
        }), cancel);

        static string? Attribute(ResourceDocuments documents) => documents.Json(TableDocuments.TimeToLive).Member("TimeToLiveDescription") is var described && described.Text("TimeToLiveStatus") is "ENABLED" or "ENABLING" ? described.Text("AttributeName") : null;
    }

    public static Task PutBackupsAsync(RestoreWork work, CancellationToken cancel)
    {
        var recovery = work.Documents.Json(TableDocuments.ContinuousBackups).Member("ContinuousBackupsDescription").Member("PointInTimeRecoveryDescription");
        var enabled = recovery.Text("PointInTimeRecoveryStatus") == "ENABLED";
        if (work.IsNew && !enabled) return Task.CompletedTask;
        return TableCalls.SendAsync(work, JsonRequest.Of("UpdateContinuousBackups", json =>
        {
            json.WriteString("TableName", work.Name);
            json.WriteStartObject("PointInTimeRecoverySpecification");
            json.WriteBoolean("PointInTimeRecoveryEnabled", enabled);
            if (enabled) json.WriteVerbatim("RecoveryPeriodInDays", recovery.Member("RecoveryPeriodInDays"));
            json.WriteEndObject();
        }), cancel);
    }

    public static async Task PutStreamsAsync(RestoreWork work, CancellationToken cancel)
    {
        var (streams, had) = (Streams(work.Documents), Streams(work.Live));
        foreach (var (arn, stream) in had)
            if (!streams.TryGetValue(arn, out var same) || Precision(same) != Precision(stream))
                await TableCalls.SendAsync(work, JsonRequest.Of("DisableKinesisStreamingDestination", ("TableName", work.Name), ("StreamArn", arn)), cancel);
        foreach (var (arn, stream) in streams)
            if (!had.TryGetValue(arn, out var same) || Precision(same) != Precision(stream))
                await TableCalls.SendAsync(work, JsonRequest.Of("EnableKinesisStreamingDestination", json =>
                {
                    json.WriteString("TableName", work.Name);
                    json.WriteString("StreamArn", arn);
                    if (Precision(stream) is not { } precision) return;
                    json.WriteStartObject("EnableKinesisStreamingConfiguration");
                    json.WriteString("ApproximateCreationDateTimePrecision", precision);
                    json.WriteEndObject();
                }), cancel);

        static string? Precision(JsonElement stream) => stream.Text("ApproximateCreationDateTimePrecision");

        static Dictionary<string, JsonElement> Streams(ResourceDocuments documents) => documents.Json(TableDocuments.KinesisDestinations).Items("KinesisDataStreamDestinations")
            .Where(stream => stream.Text("DestinationStatus") is "ACTIVE" or "ENABLING" or "UPDATING").ToDictionary(stream => stream.Text("StreamArn")!, StringComparer.Ordinal);
    }

    public static async Task PutInsightsAsync(RestoreWork work, CancellationToken cancel)
    {
        var (insights, had) = (Insights(work.Documents), Insights(work.Live));
        foreach (var (index, mode) in insights)
            if (!had.TryGetValue(index, out var same) || same != mode) await SetAsync(index, "ENABLE", mode);
        foreach (var index in had.Keys.Except(insights.Keys)) await SetAsync(index, "DISABLE", null);

        Task SetAsync(string index, string action, string? mode) => TableCalls.SendAsync(
            work, JsonRequest.Of("UpdateContributorInsights", ("TableName", work.Name), ("IndexName", index.Length > 0 ? index : null), ("ContributorInsightsAction", action), ("ContributorInsightsMode", mode)), cancel);

        static Dictionary<string, string?> Insights(ResourceDocuments documents) => documents.Json(TableDocuments.ContributorInsights).Items("ContributorInsightsSummaries")
            .Where(each => each.Text("ContributorInsightsStatus") is "ENABLED" or "ENABLING").ToDictionary(each => each.Text("IndexName") ?? "", each => each.Text("ContributorInsightsMode"), StringComparer.Ordinal);
    }

    private static async Task<string> ArnAsync(RestoreWork work, CancellationToken cancel) => (await TableCalls.SettleAsync(work, cancel)).Text("TableArn")!;

    // Names that begin with aws: are AWS's own, and refused of others.
    private static Dictionary<string, string> TagsOf(ResourceDocuments documents) => documents.AllJson(TableDocuments.Tags).SelectMany(page => page.Items("Tags"))
        .Where(tag => tag.Text("Key")?.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) == false).ToDictionary(tag => tag.Text("Key")!, tag => tag.Text("Value") ?? "", StringComparer.Ordinal);
}
