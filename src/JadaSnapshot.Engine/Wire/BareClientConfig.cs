using System.Reflection;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace JadaSnapshot.Engine.Wire;

/// <summary>An SDK configuration with no service behind it: what the SDK reads of endpoints and proxies from environment and profiles.</summary>
internal class BareClientConfig() : ClientConfig(new Defaults())
{
    private static readonly string OwnVersion = typeof(BareClientConfig).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
    private static readonly string Agent = $"JadaSnapshot/{OwnVersion} {InternalSDKUtils.BuildUserAgentString("JadaSnapshot", OwnVersion)}";

    public override string ServiceVersion => "";

    public override string UserAgent => Agent;

    public override string RegionEndpointServiceName => ServiceId;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(ServiceURL);

    private sealed class Defaults : IDefaultConfigurationProvider
    {
        public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) =>
            new DefaultConfiguration { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };
    }
}
