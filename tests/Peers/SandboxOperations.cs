using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.S3;
using JadaSnapshot.Sandbox.Services.Sts;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Every operation that the services of the sandbox say they answer.</summary>
public static class SandboxOperations
{
    public static TheoryData<string, string> All()
    {
        var world = new SandboxWorld(1, TimeProvider.System);
        world.AddServices();
        var data = new TheoryData<string, string>();
        foreach (var service in world.Services.Where(service => service is not ITokenService))
            foreach (var operation in OperationsOf(service).Order(StringComparer.Ordinal)) data.Add(service.Name, operation);
        return data;
    }

    private static IEnumerable<string> OperationsOf(ISandboxService service) => service switch
    {
        ProtocolService tabled => tabled.Operations.Names,
        S3Service s3 => s3.Operations,
        StsService => StsService.Operations,
        _ => throw new NotSupportedException($"The operations of {service.SigningName} are not known."),
    };
}
