using System.Net;

namespace JadaSnapshot.Engine.Wire;

/// <summary>A proxy for everything but this machine, so that a sandbox on loopback is reached from behind one.</summary>
internal sealed class LoopbackBypass(IWebProxy proxy) : IWebProxy
{
    /// <summary>The proxies that the environment names.</summary>
    public static LoopbackBypass OfEnvironment { get; } = new(HttpClient.DefaultProxy);

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
