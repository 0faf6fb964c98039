using Xunit;

namespace JadaSnapshot.Peers.Tests;

public sealed class OperationTests(PeerRun run)
{
    [Theory]
    [MemberData(nameof(SandboxOperations.All), MemberType = typeof(SandboxOperations))]
    public async Task Botocore_accepts(string service, string operation)
    {
        await PeerTools.RequirePythonAsync();
        var findings = await run.FindingsAsync();
        Assert.True(findings.TryGetValue((service, operation), out var problems), $"No peer calls {operation} of {service}: add it to exercise_{service}.py.");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task Every_script_of_the_peers_runs_to_its_end()
    {
        await PeerTools.RequirePythonAsync();
        var findings = await run.FindingsAsync();
        Assert.Empty(findings.Where(finding => finding.Key.Operation == "(script)").SelectMany(finding => finding.Value));
    }
}
