using System.Runtime.CompilerServices;
using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.AppsScript;

/// <summary>
/// Google Apps Script projects (<see href="https://developers.google.com/apps-script/api/reference/rest"/>): files as they are now, and as they were in each version
/// that is deployed. The API cannot list projects, so those are captured that <see cref="LayerOptions.ScriptProjects"/> names; without any, nobody is asked for credentials.
/// </summary>
public sealed class AppsScriptLayer(LayerContext context) : ILayer
{
    /// <summary>The layer's name.</summary>
    public const string LayerName = "appsscript";

    private const string PageSize = "pageSize=50";

    private static readonly ScriptProjectView Projects = new();

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Resource> DiscoverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (context.Options.ScriptProjects.Count > 0) _ = context.Google;
        foreach (var (name, scriptId) in context.Options.ScriptProjects.OrderBy(project => project.Key, StringComparer.Ordinal))
            if (!context.Options.OmitMissing || await ExistsAsync(scriptId, cancel)) yield return new() { Layer = LayerName, Kind = Projects.Kind, Name = name, Id = scriptId, Region = "google" };
    }

    private async Task<bool> ExistsAsync(string scriptId, CancellationToken cancel)
    {
        try
        {
            await context.Google.GetAsync("projects.get", $"v1/projects/{Uri.EscapeDataString(scriptId)}", cancel);
            return true;
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task CaptureAsync(Resource resource, ISnapshotSink sink, CancellationToken cancel)
    {
        var (documents, path) = (Projects.Folder(resource), $"v1/projects/{Uri.EscapeDataString(resource.Id)}");
        // What is refused here is refused for all of the project.
        var project = await context.Google.GetAsync("projects.get", path, cancel);
        await sink.WriteAsync(documents + ScriptProjectView.Project, project, cancel);
        var parentId = JsonElement.Parse(project).Text("parentId");
        await Task.WhenAll(CaptureHeadAsync(), CaptureListAsync("versions"), CaptureDeployedAsync());

        async Task CaptureHeadAsync()
        {
            if (await AskAsync("projects.getContent", $"{path}/content", documents + ScriptProjectView.Content) is { } content)
                await WriteFilesAsync(ScriptProjectView.HeadFolder(resource), content);
        }

        async Task CaptureDeployedAsync()
        {
            var numbers = (await CaptureListAsync("deployments")).Select(ScriptProjectView.VersionOf).OfType<long>().Distinct();
            await Task.WhenAll(numbers.Select(CaptureVersionAsync));
        }

        async Task CaptureVersionAsync(long number)
        {
            var folder = $"{documents}{number}/";
            if (await AskAsync("projects.getContent", $"{path}/content?versionNumber={number}", folder + ScriptProjectView.Content) is { } content)
                await WriteFilesAsync(folder, content);
        }

        async Task<IReadOnlyList<JsonElement>> CaptureListAsync(string list)
        {
            List<JsonElement> items = [];
            string? next = null;
            for (var number = 1; number == 1 || next is not null; number++)
            {
                var query = next is null ? PageSize : $"{PageSize}&pageToken={Uri.EscapeDataString(next)}";
                if (await AskAsync($"projects.{list}.list", $"{path}/{list}?{query}", $"{documents}{list}-{number:D4}.json") is not { } page) break;
                var parsed = JsonElement.Parse(page);
                items.AddRange(parsed.Items(list));
                next = parsed.Text("nextPageToken");
            }
            return items;
        }

        async Task<byte[]?> AskAsync(string operation, string target, string document)
        {
            if (!sink.Wants(document)) return null;
            try
            {
                var answer = await context.Google.GetAsync(operation, target, cancel);
                await sink.WriteAsync(document, answer, cancel);
                return answer;
            }
            catch (ServiceException exception)
            {
                sink.Report(operation, exception);
                return null;
            }
        }

        async Task WriteFilesAsync(string folder, byte[] content)
        {
            foreach (var (file, bytes) in ScriptFolder.Of(content, resource.Id, parentId))
                await sink.WriteAsync(folder + file, bytes, cancel);
        }
    }
}
