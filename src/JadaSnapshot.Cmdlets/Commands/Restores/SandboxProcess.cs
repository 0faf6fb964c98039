using System.Diagnostics;
using System.Management.Automation;
using System.Text.RegularExpressions;
using JadaSnapshot.Errors;

namespace JadaSnapshot.Commands;

/// <summary>The sandbox that comes with the module, empty, as a process of its own for as long as a rehearsal takes.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    // Any number that is none of an estate's.
    private const string Account = "999999999999";

    private readonly Process _process;
    private readonly Dictionary<string, string> _settings;

    private SandboxProcess(Process process, Dictionary<string, string> settings) => (_process, _settings) = (process, settings);

    public string Endpoint => _settings["AWS_ENDPOINT_URL"];

    public string AccessKey => _settings["AWS_ACCESS_KEY_ID"];

    public string SecretKey => _settings["AWS_SECRET_ACCESS_KEY"];

    public string GoogleToken => _settings["GOOGLE_OAUTH_ACCESS_TOKEN"];

    /// <summary>Starts it, and waits until it says where it is.</summary>
    /// <exception cref="UsageException">It cannot be started.</exception>
    public static async Task<SandboxProcess> StartAsync(CancellationToken cancel)
    {
        var program = Path.Combine(Path.GetDirectoryName(typeof(SandboxProcess).Assembly.Location)!, "Sandbox", "JadaSnapshot.Sandbox.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--empty", "--no-budgets", "--account", Account, "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            throw NotStarted(exception.Message);
        }
        try
        {
            return new(process, await ReadAsync(process, cancel));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static async Task<Dictionary<string, string>> ReadAsync(Process process, CancellationToken cancel)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (Setting().Match(line) is { Success: true } setting) settings[setting.Groups[1].Value] = setting.Groups[2].Value;
            if (!line.StartsWith("Ctrl", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return settings;
        }
        throw NotStarted((await process.StandardError.ReadToEndAsync(cancel)).Trim());
    }

    private static UsageException NotStarted(string why) => new(
        "SandboxNotStarted", $"The sandbox of the rehearsal did not start: {why}",
        "It takes the .NET and ASP.NET Core runtimes, version 10 (dotnet --list-runtimes).") { Category = ErrorCategory.ResourceUnavailable };

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    [GeneratedRegex(@"^export ([A-Z0-9_]+)=(\S+)$")]
    private static partial Regex Setting();
}
