using System.Diagnostics;
using System.Text;

namespace JadaSnapshot.Peers.Tests;

/// <summary>What a command ended with and wrote.</summary>
public sealed record ToolResult(int Code, string Output, string Error);

/// <summary>Runs a command in an environment of its own.</summary>
public static class Tool
{
    public static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task<ToolResult> RunAsync(
        string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? input, CancellationToken cancel, string? folder = null)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancel);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
