using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>clasp and exported script projects, on the sandbox's four projects.</summary>
public sealed class ClaspTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Clasp_pulls_the_files_that_an_export_has_and_pushes_them_back_without_a_difference()
    {
        await Clasp.RequireAsync();
        await using var sandbox = await SandboxFixture.StartAsync();
        await ExportAsync(sandbox, "before");
        foreach (var (name, scriptId) in EstateNames.ScriptProjects)
        {
            var exported = Path.Combine(_store.Path, "before", "gas-projects", name);
            var pulled = Directory.CreateDirectory(Path.Combine(_store.Path, "pulled", name)).FullName;
            File.Copy(Path.Combine(exported, ".clasp.json"), Path.Combine(pulled, ".clasp.json"));
            await Clasp.RunAsync(sandbox, pulled, "pull");
            Assert.Equal(Contents(exported), Contents(pulled));

            await SpoilAsync(sandbox, scriptId);
            await Clasp.RunAsync(sandbox, exported, "push", "--force");
        }

        await ExportAsync(sandbox, "after");

        foreach (var name in EstateNames.ScriptProjects.Keys)
        {
            Assert.Equal(Contents(Path.Combine(_store.Path, "before", "gas-projects", name)), Contents(Path.Combine(_store.Path, "after", "gas-projects", name)));
            Assert.Equal(Project("before", name), Project("after", name));
        }
    }

    /// <summary>The files as the API has them, in its order.</summary>
    private IEnumerable<(string?, string?, string?)> Project(string folder, string name) =>
        from file in JsonElement.Parse(File.ReadAllBytes(Path.Combine(_store.Path, folder, "gas-versions", name, "content.json"))).GetProperty("files").EnumerateArray()
        select (file.GetProperty("name").GetString(), file.GetProperty("type").GetString(), file.GetProperty("source").GetString());

    /// <summary>The files of a project, and of its settings the order of the files with them, but not an export's sums.</summary>
    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "SHA256SUMS")
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    /// <summary>A bad deployment: other files in place of all that were there.</summary>
    private static async Task SpoilAsync(SandboxHost sandbox, string scriptId) => await new InProcessCaller(sandbox.World).CallAsync(
        "appsscript", "", "PUT", $"/v1/projects/{scriptId}/content", [], [],
        """{"files":[{"name":"Code","type":"SERVER_JS","source":"broken"},{"name":"Spare","type":"HTML","source":"!"},{"name":"appsscript","type":"JSON","source":"{}"}]}"""u8.ToArray(),
        TestContext.Current.CancellationToken);

    private async Task ExportAsync(SandboxHost sandbox, string folder)
    {
        LayerOptions options = new() { ScriptProjects = EstateNames.ScriptProjects, Google = new GoogleOptions { AccessToken = sandbox.GoogleAccessToken, EndpointUrl = sandbox.Endpoint } };
        var exporter = new ResourceExporter(null, new ScriptProjectView(), options);
        var exports = exporter.ExportAsync(Path.Combine(_store.Path, folder), _ => ValueTask.FromResult(true), problem => Assert.Fail($"{problem}"), TestContext.Current.CancellationToken);
        Assert.Equal(4, await exports.CountAsync(TestContext.Current.CancellationToken));
    }
}
