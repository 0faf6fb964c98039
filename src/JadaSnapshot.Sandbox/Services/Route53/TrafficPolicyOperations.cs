using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Traffic policies and their versions.</summary>
internal sealed class TrafficPolicyOperations(Route53State state)
{
    private const int MostItems = 100;

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateTrafficPolicy", "POST /2013-04-01/trafficpolicy", Create);
        operations.Add("CreateTrafficPolicyVersion", "POST /2013-04-01/trafficpolicy/{Id}", CreateVersion);
        operations.Add("GetTrafficPolicy", "GET /2013-04-01/trafficpolicy/{Id}/{Version}", call => Route53Answer.Of(call, Find(call).Render()));
        operations.Add("UpdateTrafficPolicyComment", "POST /2013-04-01/trafficpolicy/{Id}/{Version}", UpdateComment);
        operations.Add("DeleteTrafficPolicy", "DELETE /2013-04-01/trafficpolicy/{Id}/{Version}", Delete);
        operations.Add("ListTrafficPolicies", "GET /2013-04-01/trafficpolicies", List);
        operations.Add("ListTrafficPolicyVersions", "GET /2013-04-01/trafficpolicies/{Id}/versions", ListVersions);
    }

    private List<TrafficPolicy> Versions(string id) => state.TrafficPolicies.GetValueOrDefault(id) ?? throw TrafficPolicy.Missing();

    private TrafficPolicy Find(Call call) => state.TrafficPolicy(call.Label("Id"), call.Label("Version"));

    private SandboxResponse Create(Call call)
    {
        var asked = call.Xml.Named("CreateTrafficPolicyRequest");
        var policy = Read(asked, state.World.NewGuid(), 1, asked.Need("Name", Route53Errors.InvalidInputCode));
        if (state.TrafficPolicies.Values.Any(versions => versions[0].Name == policy.Name)) throw new SandboxException(409, "TrafficPolicyAlreadyExists", "A traffic policy that has the same value for Name already exists.");
        state.TrafficPolicies.Add(policy.Id, [policy]);
        return Created(call, policy);
    }

    private SandboxResponse CreateVersion(Call call)
    {
        var versions = Versions(call.Label("Id"));
        var policy = Read(call.Xml.Named("CreateTrafficPolicyVersionRequest"), versions[0].Id, versions[^1].Version + 1, versions[0].Name);
        versions.Add(policy);
        return Created(call, policy);
    }

    private static TrafficPolicy Read(XElement asked, string id, int version, string name)
    {
        var document = asked.Need("Document", Route53Errors.InvalidInputCode);
        try
        {
            var type = (string?)JsonNode.Parse(document)?["RecordType"] ?? throw TrafficPolicy.Invalid();
            return new(id, version, name, type, document) { Comment = asked.Text("Comment") };
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw TrafficPolicy.Invalid();
        }
    }

    private static SandboxResponse Created(Call call, TrafficPolicy policy) =>
        Route53Answer.Created(call, $"https://route53.amazonaws.com/2013-04-01/trafficpolicy/{policy.Id}/{policy.Version}", policy.Render());

    private SandboxResponse UpdateComment(Call call)
    {
        var policy = Find(call);
        policy.Comment = call.Xml.Named("UpdateTrafficPolicyCommentRequest").Need("Comment", Route53Errors.InvalidInputCode);
        return Route53Answer.Of(call, policy.Render());
    }

    private SandboxResponse Delete(Call call)
    {
        var policy = Find(call);
        if (state.TrafficPolicyInstances.Values.Any(instance => instance.Policy == policy)) throw new SandboxException(400, "TrafficPolicyInUse", "One or more traffic policy instances were created by using the specified traffic policy.");
        var versions = Versions(policy.Id);
        versions.Remove(policy);
        if (versions.Count == 0) state.TrafficPolicies.Remove(policy.Id);
        return Route53Answer.Of(call);
    }

    private SandboxResponse List(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var page = state.TrafficPolicies.From(call.Query("trafficpolicyid"), size, policy => policy.Key);
        return Route53Answer.Of(call,
            new XElement("TrafficPolicySummaries", page.Items.Select(policy => new XElement("TrafficPolicySummary",
                new XElement("Id", policy.Key),
                new XElement("Name", policy.Value[0].Name),
                new XElement("Type", policy.Value[^1].Type),
                new XElement("LatestVersion", policy.Value[^1].Version),
                new XElement("TrafficPolicyCount", policy.Value.Count)))),
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("TrafficPolicyIdMarker", page.Marker),
            new XElement("MaxItems", size));
    }

    private SandboxResponse ListVersions(Call call)
    {
        var size = Route53Answer.PageSize(call, MostItems);
        var page = Versions(call.Label("Id")).From(call.Query("trafficpolicyversion")?.PadLeft(4, '0'), size, policy => policy.Version.ToString("D4", CultureInfo.InvariantCulture));
        return Route53Answer.Of(call,
            new XElement("TrafficPolicies", page.Items.Select(policy => policy.Render())),
            new XElement("IsTruncated", page.Marker is not null),
            page.Marker is null ? null : new XElement("TrafficPolicyVersionMarker", page.Marker.TrimStart('0')),
            new XElement("MaxItems", size));
    }
}

internal sealed record TrafficPolicy(string Id, int Version, string Name, string Type, string Document)
{
    public string? Comment { get; set; }

    public XElement Render() => new("TrafficPolicy",
        new XElement("Id", Id), new XElement("Version", Version), new XElement("Name", Name), new XElement("Type", Type),
        new XElement("Document", Document), Comment is null ? null : new XElement("Comment", Comment));

    public static SandboxException Missing() => new(404, "NoSuchTrafficPolicy", "No traffic policy exists with the specified ID.");

    public static SandboxException Invalid() => new(400, "InvalidTrafficPolicyDocument", "The format of the traffic policy document that you specified in the Document element is not valid.");
}
