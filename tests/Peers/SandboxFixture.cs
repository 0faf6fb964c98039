using JadaSnapshot.Sandbox.Hosting;
using Xunit;

[assembly: AssemblyFixture(typeof(JadaSnapshot.Peers.Tests.SandboxFixture))]

namespace JadaSnapshot.Peers.Tests;

/// <summary>A sandbox with its whole estate, for all tests to look at. A test that changes anything starts its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    public SandboxHost Sandbox { get; private set; } = null!;

    public AwsCli Aws => new(Sandbox);

    public async ValueTask InitializeAsync() => Sandbox = await StartAsync();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    public static Task<SandboxHost> StartAsync() =>
        SandboxHost.StartAsync(new() { Budgets = false, Region = "us-west-2" }, TestContext.Current.CancellationToken);

    /// <summary>The environment in which any AWS tool finds a sandbox, and nothing else.</summary>
    public static Dictionary<string, string> EnvironmentOf(SandboxHost sandbox) => new()
    {
        ["AWS_ENDPOINT_URL"] = sandbox.Endpoint,
        ["AWS_ACCESS_KEY_ID"] = sandbox.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = sandbox.SecretKey,
        ["AWS_DEFAULT_REGION"] = "us-west-2",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = Path.Combine(AppContext.BaseDirectory, "no-config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(AppContext.BaseDirectory, "no-credentials"),
        ["AWS_PAGER"] = "",
        ["PYTHONUTF8"] = "1",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["NO_PROXY"] = "127.0.0.1",
    };
}
