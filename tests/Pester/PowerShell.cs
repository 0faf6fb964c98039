using System.Diagnostics;

namespace JadaSnapshot.Pester.Tests;

/// <summary>Finds and starts PowerShell, as the tests want it.</summary>
internal static class PowerShell
{
    private const string Probe = "if ($PSVersionTable.PSVersion -lt '7.6') { \"only PowerShell $($PSVersionTable.PSVersion)\" } elseif (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 })) { 'no Pester 5' }";

    /// <summary>What is missing to run tests, in words; null where nothing is.</summary>
    public static async Task<string?> FindLackAsync()
    {
        if (FindOnPath("pwsh") is null) return "no pwsh on the PATH";
        using var probe = Start("-Command", Probe);
        var said = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        return probe.ExitCode != 0 ? "a pwsh that does not start" : said.Trim() is { Length: > 0 } lack ? lack : null;
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Locations.TestFolder,
        };
        start.Environment["JADA_MODULE"] = Locations.ModuleFolder;
        start.Environment["JADA_RIVALS"] = Locations.Rivals;
        start.Environment["NO_COLOR"] = "1";
        // Nothing here runs long enough to earn back what the runtime spends on profiling and on compiling a second time.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "60000";
        start.Environment["TMPDIR"] = Locations.Scratch;
        return Process.Start(start)!;
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
