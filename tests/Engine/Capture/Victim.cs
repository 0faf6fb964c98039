using System.Diagnostics;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>The program that is there to be killed, by whom answers it.</summary>
internal sealed class Victim
{
    private readonly Lock _lock = new();
    private Process? _process;
    private int _calls;

    /// <summary>Starts it.</summary>
    public static Process Start(SandboxHost host, string what, params string[] rest) =>
        Start([what, host.Endpoint, host.AccessKey, host.SecretKey, host.Region, .. rest]);

    /// <summary>Starts it, to do what needs no sandbox.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        // Beside the tests' own folder: what it needs at run time is not what they need.
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "JadaSnapshot.Victim", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "JadaSnapshot.Victim.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, .. arguments]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Starts it, kills it while the call of that number is being answered, and waits until it is dead. It may have ended before.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> KillAtAsync(int call, Func<Process> start, CancellationToken cancel)
    {
        Process process;
        lock (_lock) (process, _calls) = (_process = start(), call);
        using (process)
        {
            await process.WaitForExitAsync(cancel);
            return process.ExitCode != 0;
        }
    }

    /// <summary>Is to be told of each answer.</summary>
    public void OnAnswer()
    {
        lock (_lock)
            if (--_calls == 0) _process!.Kill();
    }
}
