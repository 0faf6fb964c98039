using System.Diagnostics;
using System.Globalization;

namespace JadaSnapshot.Bench.Measuring;

/// <summary>What one process took.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Processor">User and system time, with the children it waited for.</param>
/// <param name="PeakMemory">The most bytes it held in memory.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record ProcessCost(TimeSpan Wall, TimeSpan Processor, long PeakMemory, string Output);

/// <summary>Runs a command as a process of its own and measures it. One at a time: the time of children is that of all of them.</summary>
internal static class ProcessMeter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<ProcessCost> RunAsync(Command command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // What the user's shell says of AWS is not for these.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;

        var before = OperatingSystem.IsWindows() ? TimeSpan.Zero : ChildTimes.Now();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.Program} did not start.");
        try
        {
            var (output, errors, peak) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel), WatchMemoryAsync(process));
            await process.WaitForExitAsync(cancel);
            var wall = clock.Elapsed;
            var processor = OperatingSystem.IsWindows() ? process.TotalProcessorTime : ChildTimes.Now() - before;
            if (process.ExitCode != 0) throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {Tail(await output)}{Tail(await errors)}");
            return new(wall, processor, await peak, await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The peak only grows, so that no more is missed than what the last moments add.</summary>
    private static async Task<long> WatchMemoryAsync(Process process)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, PeakMemory(process));
        }
        while (!await HasEndedAsync(process));
        return peak;
    }

    private static async Task<bool> HasEndedAsync(Process process)
    {
        await Task.Delay(Pause);
        return process.HasExited;
    }

    private static long PeakMemory(Process process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                process.Refresh();
                return process.PeakWorkingSet64;
            }
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan()["VmHWM:".Length..^" kB".Length], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static string Tail(string text) => text.Length <= 2000 ? text : text[^2000..];
}
