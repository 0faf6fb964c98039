using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>What changes a script project, and what has to be known of it before (<see href="https://developers.google.com/apps-script/api/reference/rest"/>).</summary>
internal sealed class ScriptCalls(GoogleConnection google, string scriptId)
{
    private const string Projects = "v1/projects";

    private readonly string _path = $"{Projects}/{Uri.EscapeDataString(scriptId)}";

    /// <summary>Makes a project and gives its id.</summary>
    public static async Task<string> CreateAsync(GoogleConnection google, string title, string? parentId, CancellationToken cancel)
    {
        var body = JsonText.Object(json =>
        {
            json.WriteString("title", title);
            if (parentId is not null) json.WriteString("parentId", parentId);
        });
        return JsonElement.Parse(await google.SendAsync("projects.create", HttpMethod.Post, Projects, body, cancel)).Text("scriptId")!;
    }

    /// <summary>The files of a version, or as they are now.</summary>
    public async Task<JsonElement> ContentAsync(long? version, CancellationToken cancel) =>
        JsonElement.Parse(await google.GetAsync("projects.getContent", $"{_path}/content{(version is { } number ? string.Create(CultureInfo.InvariantCulture, $"?versionNumber={number}") : "")}", cancel));

    /// <summary>Replaces all files.</summary>
    public Task PutContentAsync(JsonElement content, CancellationToken cancel) =>
        google.SendAsync("projects.updateContent", HttpMethod.Put, $"{_path}/content", ScriptContent.Request(content), cancel);

    /// <summary>All versions, or all deployments.</summary>
    public async Task<List<JsonElement>> ListAsync(string list, CancellationToken cancel)
    {
        List<JsonElement> items = [];
        for (string? next = ""; next is not null;)
        {
            var page = JsonElement.Parse(await google.GetAsync($"projects.{list}.list", $"{_path}/{list}?pageSize=50{(next.Length == 0 ? "" : $"&pageToken={Uri.EscapeDataString(next)}")}", cancel));
            items.AddRange(page.Items(list));
            next = page.Text("nextPageToken");
        }
        return items;
    }

    /// <summary>Makes a version of the files as they are now, and gives its number.</summary>
    public async Task<long> CreateVersionAsync(string? description, CancellationToken cancel)
    {
        var body = JsonText.Object(json =>
        {
            if (description is not null) json.WriteString("description", description);
        });
        return JsonElement.Parse(await google.SendAsync("projects.versions.create", HttpMethod.Post, $"{_path}/versions", body, cancel)).Number("versionNumber")!.Value;
    }

    /// <summary>Makes a deployment as another one is, of a version.</summary>
    public async Task<JsonElement> CreateDeploymentAsync(JsonElement config, long version, CancellationToken cancel) =>
        JsonElement.Parse(await google.SendAsync("projects.deployments.create", HttpMethod.Post, $"{_path}/deployments", JsonText.Object(json => WriteConfig(json, config, version)), cancel));

    /// <summary>Moves a deployment to a version; its id and its address stay.</summary>
    public async Task<JsonElement> UpdateDeploymentAsync(string deploymentId, JsonElement config, long version, CancellationToken cancel)
    {
        var body = JsonText.Object(json =>
        {
            json.WriteStartObject("deploymentConfig");
            WriteConfig(json, config, version);
            json.WriteEndObject();
        });
        return JsonElement.Parse(await google.SendAsync("projects.deployments.update", HttpMethod.Put, $"{_path}/deployments/{Uri.EscapeDataString(deploymentId)}", body, cancel));
    }

    private static void WriteConfig(Utf8JsonWriter json, JsonElement config, long version)
    {
        foreach (var member in config.EnumerateObject().Where(member => member.Name != "versionNumber")) json.WriteVerbatim(member.Name, member.Value);
        json.WriteNumber("versionNumber", version);
    }
}
