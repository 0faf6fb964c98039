using System.Diagnostics;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Capture;

/// <summary>The program that is there to be killed.</summary>
internal static class Victim
{
    public static Process Start(SandboxHost host, string what, params string[] rest)
    {
        // Beside the tests' own folder: what it needs at run time is not what they need.
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "JadaSnapshot.Victim", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "JadaSnapshot.Victim.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, what, host.Endpoint, host.AccessKey, host.SecretKey, host.Region, .. rest]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
