using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

internal sealed class LightsailState(SandboxWorld world)
{
    private const int PageSize = 20;

    private readonly Regional<LightsailRegion> _regions = new();

    public SandboxWorld World { get; } = world;

    public LightsailRegion In(string region) => _regions.In(region);

    /// <summary>What every resource says of itself.</summary>
    public JsonObject New(Call call, string name, string type, string? zone = null)
    {
        if (In(call.Region).All.Any(known => known.ContainsKey(name))) throw Invalid($"Some names are already in use: {name}");
        var resource = new JsonObject
        {
            ["name"] = name,
            ["arn"] = $"arn:aws:lightsail:{call.Region}:{World.Account}:{type}/{World.NewGuid()}",
            ["supportCode"] = $"{World.Account}/{World.NewId(12, "0123456789abcdef")}",
            ["createdAt"] = World.Now.Epoch(),
            ["location"] = Location(call.Region, zone),
            ["resourceType"] = type,
            ["tags"] = new JsonArray([.. call.Json.Parts("tags").Select(tag => new JsonObject { ["key"] = tag.Need("key") }.With("value", tag.Text("value")))]),
        };
        return resource;
    }

    /// <summary>Notes what was done, and answers with it.</summary>
    public JsonObject Done(Call call, string name, string type, string operation, string status = "Succeeded")
    {
        var done = new JsonObject
        {
            ["id"] = World.NewGuid(),
            ["resourceName"] = name,
            ["resourceType"] = type,
            ["createdAt"] = World.Now.Epoch(),
            ["location"] = Location(call.Region, null),
            ["isTerminal"] = status == "Succeeded",
            ["operationType"] = operation,
            ["status"] = status,
            ["statusChangedAt"] = World.Now.Epoch(),
        };
        In(call.Region).Operations.Add(done);
        return done;
    }

    /// <exception cref="SandboxException">There is no resource of this name.</exception>
    public static JsonObject Find(SortedDictionary<string, JsonObject> among, string type, string name) =>
        among.GetValueOrDefault(name) ?? throw new SandboxException(400, "NotFoundException", $"The {type} does not exist: {name}");

    /// <summary>Takes an address or a disk off its instance.</summary>
    public static void Detach(JsonObject resource)
    {
        resource.Remove("attachedTo");
        resource["isAttached"] = false;
    }

    public static SandboxException Invalid(string message) => new(400, "InvalidInputException", message);

    public static SandboxResponse Answer(params IReadOnlyList<JsonObject> operations) =>
        Json11Service.Reply(new JsonObject { ["operations"] = JsonAnswer.List(operations) });

    /// <summary>The answer of operations that do one thing only.</summary>
    public static SandboxResponse AnswerOne(JsonObject operation) => Json11Service.Reply(new JsonObject { ["operation"] = operation.DeepClone() });

    /// <summary>A description of one resource.</summary>
    public static SandboxResponse One(string member, JsonObject resource) => Json11Service.Reply(new JsonObject { [member] = resource.DeepClone() });

    public static SandboxResponse Page(Call call, string list, IEnumerable<JsonObject> resources, string key = "name")
    {
        var page = resources.After(Marker.Open(call.Json.Text("pageToken"), "InvalidInputException"), PageSize, resource => resource.Need(key));
        return Json11Service.Reply(new JsonObject { [list] = JsonAnswer.List(page.Items) }.With("nextPageToken", Marker.Seal(page.Marker)));
    }

    private static JsonObject Location(string region, string? zone) => new() { ["availabilityZone"] = zone ?? "all", ["regionName"] = region };
}

internal sealed class LightsailRegion
{
    public SortedDictionary<string, JsonObject> Instances { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> Snapshots { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> StaticIps { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> Disks { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> KeyPairs { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, JsonObject> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);
    public List<JsonObject> Operations { get; } = [];

    /// <summary>How often somebody has looked at a snapshot that is being made.</summary>
    public Dictionary<string, int> Looks { get; } = new(StringComparer.Ordinal);

    public IEnumerable<SortedDictionary<string, JsonObject>> All => [Instances, Snapshots, StaticIps, Disks, KeyPairs, Domains];
}
