using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sandbox;

/// <summary>A sandbox without an estate, and a client that may call it.</summary>
internal sealed class RunningSandbox(SandboxHost host) : IAsyncDisposable
{
    public SandboxHost Host { get; } = host;
    public SandboxClient Client { get; } = new(host);

    public static Task<RunningSandbox> StartAsync() => StartAsync(new());

    public static async Task<RunningSandbox> StartAsync(SandboxOptions options) =>
        new(await SandboxHost.StartAsync(options with { Estate = SandboxEstate.Empty }, TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
