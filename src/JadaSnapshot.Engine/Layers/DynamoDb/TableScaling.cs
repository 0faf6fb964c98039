using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.DynamoDb;

/// <summary>Puts back how a table's capacity follows its load (<see href="https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html"/>): targets first, then what acts on them.</summary>
internal static class TableScaling
{
    // What the service says of its own accord. The role is its own, and linked to it.
    private static readonly string[] Answered = ["CreationTime", "ScalableTargetARN", "PolicyARN", "ScheduledActionARN", "Alarms", "PredictedCapacity", "RoleARN"];

    private static readonly (string List, string? Name, string Put, string Delete)[] Kinds =
    [
        ("ScalableTargets", null, "RegisterScalableTarget", "DeregisterScalableTarget"),
        ("ScalingPolicies", "PolicyName", "PutScalingPolicy", "DeleteScalingPolicy"),
        ("ScheduledActions", "ScheduledActionName", "PutScheduledAction", "DeleteScheduledAction"),
    ];

    public static async Task PutAsync(RestoreWork work, CancellationToken cancel)
    {
        var scaling = work.Wire(DynamoDbService.AutoScaling);
        foreach (var (list, name, put, _) in Kinds)
        {
            var had = Items(work.Live, list, name);
            foreach (var (key, item) in Items(work.Documents, list, name))
                if (!had.TryGetValue(key, out var same) || !JsonElement.DeepEquals(Request(same), Request(item)))
                    await SendAsync(new() { Operation = put, Body = JsonText.Object(json => Write(json, item)) });
        }
        foreach (var (list, name, _, delete) in Kinds.Reverse())
        {
            var wanted = Items(work.Documents, list, name);
            foreach (var (key, item) in Items(work.Live, list, name))
                if (!wanted.ContainsKey(key))
                    await SendAsync(JsonRequest.Of(delete, [.. ((string?[])["ServiceNamespace", "ResourceId", "ScalableDimension", name]).OfType<string>().Select(member => (member, item.Text(member)))]));
        }

        Task<WireResponse> SendAsync(WireRequest request) => work.SendAsync(scaling, request, exception => exception.Code == "ConcurrentUpdateException", cancel);
    }

    private static Dictionary<string, JsonElement> Items(ResourceDocuments documents, string list, string? name) => documents.Json(TableDocuments.AutoScaling).Items(list)
        .ToDictionary(item => $"{item.Text("ResourceId")} {item.Text("ScalableDimension")} {(name is null ? "" : item.Text(name))}", StringComparer.Ordinal);

    private static JsonElement Request(JsonElement item) => JsonElement.Parse(JsonText.Object(json => Write(json, item)));

    private static void Write(Utf8JsonWriter json, JsonElement item)
    {
        foreach (var member in item.EnumerateObject())
            if (!Answered.Contains(member.Name)) json.WriteVerbatim(member.Name, member.Value);
    }
}
