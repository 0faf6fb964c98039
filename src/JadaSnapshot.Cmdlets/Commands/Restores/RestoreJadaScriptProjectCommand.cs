using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Connections;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Commands;

/// <summary>
/// Brings Google Apps Script projects back: the files, and what each deployment shows, under the id that it has. Or moves a deployment back to an earlier version,
/// which its users see at once, while the files stay as they are.
/// </summary>
[Cmdlet(VerbsData.Restore, "JadaScriptProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = SnapshotSet)]
[OutputType(typeof(RestoreResult), ParameterSetName = [SnapshotSet])]
[OutputType(typeof(ScriptDeployment), ParameterSetName = [VersionSet])]
public sealed class RestoreJadaScriptProjectCommand : RestoreResourceCommand
{
    private const string SnapshotSet = "Snapshot";
    private const string VersionSet = "Version";

    /// <summary>The projects, by the names that they have in the snapshot, or by script id; wildcards are allowed. With <c>-Version</c> by the names of the estate file, or by script id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ScriptId", "Id")]
    [ArgumentCompleter(typeof(ScriptProjectNames))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SnapshotSet)]
    [ArgumentCompleter(typeof(SnapshotNames))]
    [ValidateNotNullOrEmpty]
    public override string Snapshot { get; set; } = "";

    /// <summary>The version to move the deployment to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VersionSet)]
    [Alias("VersionNumber")]
    [ValidateRange(1, int.MaxValue)]
    public int Version { get; set; }

    /// <summary>The deployment to move, where the project has several.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ValidateNotNullOrEmpty]
    public string? DeploymentId { get; set; }

    private protected override string LayerName => AppsScriptLayer.LayerName;

    private protected override IReadOnlyList<string> Kinds => ["script-project"];

    private protected override string[] Names => Name;

    private protected override async Task ProcessAsync(PipelineWriter pipeline, CancellationToken cancel)
    {
        if (ParameterSetName == SnapshotSet)
        {
            await base.ProcessAsync(pipeline, cancel);
            return;
        }
        using var google = GoogleConnection.Open(LayerOptions.Google);
        foreach (var (name, scriptId) in Projects()) await MoveAsync(new(google, scriptId), name, pipeline, cancel);
    }

    private IReadOnlyDictionary<string, string> Projects()
    {
        var projects = new ScriptProjects();
        var declared = EstateFile?.ScriptProjects;
        List<string> chosen = [];
        foreach (var name in Name)
            chosen.AddRange(WildcardPattern.ContainsWildcardCharacters(name) ? declared?.Keys.Where(new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch) ?? [] : [name]);
        projects.Add([.. chosen], null, declared);
        return projects.ByName;
    }

    private async Task MoveAsync(ScriptDeployments project, string name, PipelineWriter pipeline, CancellationToken cancel)
    {
        var deployments = await project.ListAsync(cancel);
        var chosen = deployments.Where(deployment => DeploymentId is null || deployment.DeploymentId == DeploymentId).ToList();
        if (chosen.Count == 0) throw new UsageException("DeploymentMissing", $"The script project '{name}' has no deployment{(DeploymentId is null ? " of a version" : $" {DeploymentId}")}.", "Get-JadaScriptProject shows what it has.") { Category = ErrorCategory.ObjectNotFound };
        if (chosen.Count > 1) throw new UsageException("DeploymentOfSeveral", $"The script project '{name}' has several deployments: {string.Join(", ", chosen.Select(each => $"{each} ({each.Description})"))}.", "Say which by -DeploymentId.");
        if (chosen[0].VersionNumber == Version)
        {
            pipeline.Information($"{name}: the deployment {chosen[0].DeploymentId} shows version {Version} already.");
            return;
        }
        if (!(await project.VersionsAsync(cancel)).Contains(Version)) throw new UsageException("VersionMissing", $"The script project '{name}' has no version {Version}.", "Get-JadaScriptProject shows what it has; restore it from a snapshot where the version is gone.") { Category = ErrorCategory.ObjectNotFound };
        var what = $"Move the deployment {chosen[0].DeploymentId} of {name} from version {chosen[0].VersionNumber} to version {Version}";
        if (await pipeline.ShouldProcessAsync(what, what + "?")) pipeline.Write(await project.MoveAsync(chosen[0].DeploymentId, Version, cancel));
    }
}
