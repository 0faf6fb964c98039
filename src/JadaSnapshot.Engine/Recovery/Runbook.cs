using System.Text;
using JadaSnapshot.Engine.Capture;

namespace JadaSnapshot.Engine.Recovery;

/// <summary>
/// Writes <c>RECOVERY.md</c>: how to bring back what is in a snapshot, with the cmdlets and with tools that everybody has. What holds for
/// any snapshot lies in Markdown beside each layer.
/// </summary>
internal sealed class Runbook : ISnapshotSummary
{
    private const string Start = "JadaSnapshot.Engine.Recovery.Start.md";
    private const string End = "JadaSnapshot.Engine.Recovery.End.md";

    public string Path => "RECOVERY.md";

    public byte[] Write(CapturedEstate estate) => Encoding.UTF8.GetBytes(Write(RunbookSource.Of(estate)));

    /// <summary>The layers stand in the order in which they go back.</summary>
    public static string Write(RunbookSource source)
    {
        RunbookPage page = new(source.Name);
        page.Add($"# Recovery from {RunbookQuoting.Markdown(source.Name)}");
        page.Add($"This is a snapshot of the AWS account {RunbookQuoting.Markdown(source.Account)}{(source.IsPart ? ", of which a part is spoken of here" : "")}.");
        page.Add(Read(Start));
        page.Shell(shell => shell.Add($"[ \"$(aws sts get-caller-identity --query Account --output text)\" = {source.Account} ] && echo 'This is the account.' || echo 'THIS IS ANOTHER ACCOUNT'"));
        foreach (var part in RunbookParts.All.Where(part => source.Layers.Contains(part.Layer)))
        {
            if (source.IsPart && !source.Resources.Any(part.IsAbout)) continue;
            page.Add(RunbookParts.Introduction(part));
            part.Write(source, page);
        }
        page.Add(Read(End));
        page.PowerShell($"Compare-JadaSnapshot {"../" + source.Name} -Live");
        return page.ToString();
    }

    private static string Read(string text)
    {
        using var stream = typeof(Runbook).Assembly.GetManifestResourceStream(text)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
