using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Iam;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>Where a configuration set tells what became of mail.</summary>
internal sealed class EventDestinationOperations(SesState state)
{
    private const string Destinations = "/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations";
    private const int MostDestinations = 10;
    private static readonly string[] Kinds = ["KinesisFirehoseDestination", "CloudWatchDestination", "SnsDestination", "EventBridgeDestination", "PinpointDestination"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetConfigurationSetEventDestinations", $"GET {Destinations}", call => JsonAnswer.Of(new JsonObject { ["EventDestinations"] = JsonAnswer.List(Find(call).Values) }));
        operations.Add("CreateConfigurationSetEventDestination", $"POST {Destinations}", Create);
        operations.Add("UpdateConfigurationSetEventDestination", $"PUT {Destinations}/{{EventDestinationName}}", Update);
        operations.Add("DeleteConfigurationSetEventDestination", $"DELETE {Destinations}/{{EventDestinationName}}", Delete);
    }

    private SortedDictionary<string, JsonObject> Find(Call call) => ConfigurationSetOperations.Find(state, call).EventDestinations;

    private SandboxResponse Create(Call call)
    {
        var (name, destinations) = (call.Json.Need("EventDestinationName"), Find(call));
        if (destinations.Count >= MostDestinations) throw new SandboxException(400, "LimitExceededException", "The maximum number of event destinations is reached.");
        return destinations.TryAdd(name, Read(call, name)) ? SesV2Answer.Empty : throw SesV2Answer.Exists("Event destination", name);
    }

    private SandboxResponse Update(Call call)
    {
        var (name, destinations) = (call.Label("EventDestinationName"), Find(call));
        if (!destinations.ContainsKey(name)) throw SesV2Answer.NotFound("Event destination", name);
        destinations[name] = Read(call, name);
        return SesV2Answer.Empty;
    }

    private SandboxResponse Delete(Call call)
    {
        var (name, destinations) = (call.Label("EventDestinationName"), Find(call));
        return destinations.Remove(name) ? SesV2Answer.Empty : throw SesV2Answer.NotFound("Event destination", name);
    }

    private JsonObject Read(Call call, string name)
    {
        var asked = call.Json.Part("EventDestination") ?? throw JsonBody.MissingMember("eventDestination");
        if (Kinds.Count(kind => asked.Part(kind) is not null) != 1) throw SesV2Answer.Bad("An event destination must have exactly one kind of destination.");
        if (asked.List("MatchingEventTypes") is not { Count: > 0 }) throw SesV2Answer.Bad("At least one matching event type must be specified.");
        if (asked.Part("KinesisFirehoseDestination")?.Need("IamRoleArn") is { } role && !state.World.Get<IamService>().CanAssume(role, "ses.amazonaws.com"))
            throw SesV2Answer.Bad($"Could not assume the role {role}.");
        var kept = asked.DeepClone().AsObject();
        kept["Name"] = name;
        kept["Enabled"] ??= false;
        return kept;
    }
}
