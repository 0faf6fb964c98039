using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>What Lightsail offers.</summary>
internal static class CatalogueOperations
{
    public static IReadOnlyDictionary<string, string> Blueprints { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal) { ["ubuntu_24_04"] = "Ubuntu", ["wordpress"] = "WordPress" };

    public static void AddTo(OperationTable operations)
    {
        operations.Add("GetRegions", _ => Json11Service.Reply(new JsonObject { ["regions"] = new JsonArray(Region("us-east-1", "Virginia"), Region("us-west-2", "Oregon")) }));
        operations.Add("GetBundles", call => LightsailState.Page(call, "bundles", Bundle.All.Select(bundle => bundle.Describe()), "bundleId"));
        operations.Add("GetBlueprints", call => LightsailState.Page(call, "blueprints", Blueprints.Select(blueprint => new JsonObject
        {
            ["blueprintId"] = blueprint.Key, ["name"] = blueprint.Value, ["group"] = blueprint.Key, ["type"] = "os", ["isActive"] = true, ["platform"] = "LINUX_UNIX",
        }), "blueprintId"));
    }

    private static JsonObject Region(string name, string display) => new() { ["continentCode"] = "NA", ["description"] = $"{display} ({name})", ["displayName"] = display, ["name"] = name };
}

/// <summary>A size of instance.</summary>
internal sealed record Bundle(string Id, string Name, int Processors, double MemoryGb, long DiskGb, double Price)
{
    public static IReadOnlyList<Bundle> All { get; } = [new("medium_3_0", "Medium", 2, 4, 80, 24), new("small_3_0", "Small", 2, 2, 60, 12)];

    /// <exception cref="SandboxException">There is none.</exception>
    public static Bundle Find(string id) => All.FirstOrDefault(bundle => bundle.Id == id) ?? throw LightsailState.Invalid($"The bundle does not exist: {id}");

    public JsonObject Describe() => new()
    {
        ["price"] = Price, ["cpuCount"] = Processors, ["diskSizeInGb"] = DiskGb, ["bundleId"] = Id, ["isActive"] = true, ["name"] = Name, ["ramSizeInGb"] = MemoryGb,
    };
}
