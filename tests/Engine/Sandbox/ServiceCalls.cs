using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Sandbox;

/// <summary>Calls services of a sandbox, as somebody does who makes or changes something by hand.</summary>
internal static class ServiceCalls
{
    public static async Task<WireResponse> CallAsync(this SandboxHost host, AwsService service, WireRequest request, string? region = null)
    {
        using var connection = AwsConnection.Open(new() { EndpointUrl = host.Endpoint, AccessKey = host.AccessKey, SecretKey = host.SecretKey, Region = host.Region, UseBudgets = false });
        return await connection.Wire(service, region).SendAsync(request, CancellationToken.None);
    }

    /// <summary>Calls a service without a network, which is no request that the sandbox counts.</summary>
    public static async Task<JsonObject> CallAsync(this SandboxHost host, string service, string region, string method, string target, string body = "", params KeyValuePair<string, string>[] headers)
    {
        var (path, asked) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        var query = asked.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""));
        var answer = await new InProcessCaller(host.World).CallAsync(service, region, method, path, [.. query], headers, Encoding.UTF8.GetBytes(body), CancellationToken.None);
        return answer.Body.IsEmpty || answer.Body.Span[0] != '{' ? [] : JsonNode.Parse(answer.Body.Span)!.AsObject();
    }
}
