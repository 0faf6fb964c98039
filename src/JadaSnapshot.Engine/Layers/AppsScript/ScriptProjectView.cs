using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>Script projects as typed objects.</summary>
public sealed class ScriptProjectView : ResourceView<ScriptProject>
{
    internal const string Project = "project.json";
    internal const string Content = "content.json";

    /// <inheritdoc/>
    public override string Layer => AppsScriptLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => "script-project";

    /// <inheritdoc/>
    public override bool IsOfAws => false;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => $"gas-versions/{PathNames.FromName(resource.Name)}/";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders(Resource resource) => [HeadFolder(resource), Folder(resource)];

    /// <inheritdoc/>
    public override bool Reads(string document) => !document.Contains('/', StringComparison.Ordinal);

    /// <inheritdoc/>
    public override ScriptProject View(Resource resource, ResourceDocuments documents)
    {
        var (project, files) = (documents.Json(Project), documents.Json(Content).Items("files"));
        var deployments = documents.All("deployments-").SelectMany(page => JsonElement.Parse(page).Items("deployments")).Select(ToDeployment).ToList();
        var manifest = ManifestOf(files);
        return new()
        {
            Name = resource.Name,
            ScriptId = resource.Id,
            Title = project.Text("title"),
            ParentId = project.Text("parentId"),
            FileCount = files.Count(),
            CreatedAt = Time(project, "createTime"),
            UpdatedAt = Time(project, "updateTime"),
            Creator = project.Member("creator").Text("email"),
            LastModifiedBy = project.Member("lastModifyUser").Text("email"),
            TimeZone = manifest.Text("timeZone"),
            Libraries = [.. manifest.Member("dependencies").Items("libraries").Select(ToLibrary)],
            Versions = [.. documents.All("versions-").SelectMany(page => JsonElement.Parse(page).Items("versions")).Select(ToVersion).OrderBy(version => version.VersionNumber)],
            Deployments = [.. deployments.Where(deployment => deployment.VersionNumber is not null)],
            HeadDeploymentId = deployments.Find(deployment => deployment.VersionNumber is null)?.DeploymentId,
        };
    }

    /// <summary>Where the files lie as they are now, ready for clasp.</summary>
    internal static string HeadFolder(Resource resource) => $"gas-projects/{PathNames.FromName(resource.Name)}/";

    /// <summary>The version of a deployment; null for that of HEAD.</summary>
    internal static long? VersionOf(JsonElement deployment) => deployment.Member("deploymentConfig").Number("versionNumber");

    private static JsonElement ManifestOf(IEnumerable<JsonElement> files)
    {
        try
        {
            return files.FirstOrDefault(file => file.Text("type") == "JSON").Text("source") is { } source ? JsonElement.Parse(source) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static ScriptLibrary ToLibrary(JsonElement library) => new()
    {
        UserSymbol = library.Text("userSymbol") ?? "",
        LibraryId = library.Text("libraryId") ?? "",
        Version = library.Text("version"),
        IsInDevelopment = library.Member("developmentMode").ValueKind == JsonValueKind.True,
    };

    private static ScriptVersion ToVersion(JsonElement version) => new()
    {
        VersionNumber = (int)(version.Number("versionNumber") ?? 0),
        Description = version.Text("description"),
        CreatedAt = Time(version, "createTime"),
    };

    internal static ScriptDeployment ToDeployment(JsonElement deployment) => new()
    {
        DeploymentId = deployment.Text("deploymentId") ?? "",
        VersionNumber = (int?)VersionOf(deployment),
        Description = deployment.Member("deploymentConfig").Text("description"),
        UpdatedAt = Time(deployment, "updateTime"),
        EntryPoints = [.. deployment.Items("entryPoints").Select(entry => entry.Text("entryPointType")).OfType<string>()],
        Url = deployment.Items("entryPoints").Select(entry => entry.Member("webApp").Text("url")).OfType<string>().FirstOrDefault(),
    };

    private static DateTimeOffset? Time(JsonElement element, string member) =>
        DateTimeOffset.TryParse(element.Text(member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
