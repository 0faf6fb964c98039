using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>What was captured of a script project, or would be.</summary>
internal sealed class ScriptDocuments(Resource resource, ResourceDocuments documents)
{
    private readonly string _folder = new ScriptProjectView().Folder(resource);

    public JsonElement Project => documents.Json(_folder + ScriptProjectView.Project);

    /// <summary>The files as they were, whatever is deployed.</summary>
    public JsonElement Head => documents.Json(_folder + ScriptProjectView.Content);

    public IReadOnlyList<JsonElement> Deployments => [.. documents.AllJson(_folder + "deployments-").SelectMany(page => page.Items("deployments"))];

    public static ScriptDocuments Of(SideResource side) =>
        new(side.Resource, new(side.Files.Where(file => file.Read is not null).ToDictionary(file => file.Path, file => file.Read!(), StringComparer.Ordinal)));

    /// <summary>The files of a version that was deployed; an undefined element where they were not captured.</summary>
    public JsonElement Version(long number) => documents.Json($"{_folder}{number}/{ScriptProjectView.Content}");

    /// <summary>What the maker of a version said of it.</summary>
    public string? DescriptionOf(long version) =>
        documents.AllJson(_folder + "versions-").SelectMany(page => page.Items("versions")).FirstOrDefault(each => each.Number("versionNumber") == version).Text("description");

    /// <summary>What the project is to its users: its files, and what each of these deployments shows, whatever the numbers of versions are.</summary>
    public IReadOnlyList<SideFile> Compared(IReadOnlySet<string> deployments)
    {
        List<SideFile> files = [ScriptContent.Side(ScriptProjectView.Project, documents.Find(_folder + ScriptProjectView.Project) ?? "{}"u8.ToArray()), .. ScriptContent.Compared("files", Head)];
        foreach (var deployment in Deployments)
        {
            if (ScriptProjectView.VersionOf(deployment) is not { } version || deployment.Text("deploymentId") is not { } id || !deployments.Contains(id)) continue;
            files.AddRange(ScriptContent.Compared($"deployments/{id}/files", Version(version)));
            files.Add(ScriptContent.Side($"deployments/{id}/config.json", JsonText.Object(json =>
            {
                foreach (var member in deployment.Member("deploymentConfig").EnumerateObject().Where(member => member.Name is not ("versionNumber" or "scriptId"))) json.WriteVerbatim(member.Name, member.Value);
            })));
        }
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }
}
