using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.DynamoDb;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class EventSourceOperations(LambdaState state)
{
    private const string Mappings = "/2015-03-31/event-source-mappings";
    private const int MostItems = 100;

    private static readonly HashSet<string> NotKept = ["FunctionName", "Enabled", "Tags"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateEventSourceMapping", $"POST {Mappings}", Create);
        operations.Add("GetEventSourceMapping", $"GET {Mappings}/{{UUID}}", call => JsonAnswer.Of(Find(call).Document.DeepClone()));
        operations.Add("ListEventSourceMappings", $"GET {Mappings}", List);
        operations.Add("UpdateEventSourceMapping", $"PUT {Mappings}/{{UUID}}", Update);
        operations.Add("DeleteEventSourceMapping", $"DELETE {Mappings}/{{UUID}}", Delete);
    }

    private EventSource Find(Call call) =>
        state.In(call.Region).EventSources.GetValueOrDefault(call.Label("UUID")) ?? throw LambdaErrors.NotFound("The resource you requested does not exist.");

    private SandboxResponse Create(Call call)
    {
        var region = state.In(call.Region);
        var (function, qualifier) = FunctionReference.Parse(state, call.Region, call.Json.Need("FunctionName")).Target(region);
        CheckSource(call.Json, region, function.ArnOf(qualifier));
        var id = state.World.NewGuid();
        var source = new EventSource
        {
            Id = id,
            Function = function,
            Document = new JsonObject { ["UUID"] = id, ["EventSourceMappingArn"] = $"{region.ArnPrefix}event-source-mapping:{id}" },
        };
        source.Document["BatchSize"] = call.Json.Text("EventSourceArn")?.Contains(":sqs:", StringComparison.Ordinal) == true ? 10 : 100;
        source.Document["MaximumBatchingWindowInSeconds"] = 0;
        TagOperations.Merge(source.Tags, call.Json.Part("Tags"));
        Apply(source, call.Json, function.ArnOf(qualifier), enabled: call.Json.Flag("Enabled") ?? true);
        source.Document["LastProcessingResult"] = "No records processed";
        region.EventSources.Add(id, source);
        return JsonAnswer.Of(source.Document.DeepClone(), 202);
    }

    private SandboxResponse Update(Call call)
    {
        var source = Find(call);
        var arn = source.Document.Need("FunctionArn");
        if (call.Json.Text("FunctionName") is { } name)
        {
            var (function, qualifier) = FunctionReference.Parse(state, call.Region, name).Target(state.In(call.Region));
            source.Function = function;
            arn = function.ArnOf(qualifier);
        }
        Apply(source, call.Json, arn, call.Json.Flag("Enabled") ?? source.Document.Text("State") == "Enabled");
        return JsonAnswer.Of(source.Document.DeepClone(), 202);
    }

    private SandboxResponse Delete(Call call)
    {
        var source = Find(call);
        state.In(call.Region).EventSources.Remove(source.Id);
        var answer = source.Document.DeepClone();
        answer["State"] = "Deleting";
        return JsonAnswer.Of(answer, 202);
    }

    private SandboxResponse List(Call call)
    {
        var function = call.Query("FunctionName") is { } name ? FunctionReference.Parse(state, call.Region, name).Function(state.In(call.Region)) : null;
        var arn = call.Query("EventSourceArn");
        var sources = state.In(call.Region).EventSources.Values.Where(source =>
            (function is null || source.Function == function) && (arn is null || source.Document.Text("EventSourceArn") == arn));
        return LambdaAnswer.Listing(call, "EventSourceMappings", sources, source => source.Id, source => source.Document.DeepClone(), MostItems);
    }

    private void Apply(EventSource source, JsonObject asked, string functionArn, bool enabled)
    {
        foreach (var (name, value) in asked)
            if (!NotKept.Contains(name)) source.Document[name] = value?.DeepClone();
        source.Document["FunctionArn"] = functionArn;
        source.Document["LastModified"] = state.World.Now.Epoch();
        source.Document["State"] = enabled ? "Enabled" : "Disabled";
        source.Document["StateTransitionReason"] = "USER_INITIATED";
    }

    private void CheckSource(JsonObject asked, LambdaRegion region, string functionArn)
    {
        if (asked.Text("EventSourceArn") is not { } arn)
        {
            if (asked.Part("SelfManagedEventSource") is null) throw LambdaErrors.InvalidParameter("Event source is required.");
            return;
        }
        if (arn.Contains(":dynamodb:", StringComparison.Ordinal) && !state.World.Get<DynamoDbService>().HasStream(arn))
            throw LambdaErrors.InvalidParameter($"Stream not found: {arn}");
        if (region.EventSources.Values.FirstOrDefault(known => known.Document.Text("EventSourceArn") == arn && known.Document.Text("FunctionArn") == functionArn) is { } same)
            throw LambdaErrors.Conflict($"An event source mapping with event source arn (\" {arn} \") and function (\" {functionArn} \") already exists. Please update or delete the existing mapping with UUID {same.Id}");
    }
}
