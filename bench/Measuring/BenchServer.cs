using System.Diagnostics;
using System.Text.Json;

namespace JadaSnapshot.Bench.Measuring;

/// <summary>The sandbox as a child process on loopback: it counts what it is asked, and its processor time is known.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _environment;

    private BenchServer(Process process, Dictionary<string, string> environment)
    {
        (_process, _environment) = (process, environment);
        _http = new() { BaseAddress = new(Endpoint), Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Endpoint => _environment["AWS_ENDPOINT_URL"];

    /// <summary>What a client needs to reach it, and nothing of the user's own settings.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(_environment)
    {
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
    };

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<BenchServer> StartAsync(string[] options, CancellationToken cancel)
    {
        var command = Command.Dotnet("JadaSnapshot.Sandbox.dll", options);
        var process = Process.Start(new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("The sandbox did not start.");
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line && line != "Ctrl+C ends it.")
            if (line.StartsWith("export ", StringComparison.Ordinal) && line["export ".Length..].Split('=', 2) is [var name, var value]) environment[name] = value;
        return environment.Count > 0 ? new(process, environment) : throw new InvalidOperationException("The sandbox did not say where it answers.");
    }

    /// <summary>How often each operation was called since <see cref="ForgetRequestsAsync"/>.</summary>
    public async Task<RequestCounts> CountRequestsAsync(CancellationToken cancel)
    {
        await using var page = await _http.GetStreamAsync("/_sandbox/requests", cancel);
        using var document = await JsonDocument.ParseAsync(page, default, cancel);
        return new(document.RootElement.GetProperty("counts").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt64(), StringComparer.Ordinal));
    }

    public async Task ForgetRequestsAsync(CancellationToken cancel) => (await _http.DeleteAsync("/_sandbox/requests", cancel)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>How often each operation was called.</summary>
internal sealed class RequestCounts(IReadOnlyDictionary<string, long> counts)
{
    public long Total => counts.Values.Sum();

    public override string ToString() => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value:n0} {count.Key.Split(':')[^1]}"));
}
