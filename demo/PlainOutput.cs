using Spectre.Console;

namespace JadaSnapshot.Demo;

/// <summary>Output that goes to a file or a pipe: as wide as it needs to be.</summary>
internal sealed class PlainOutput(TextWriter writer) : IAnsiConsoleOutput
{
    public TextWriter Writer { get; } = writer;

    public bool IsTerminal => false;

    public int Width => 200;

    public int Height => 80;

    public void SetEncoding(System.Text.Encoding encoding)
    {
    }
}
