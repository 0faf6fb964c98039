using System.Text.Json;
using Xunit;

[assembly: AssemblyFixture(typeof(JadaSnapshot.Peers.Tests.PeerRun))]

namespace JadaSnapshot.Peers.Tests;

/// <summary>One run of botocore over all operations, on a sandbox of its own, and what it found.</summary>
public sealed class PeerRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lazy<Task<Dictionary<(string Service, string Operation), IReadOnlyList<string>>>> _findings;

    public PeerRun() => _findings = new(() => Task.Run(() => RunAsync(_ended.Token)));

    public Task<Dictionary<(string Service, string Operation), IReadOnlyList<string>>> FindingsAsync() => _findings.Value;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _ended.Dispose();
    }

    private static async Task<Dictionary<(string, string), IReadOnlyList<string>>> RunAsync(CancellationToken cancel)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var script = Path.Combine(AppContext.BaseDirectory, "exercise.py");
        var result = await Tool.RunAsync("python3", [script], SandboxFixture.EnvironmentOf(sandbox), null, cancel);
        if (result.Code != 0) throw new InvalidOperationException($"{script} ends with {result.Code}: {result.Error}");

        var findings = new Dictionary<(string, string), IReadOnlyList<string>>();
        foreach (var line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var finding = JsonElement.Parse(line);
            findings.Add((finding.GetProperty("service").GetString()!, finding.GetProperty("operation").GetString()!),
                [.. finding.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)]);
        }
        return findings;
    }
}
