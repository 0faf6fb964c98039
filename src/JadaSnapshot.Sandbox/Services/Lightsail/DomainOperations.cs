using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>Lightsail's own DNS zones, which one region keeps for all.</summary>
internal sealed class DomainOperations(LightsailState state)
{
    private const string Home = "us-east-1";
    private const string Type = "Domain";

    private static readonly string[] RecordTypes = ["A", "AAAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetDomains", call => LightsailState.Page(call, "domains", Region(call).Domains.Values));
        operations.Add("GetDomain", call => LightsailState.One("domain", Find(call)));
        operations.Add("CreateDomain", Create);
        operations.Add("DeleteDomain", Delete);
        operations.Add("CreateDomainEntry", CreateEntry);
        operations.Add("UpdateDomainEntry", UpdateEntry);
        operations.Add("DeleteDomainEntry", DeleteEntry);
    }

    private LightsailRegion Region(Call call) => call.Region == Home
        ? state.In(Home)
        : throw LightsailState.Invalid($"Domain-related APIs are only available in the {Home} Region. Please set your Region configuration to {Home} to create, view, or edit these resources.");

    private JsonObject Find(Call call) => LightsailState.Find(Region(call).Domains, Type, call.Json.Need("domainName"));

    private SandboxResponse Create(Call call)
    {
        var (region, name) = (Region(call), call.Json.Need("domainName"));
        if (!name.Contains('.', StringComparison.Ordinal)) throw LightsailState.Invalid($"The domain name is not valid: {name}");
        var domain = state.New(call, name, Type);
        domain["domainEntries"] = new JsonArray([.. Enumerable.Range(1, 4).Select(number => Entry(new() { ["name"] = name, ["type"] = "NS", ["target"] = $"ns-{number}.awsdns-0{number}.com." }))]);
        region.Domains.Add(name, domain);
        return LightsailState.AnswerOne(state.Done(call, name, Type, "CreateDomain"));
    }

    private SandboxResponse Delete(Call call)
    {
        var name = Find(call).Need("name");
        Region(call).Domains.Remove(name);
        return LightsailState.AnswerOne(state.Done(call, name, Type, "DeleteDomain"));
    }

    private SandboxResponse CreateEntry(Call call)
    {
        var domain = Find(call);
        var entry = Asked(call, domain);
        if (domain.Parts("domainEntries").Any(known => IsSame(known, entry))) throw LightsailState.Invalid("The domain entry already exists.");
        domain.List("domainEntries")!.Add(Entry(entry));
        return LightsailState.AnswerOne(state.Done(call, domain.Need("name"), Type, "CreateDomainEntry"));
    }

    private SandboxResponse UpdateEntry(Call call)
    {
        var domain = Find(call);
        var asked = Asked(call, domain);
        var entry = FindEntry(domain, known => known.Text("id") == asked.Text("id"));
        foreach (var (name, value) in asked) entry[name] = value?.DeepClone();
        return LightsailState.Answer(state.Done(call, domain.Need("name"), Type, "UpdateDomainEntry"));
    }

    private SandboxResponse DeleteEntry(Call call)
    {
        var domain = Find(call);
        var asked = Asked(call, domain);
        domain.List("domainEntries")!.Remove(FindEntry(domain, known => asked.Text("id") is { } id ? known.Text("id") == id : IsSame(known, asked)));
        return LightsailState.AnswerOne(state.Done(call, domain.Need("name"), Type, "DeleteDomainEntry"));
    }

    private static JsonObject Asked(Call call, JsonObject domain)
    {
        var entry = call.Json.Part("domainEntry") ?? throw JsonBody.MissingMember("domainEntry");
        if (!RecordTypes.Contains(entry.Need("type"))) throw LightsailState.Invalid(Constraint.NotInSet(entry.Need("type"), "domainEntry.type", RecordTypes));
        _ = entry.Need("target");
        var (name, zone) = (entry.Need("name"), domain.Need("name"));
        if (name != zone && !name.EndsWith("." + zone, StringComparison.OrdinalIgnoreCase)) throw LightsailState.Invalid($"The entry {name} does not lie in {zone}.");
        return entry;
    }

    private JsonObject Entry(JsonObject asked)
    {
        var entry = asked.DeepClone().AsObject();
        entry["id"] = state.World.NewId(10, "0123456789");
        entry["isAlias"] ??= false;
        return entry;
    }

    private static bool IsSame(JsonObject known, JsonObject asked) =>
        known.Text("name") == asked.Text("name") && known.Text("type") == asked.Text("type") && known.Text("target") == asked.Text("target");

    private static JsonObject FindEntry(JsonObject domain, Func<JsonObject, bool> isIt) =>
        domain.Parts("domainEntries").FirstOrDefault(isIt) ?? throw new SandboxException(400, "NotFoundException", "The domain entry does not exist.");
}
