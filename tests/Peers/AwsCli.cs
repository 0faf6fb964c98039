using System.Text.Json;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>The <c>aws</c> command line, pointed at a sandbox and at nothing of its user's.</summary>
public sealed class AwsCli(SandboxHost sandbox)
{
    /// <summary>Runs a command that must succeed, and answers with what it wrote.</summary>
    public async Task<string> TextAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.Code == 0, $"aws {string.Join(' ', arguments)} ends with {result.Code}: {result.Error}{result.Output}");
        return result.Output;
    }

    /// <summary>Runs a command that must succeed, and reads its JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) => JsonElement.Parse(await TextAsync([.. arguments, "--output", "json"]));

    public async Task<ToolResult> RunAsync(params string[] arguments)
    {
        await PeerTools.RequireAwsAsync();
        return await Tool.RunAsync("aws", arguments, SandboxFixture.EnvironmentOf(sandbox), null, TestContext.Current.CancellationToken);
    }
}
