using System.Net;
using Amazon.Runtime;

namespace JadaSnapshot.Engine.Wire;

/// <summary>One connection pool for every service. Proxies are taken from the environment, as .NET reads them, but never for this machine.</summary>
internal sealed class WireHttpClientFactory : HttpClientFactory
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly SocketsHttpHandler Pool = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = LoopbackBypass.OfEnvironment,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    };

    public static WireHttpClientFactory Instance { get; } = new();

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(Pool, disposeHandler: false) { Timeout = Patience };

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => nameof(WireHttpClientFactory);
}
