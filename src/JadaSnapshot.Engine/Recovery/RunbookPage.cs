using System.Text;
using System.Text.Json.Nodes;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>The Markdown of a runbook while it is written.</summary>
/// <param name="snapshot">The snapshot's name.</param>
internal sealed class RunbookPage(string snapshot)
{
    private readonly StringBuilder _text = new();

    /// <summary>Markdown as it stands.</summary>
    public void Add(string markdown) => _text.Append(markdown.TrimEnd()).Append("\n\n");

    /// <summary>Begins what is about one thing. Its name, and what is said of it, are taken literally.</summary>
    public void Heading(string kind, string name, string? detail = null) =>
        Add($"### {kind} {RunbookQuoting.Markdown(name)}{(detail is null ? "" : $" ({RunbookQuoting.Markdown(detail)})")}");

    /// <summary>Commands for a POSIX shell, to be pasted together.</summary>
    public void Shell(Action<ShellBlock> write)
    {
        ShellBlock block = new();
        write(block);
        if (block.Text.Length > 0) Add($"```sh\n{block.Text}```");
    }

    /// <summary>How a layer comes back by its cmdlets.</summary>
    public void Layer(string layer) => PowerShell($"Get-JadaRestorePlan -Snapshot {snapshot} -Store .. -Layer {layer} | Restore-JadaSnapshot");

    /// <summary>How one thing comes back by its cmdlet.</summary>
    public void Restore(string cmdlet, string parameter, string value) => Add($"```powershell\n{cmdlet} {RunbookQuoting.PowerShell($"-Snapshot {snapshot} -Store ..")} -{parameter} {RunbookQuoting.PowerShellArgument(value)}\n```");

    /// <summary>A command for PowerShell.</summary>
    public void PowerShell(FormattableString command) => Add($"```powershell\n{RunbookQuoting.PowerShell(command)}\n```");

    /// <summary>Files that go back by commands which are not spelt out, one a line.</summary>
    public void Hints(IEnumerable<(string Path, string Command)> hints)
    {
        List<string> lines = [.. hints.Select(hint => $"- `{hint.Path.Replace("`", "", StringComparison.Ordinal)}`: {hint.Command}\n")];
        if (lines.Count > 0) Add($"Also there, for commands of the same names:\n\n{string.Concat(lines)}");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString().TrimEnd() + "\n";
}

/// <summary>Commands for a POSIX shell.</summary>
internal sealed class ShellBlock
{
    private readonly StringBuilder _text = new();

    /// <summary>The commands so far, each ended by a line feed.</summary>
    public string Text => _text.ToString();

    /// <summary>A command; each hole becomes one word.</summary>
    public void Add(FormattableString command) => _text.Append(RunbookQuoting.Shell(command)).Append('\n');

    /// <summary>A command that reads a request from its input; those of <c>aws</c> are called by <c>request</c>.</summary>
    public void Send(JsonNode request, FormattableString command) =>
        _text.Append(RunbookQuoting.Shell(command)).Append(" <<'JSON'\n").Append(RunbookQuoting.ToJson(request)).Append("\nJSON\n");
}
