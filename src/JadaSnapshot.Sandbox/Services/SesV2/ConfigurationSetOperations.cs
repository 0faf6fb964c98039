using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed partial class ConfigurationSetOperations(SesState state)
{
    private const string Sets = "/v2/email/configuration-sets";

    /// <summary>The groups of options; each is put at a path of its own, and those of the deliverability manager within a member of their name.</summary>
    private static readonly (string Group, string Path)[] Options =
    [
        ("TrackingOptions", "tracking-options"), ("DeliveryOptions", "delivery-options"), ("ReputationOptions", "reputation-options"),
        ("SendingOptions", "sending"), ("SuppressionOptions", "suppression-options"), ("VdmOptions", "vdm-options"), ("ArchivingOptions", "archiving-options"),
    ];

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListConfigurationSets", $"GET {Sets}", call =>
            SesV2Answer.Listing(call, "ConfigurationSets", state.In(call.Region).ConfigurationSets.Keys, name => name, name => name));
        operations.Add("GetConfigurationSet", $"GET {Sets}/{{ConfigurationSetName}}", call => JsonAnswer.Of(Find(state, call).Document.DeepClone()));
        operations.Add("CreateConfigurationSet", $"POST {Sets}", Create);
        operations.Add("DeleteConfigurationSet", $"DELETE {Sets}/{{ConfigurationSetName}}", Delete);
        foreach (var (group, path) in Options)
            operations.Add($"PutConfigurationSet{group}", $"PUT {Sets}/{{ConfigurationSetName}}/{path}", call => Put(call, group));
    }

    /// <exception cref="SandboxException">There is no such configuration set.</exception>
    public static ConfigurationSet Find(SesState state, Call call) => Find(state.In(call.Region), call.Label("ConfigurationSetName"));

    /// <exception cref="SandboxException">There is no such configuration set.</exception>
    public static ConfigurationSet Find(MailRegion region, string name) => region.ConfigurationSets.GetValueOrDefault(name) ?? throw SesV2Answer.NotFound("Configuration set", name);

    private SandboxResponse Create(Call call)
    {
        var name = call.Json.Need("ConfigurationSetName");
        if (!NamePattern().IsMatch(name)) throw SesV2Answer.Bad($"Invalid configuration set name <{name}>: only alphanumeric ASCII characters, '_', and '-' are allowed.");
        var document = new JsonObject
        {
            ["ConfigurationSetName"] = name,
            ["DeliveryOptions"] = new JsonObject { ["TlsPolicy"] = "OPTIONAL" },
            ["ReputationOptions"] = new JsonObject { ["ReputationMetricsEnabled"] = false },
            ["SendingOptions"] = new JsonObject { ["SendingEnabled"] = true },
            ["Tags"] = new JsonArray(),
        };
        foreach (var (member, value) in call.Json) document[member] = value?.DeepClone();
        return state.In(call.Region).ConfigurationSets.TryAdd(name, new ConfigurationSet { Document = document }) ? SesV2Answer.Empty : throw SesV2Answer.Exists("Configuration set", name);
    }

    private SandboxResponse Put(Call call, string group)
    {
        Find(state, call).Document[group] = (call.Json.Part(group) ?? call.Json).DeepClone();
        return SesV2Answer.Empty;
    }

    private SandboxResponse Delete(Call call)
    {
        var region = state.In(call.Region);
        var name = Find(state, call).Document.Need("ConfigurationSetName");
        region.ConfigurationSets.Remove(name);
        foreach (var identity in region.Identities.Values.Where(identity => identity.ConfigurationSet == name)) identity.ConfigurationSet = null;
        return SesV2Answer.Empty;
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();
}
