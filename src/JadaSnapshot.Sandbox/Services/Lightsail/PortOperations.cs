using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lightsail;

/// <summary>The firewall of an instance.</summary>
internal sealed class PortOperations(LightsailState state)
{
    /// <summary>What tells two rules apart.</summary>
    private static readonly string[] Members = ["fromPort", "toPort", "protocol"];

    private static readonly string[] Protocols = ["tcp", "all", "udp", "icmp", "icmpv6"];

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetInstancePortStates", GetStates);
        operations.Add("PutInstancePublicPorts", Put);
        operations.Add("OpenInstancePublicPorts", call => Change(call, opens: true));
        operations.Add("CloseInstancePublicPorts", call => Change(call, opens: false));
    }

    public static JsonObject Open(long from, long to, string protocol, JsonObject? asked = null)
    {
        List<string> cidrs = asked?.List("cidrs") is null ? ["0.0.0.0/0"] : [.. asked.Texts("cidrs")];
        return new()
        {
            ["fromPort"] = from,
            ["toPort"] = to,
            ["protocol"] = protocol,
            ["accessFrom"] = cidrs.Contains("0.0.0.0/0") ? "Anywhere (0.0.0.0/0)" : "Custom",
            ["accessType"] = cidrs.Contains("0.0.0.0/0") ? "public" : "private",
            ["commonName"] = "",
            ["accessDirection"] = "inbound",
            ["cidrs"] = JsonAnswer.List(cidrs),
            ["ipv6Cidrs"] = JsonAnswer.List(asked is null ? [] : asked.Texts("ipv6Cidrs")),
            ["cidrListAliases"] = new JsonArray(),
        };
    }

    private SandboxResponse Put(Call call)
    {
        var instance = Instance(call);
        if (call.Json.List("portInfos") is null) throw JsonBody.MissingMember("portInfos");
        var ports = new JsonArray();
        foreach (var asked in call.Json.Parts("portInfos")) ports.Add(Asked(asked));
        (instance.Part("networking") ?? [])["ports"] = ports;
        return LightsailState.AnswerOne(state.Done(call, instance.Need("name"), InstanceOperations.Type, "PutInstancePublicPorts"));
    }

    private SandboxResponse Change(Call call, bool opens)
    {
        var instance = Instance(call);
        var port = Asked(call.Json.Part("portInfo") ?? throw JsonBody.MissingMember("portInfo"));
        var ports = (instance.Part("networking") ?? []).List("ports") ?? [];
        foreach (var known in ports.OfType<JsonObject>().Where(known => Members.All(member => JsonNode.DeepEquals(known[member], port[member]))).ToList()) ports.Remove(known);
        if (opens) ports.Add(port);
        return LightsailState.AnswerOne(state.Done(call, instance.Need("name"), InstanceOperations.Type, opens ? "OpenInstancePublicPorts" : "CloseInstancePublicPorts"));
    }

    private static JsonObject Asked(JsonObject asked)
    {
        var (from, to, protocol) = (asked.Number("fromPort") ?? 0, asked.Number("toPort") ?? 0, asked.Text("protocol") ?? "tcp");
        if (from < -1 || to > 65_535 || from > to || !Protocols.Contains(protocol)) throw LightsailState.Invalid("The port range or the protocol is not valid.");
        return Open(from, to, protocol, asked);
    }

    private SandboxResponse GetStates(Call call)
    {
        var ports = (Instance(call).Part("networking") ?? []).Parts("ports").Select(port => new JsonObject
        {
            ["fromPort"] = port["fromPort"]!.DeepClone(),
            ["toPort"] = port["toPort"]!.DeepClone(),
            ["protocol"] = port.Need("protocol"),
            ["state"] = "open",
            ["cidrs"] = port["cidrs"]!.DeepClone(),
            ["ipv6Cidrs"] = port["ipv6Cidrs"]!.DeepClone(),
            ["cidrListAliases"] = port["cidrListAliases"]!.DeepClone(),
        });
        return Json11Service.Reply(new JsonObject { ["portStates"] = JsonAnswer.List(ports) });
    }

    private JsonObject Instance(Call call) => LightsailState.Find(state.In(call.Region).Instances, InstanceOperations.Type, call.Json.Need("instanceName"));
}
