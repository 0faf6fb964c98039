using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.AppsScript;

/// <summary>A sandbox of its own with nothing but script projects that a test makes, and the engine's way to them.</summary>
internal sealed class ScriptProjects : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly InProcessCaller _caller;

    private ScriptProjects(SandboxHost host) => (Host, _caller) = (host, new(host.World));

    public SandboxHost Host { get; }

    public ConcurrentQueue<Problem> Problems { get; } = new();

    public string Destination => _store.Path;

    /// <summary>The calls for documents and tokens so far, in their order.</summary>
    public IEnumerable<string> Calls => Host.Requests.Entries.Where(request => request.Service == "appsscript").OrderBy(request => request.Sequence).Select(request => request.Operation);

    public GoogleOptions Google { get; set; } = new();

    public static async Task<ScriptProjects> StartAsync()
    {
        var host = await SandboxHost.StartAsync(new() { Estate = SandboxEstate.Empty }, TestContext.Current.CancellationToken);
        return new(host) { Google = new() { AccessToken = host.GoogleAccessToken, EndpointUrl = host.Endpoint, FirstPause = TimeSpan.FromMilliseconds(1) } };
    }

    /// <summary>Makes a project and returns its id.</summary>
    public async Task<string> MakeAsync(params (string Name, string Type, string Source)[] files)
    {
        var id = (string)(await CallAsync("POST", "", new JsonObject { ["title"] = "A project" }))["scriptId"]!;
        if (files.Length > 0) await PutAsync(id, files);
        return id;
    }

    public Task PutAsync(string id, params (string Name, string Type, string Source)[] files) => CallAsync("PUT", $"/{id}/content", new JsonObject
    {
        ["files"] = new JsonArray([.. files.Prepend(("appsscript", "JSON", """{"timeZone":"Europe/Zurich"}""")).Select(file => new JsonObject { ["name"] = file.Item1, ["type"] = file.Item2, ["source"] = file.Item3 })]),
    });

    public async Task DeployAsync(string id, int version) =>
        await CallAsync("POST", $"/{id}/deployments", new JsonObject { ["versionNumber"] = version });

    public Task VersionAsync(string id) => CallAsync("POST", $"/{id}/versions", []);

    public async Task<JsonObject> CallAsync(string method, string path, JsonObject body)
    {
        var answer = await _caller.CallAsync("appsscript", "", method, "/v1/projects" + path, [], [], Encoding.UTF8.GetBytes(body.ToJsonString()), TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer.Body.Span)!.AsObject();
    }

    public async Task<ScriptProject?> ReadAsync(string id)
    {
        ScriptProject? found = null;
        var reader = new ResourceReader<ScriptProject>(null, new ScriptProjectView(), Options(id));
        await foreach (var project in reader.ReadAsync(_ => true, Problems.Enqueue, TestContext.Current.CancellationToken)) found = project;
        return found;
    }

    public async Task<ResourceExport> ExportAsync(string id)
    {
        List<ResourceExport> exports = [];
        var exporter = new ResourceExporter(null, new ScriptProjectView(), Options(id));
        await foreach (var export in exporter.ExportAsync(Destination, _ => ValueTask.FromResult(true), Problems.Enqueue, TestContext.Current.CancellationToken)) exports.Add(export);
        return Assert.Single(exports);
    }

    /// <summary>The files below a folder of the destination, by their relative paths.</summary>
    public SortedDictionary<string, string> Files(string folder)
    {
        var root = Path.Combine(Destination, folder);
        return new(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _store.Dispose();
    }

    private LayerOptions Options(string id) => new() { Google = Google, ScriptProjects = new Dictionary<string, string> { ["mine"] = id } };
}
