using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Ses;

/// <summary>What the two versions of the API speak of: one mail service in each region.</summary>
internal sealed class SesState
{
    private static readonly ConditionalWeakTable<SandboxWorld, SesState> Shared = [];

    private readonly Dictionary<string, MailRegion> _regions = new(StringComparer.Ordinal);

    private SesState(SandboxWorld world) => World = world;

    public SandboxWorld World { get; }

    public Lock Gate { get; } = new();

    public static SesState Of(SandboxWorld world) => Shared.GetValue(world, static world => new SesState(world));

    public MailRegion In(string region)
    {
        if (!_regions.TryGetValue(region, out var found)) _regions.Add(region, found = new MailRegion());
        return found;
    }
}

internal sealed class MailRegion
{
    public SortedDictionary<string, Identity> Identities { get; } = new(StringComparer.OrdinalIgnoreCase);
    public SortedDictionary<string, Template> Templates { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, Template> VerificationTemplates { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ConfigurationSet> ConfigurationSets { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ContactList> ContactLists { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, ReceiptRuleSet> RuleSets { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, XElement> Filters { get; } = new(StringComparer.Ordinal);
    public string? ActiveRuleSet { get; set; }
    public JsonObject Account { get; } = new()
    {
        ["DedicatedIpAutoWarmupEnabled"] = true,
        ["EnforcementStatus"] = "HEALTHY",
        ["ProductionAccessEnabled"] = true,
        ["SendQuota"] = new JsonObject { ["Max24HourSend"] = 50000.0, ["MaxSendRate"] = 14.0, ["SentLast24Hours"] = 0.0 },
        ["SendingEnabled"] = true,
        ["SuppressionAttributes"] = new JsonObject { ["SuppressedReasons"] = new JsonArray("BOUNCE", "COMPLAINT") },
        ["VdmAttributes"] = new JsonObject { ["VdmEnabled"] = "DISABLED" },
    };
}

/// <summary>Who mail is sent by: a domain or an address.</summary>
internal sealed class Identity
{
    public required string Name { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>Whether the owner of an address has followed the link in the mail to it.</summary>
    public bool IsConfirmed { get; set; }

    public bool SignsWithDkim { get; set; } = true;

    /// <summary>The selector of the owner's own key; null where SES makes the keys.</summary>
    public string? DkimSelector { get; set; }

    public string DkimKeyLength { get; set; } = "RSA_2048_BIT";
    public bool ForwardsFeedback { get; set; } = true;
    public string? MailFromDomain { get; set; }
    public string MailFromBehavior { get; set; } = "USE_DEFAULT_VALUE";
    public string? ConfigurationSet { get; set; }
    public SortedDictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>The topic that is told of each kind of event (<c>Bounce</c>), and whether it is told the headers.</summary>
    public Dictionary<string, string> Topics { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, bool> TopicHeaders { get; } = new(StringComparer.Ordinal);

    public bool IsDomain => !Name.Contains('@', StringComparison.Ordinal);
}

internal sealed record Template(JsonObject Document, DateTimeOffset Created);

internal sealed class ConfigurationSet
{
    /// <summary>The name and the options, as they were given.</summary>
    public required JsonObject Document { get; init; }
    public SortedDictionary<string, JsonObject> EventDestinations { get; } = new(StringComparer.Ordinal);
}

internal sealed class ContactList
{
    public required JsonObject Document { get; init; }
}

internal sealed class ReceiptRuleSet
{
    public required string Name { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>The rules, in the order in which they are tried.</summary>
    public List<XElement> Rules { get; } = [];
}
