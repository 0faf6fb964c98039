using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Tags of zones and health checks.</summary>
internal sealed class ZoneTagOperations(Route53State state)
{
    private const string Tags = "/2013-04-01/tags/{ResourceType}";
    private const int MostTags = 10;
    private const int MostResources = 10;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListTagsForResource", $"GET {Tags}/{{ResourceId}}", call => Route53Answer.Of(call, Render(call.Label("ResourceType"), call.Label("ResourceId"))));
        operations.Add("ListTagsForResources", $"POST {Tags}", ListMany);
        operations.Add("ChangeTagsForResource", $"POST {Tags}/{{ResourceId}}", Change);
    }

    private SortedDictionary<string, string> Find(string type, string id) => type switch
    {
        "hostedzone" => state.Zone(id).Tags,
        "healthcheck" => (state.HealthChecks.GetValueOrDefault(id) ?? throw Route53Errors.NoSuchHealthCheck(id)).Tags,
        _ => throw Route53Errors.InvalidInput(Constraint.NotInSet(type, "resourceType", ["healthcheck", "hostedzone"])),
    };

    private XElement Render(string type, string id) => new("ResourceTagSet",
        new XElement("ResourceType", type),
        new XElement("ResourceId", Route53State.Bare(id, "/hostedzone/")),
        new XElement("Tags", Find(type, id).Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))));

    private SandboxResponse ListMany(Call call)
    {
        List<string> ids = [.. call.Xml.Named("ListTagsForResourcesRequest").Element("ResourceIds")?.Elements("ResourceId").Select(id => id.Value) ?? []];
        if (ids.Count is 0 or > MostResources) throw Route53Errors.InvalidInput($"Between 1 and {MostResources} resource ids can be given.");
        return Route53Answer.Of(call, new XElement("ResourceTagSets", ids.Select(id => Render(call.Label("ResourceType"), id))));
    }

    private SandboxResponse Change(Call call)
    {
        var tags = Find(call.Label("ResourceType"), call.Label("ResourceId"));
        var asked = call.Xml.Named("ChangeTagsForResourceRequest");
        var after = new Dictionary<string, string>(tags, StringComparer.Ordinal);
        foreach (var key in asked.Element("RemoveTagKeys")?.Elements("Key") ?? []) after.Remove(key.Value);
        foreach (var tag in asked.Element("AddTags")?.Elements("Tag") ?? []) after[tag.Need("Key", Route53Errors.InvalidInputCode)] = tag.Text("Value") ?? "";
        if (after.Count > MostTags) throw Route53Errors.InvalidInput($"A resource can have at most {MostTags} tags.");
        tags.Clear();
        foreach (var (key, value) in after) tags.Add(key, value);
        return Route53Answer.Of(call);
    }
}
