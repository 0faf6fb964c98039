using System.Diagnostics;
using System.Text;

namespace JadaSnapshot.Pester.Tests;

/// <summary>A PowerShell that runs one test file after the other, each in a session of its own: starting and compiling are paid for once.</summary>
internal sealed class PesterLane : IDisposable
{
    private readonly string _end = $"end {Guid.NewGuid():n}";
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    public PesterLane(int sandboxes)
    {
        _process = PowerShell.Start("-File", Path.Combine(Locations.TestFolder, "Invoke-TestLane.ps1"), _end, $"{sandboxes}");
        _process.ErrorDataReceived += (_, line) => { lock (_errors) _errors.AppendLine(line.Data); };
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it can run another file.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Runs a file and gives what it said. Where the process ends with it, that is all that there is.</summary>
    public async Task<string> RunAsync(string path, string result, CancellationToken cancel)
    {
        await _process.StandardInput.WriteLineAsync($"{path}\t{result}".AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
        StringBuilder said = new();
        while (await _process.StandardOutput.ReadLineAsync(cancel) is { } line && line != _end) said.AppendLine(line);
        lock (_errors)
        {
            said.Append(_errors);
            _errors.Clear();
        }
        return said.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
