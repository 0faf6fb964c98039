using System.Management.Automation;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Writes an estate file from what it finds: sites from zones, buckets and distributions, and staging from names, prefixes and the origins of
/// distributions, each with the reason beside it. What is found is a proposal: look it through.
/// </summary>
[Cmdlet(VerbsCommon.New, "JadaEstate", SupportsShouldProcess = true)]
[OutputType(typeof(EstateFile))]
public sealed class NewJadaEstateCommand : JadaConnectedCommand
{
    /// <summary>The file to write, or the folder to write <c>jada.json</c> into; the current folder where none is given.</summary>
    [Parameter(Position = 0)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public override string? Estate { get; set; }

    /// <summary>The folder for snapshots, as it is to stand in the file: relative to it, or absolute.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Store { get; set; } = "snapshot";

    /// <summary>The Google Apps Script projects, which Google cannot list: a hashtable of names and script ids, or script ids alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? ScriptProject { get; set; }

    /// <summary>Who may open what is sealed, as it is to stand in the file: certificates (a path, a thumbprint, a subject) or KMS keys (<c>alias/…</c> or an ARN).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProtectTo { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool ReadsEstate => false;

    private protected override object? Target => Estate;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        var path = await pipeline.AskAsync(_ => PathOf(Estate ?? "."));
        if (File.Exists(path) && !Force)
            throw new UsageException("EstateFileExists", $"There is an estate file at {path} already.", "Give -Force to replace it, or another path.") { Category = ErrorCategory.ResourceExists };
        var proposal = new EstateProposal(Connection, new()
        {
            Path = path,
            Store = Store,
            ScriptProjects = ScriptProjects.Read(ScriptProject).ByName,
            ProtectTo = ProtectTo ?? [],
        });
        var document = await proposal.RunAsync(step => pipeline.Progress(new(0, "Looking at the estate", step)), problem => pipeline.Error(problem.ToErrorRecord()), cancel);
        pipeline.Progress(new(0, "Looking at the estate", "Done") { RecordType = ProgressRecordType.Completed });
        var estate = document.Require();
        var pairs = estate.Sites.Sum(site => site.Staging.Count);
        var found = $"{Count(estate.Sites.Count, "site")} and {Count(pairs, "staging pair")}";
        if (!await pipeline.ShouldProcessAsync($"Writing the estate file '{path}' with {found}.", $"Write the estate file '{path}' with {found}?")) return;
        document.Save(Force);
        pipeline.Write(estate);
    }

    private static string Count(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}
