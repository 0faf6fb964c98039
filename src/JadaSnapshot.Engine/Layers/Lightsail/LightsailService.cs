using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Lightsail;

/// <summary>Lightsail on the wire (<see href="https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_Operations.html"/>).</summary>
internal static class LightsailService
{
    public static AwsService Service { get; } = new()
    {
        ServiceId = "Lightsail",
        SigningName = "lightsail",
        EndpointPrefix = "lightsail",
        Protocol = WireProtocol.Json,
        TargetPrefix = "Lightsail_20161128",
        RequestsPerSecond = 5,
    };
}
