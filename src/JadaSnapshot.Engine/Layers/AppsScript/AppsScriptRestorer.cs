using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>
/// Brings script projects back: the files of what is deployed as versions, each deployment, under the id that it has, and last the files as they were.
/// A version that is still there is used; no deployment is ever deleted.
/// </summary>
internal sealed class AppsScriptRestorer : Restorer
{
    private const string Document = ScriptProjectView.Project;

    private static readonly ScriptProjectView Projects = new();

    public override string Layer => AppsScriptLayer.LayerName;

    public override IReadOnlyList<string> Kinds { get; } = [Projects.Kind];

    public override RestorePhase Phase => RestorePhase.Scripts;

    public override IReadOnlyList<RestorePart> Parts { get; } = [new("*", (work, cancel) => new ScriptRestore(work).RunAsync(cancel))];

    public override IReadOnlyList<Loss> Losses { get; } =
    [
        new(Document, "createTime", "is the time at which it was made"),
        new(Document, "creator*", "is whoever made it"),
        new(Document, "lastModifyUser*", "is whoever changed it last"),
    ];

    public override Naming Naming(string kind) => Recovery.Naming.Given;

    public override string? WhyFixed(string kind, string document, string path) => (document, path) switch
    {
        (Document, "title") => "the title is changed in Google Drive, not by the Apps Script API",
        (Document, "parentId") => "what a project is bound to is settled when it is made",
        _ => null,
    };

    public override (SideResource Snapshot, SideResource Live) Compared(SideResource snapshot, SideResource live)
    {
        var (wanted, there) = (ScriptDocuments.Of(snapshot), ScriptDocuments.Of(live));
        // A deployment that came later is nobody's loss.
        var deployments = wanted.Deployments.Select(deployment => deployment.Text("deploymentId") ?? "").ToHashSet(StringComparer.Ordinal);
        return (snapshot with { Files = wanted.Compared(deployments) }, live with { Files = there.Compared(deployments) });
    }

    // Nothing finds a project by its title, so that a call whose answer was lost leaves an empty one.
    public override async Task CreateAsync(RestoreWork work, CancellationToken cancel)
    {
        var project = new ScriptDocuments(work.Resource, work.Documents).Project;
        var (title, parent) = (project.Text("title") ?? work.Name, project.Text("parentId"));
        string id;
        try
        {
            id = await ScriptCalls.CreateAsync(work.Context.Google, title, parent, cancel);
        }
        catch (ServiceException exception) when (parent is not null && exception.Kind is FailureKind.NotFound or FailureKind.Denied or FailureKind.Invalid)
        {
            id = await ScriptCalls.CreateAsync(work.Context.Google, title, null, cancel);
            work.Note($"The file {parent} to which the project was bound cannot be had ({exception.Message}): it is a project of its own now.");
        }
        work.Created(id);
        work.Note($"The project has a new script id: {id}. Put it into \"scriptProjects\" of jada.json. Script properties, triggers and permissions are in no API: set them anew.");
    }
}
