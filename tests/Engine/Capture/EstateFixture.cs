using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>The sandbox's estate without latency or limits, shared by the tests that only read it.</summary>
public class EstateFixture : IAsyncLifetime
{
    public SandboxHost Host { get; private set; } = null!;

    public ConnectionOptions Options => OptionsFor(Host);

    public static ConnectionOptions OptionsFor(SandboxHost host) => new()
    {
        EndpointUrl = host.Endpoint,
        AccessKey = host.AccessKey,
        SecretKey = host.SecretKey,
        Region = host.Region,
        UseBudgets = false,
    };

    public async ValueTask InitializeAsync() => Host = await SandboxHost.StartAsync(new() { Budgets = false });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
    }
}
