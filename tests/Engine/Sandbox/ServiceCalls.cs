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
}
