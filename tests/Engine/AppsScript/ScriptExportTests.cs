using System.Text.Json;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.AppsScript;

public class ScriptExportTests
{
    private const string Script = "SERVER_JS";

    [Fact]
    public async Task Files_are_named_as_clasp_names_them_and_written_as_they_are()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync(("zz", Script, "var a = 1;\r\n"), ("lib/Käse", Script, "// ü 🎉"), ("lib/page.v2", "HTML", "<p>\u2028</p>\n"), ("Empty", Script, ""));

        var export = await scripts.ExportAsync(id);

        Assert.Empty(scripts.Problems);
        Assert.True(export.IsComplete);
        Assert.EndsWith(Path.Combine("gas-projects", "mine"), export.Path, StringComparison.Ordinal);
        var files = scripts.Files("gas-projects/mine");
        Assert.Equal([".clasp.json", "Empty.gs", "SHA256SUMS", "appsscript.json", "lib/Käse.gs", "lib/page.v2.html", "zz.gs"], files.Keys);
        Assert.Equal(("var a = 1;\r\n", "// ü 🎉", "<p>\u2028</p>\n", ""), (files["zz.gs"], files["lib/Käse.gs"], files["lib/page.v2.html"], files["Empty.gs"]));
        Assert.Equal((byte)'v', (await File.ReadAllBytesAsync(Path.Combine(export.Path, "zz.gs"), TestContext.Current.CancellationToken))[0]);
    }

    [Fact]
    public async Task The_settings_for_clasp_name_the_project_and_the_order_of_its_files()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync(("zz", Script, "1"), ("a/b", Script, "2"), ("A", "HTML", "3"));
        await scripts.ExportAsync(id);
        var settings = JsonElement.Parse(scripts.Files("gas-projects/mine")[".clasp.json"]);
        Assert.Equal(id, settings.GetProperty("scriptId").GetString());
        Assert.Equal(["appsscript.json", "zz.gs", "a/b.gs", "A.html"], settings.GetProperty("filePushOrder").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal(".gs", settings.GetProperty("scriptExtensions")[0].GetString());
    }

    [Theory]
    [InlineData("../x", ".%2E/x.gs")]
    [InlineData("/etc/passwd", "%_/etc/passwd.gs")]
    [InlineData("..", "...gs")]
    [InlineData("a\\..\\b", "a%5C..%5Cb.gs")]
    [InlineData("C:x", "C%3Ax.gs")]
    [InlineData("CON", "%43ON.gs")]
    [InlineData("a//b", "a/%_/b.gs")]
    public async Task No_name_leads_out_of_the_folder(string name, string file)
    {
        await using var scripts = await ScriptProjects.StartAsync();
        await scripts.ExportAsync(await scripts.MakeAsync((name, Script, "x")));
        Assert.Empty(scripts.Problems);
        Assert.Equal("x", scripts.Files("gas-projects/mine")[file]);
        Assert.Equal(["gas-projects", "gas-versions"], Directory.EnumerateFileSystemEntries(scripts.Destination).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Names_that_differ_in_case_alone_keep_apart_and_settings_are_no_file_of_the_project()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        await scripts.ExportAsync(await scripts.MakeAsync(("code", Script, "1"), ("Code", Script, "2")));
        var files = scripts.Files("gas-projects/mine");
        Assert.Equal(("2", "1"), (files["Code.gs"], Assert.Single(files, file => file.Key.StartsWith("code.gs%~", StringComparison.Ordinal)).Value));
    }

    [Fact]
    public async Task Each_deployed_version_is_kept_with_its_files_and_no_other()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync(("Code", Script, "one"));
        await scripts.VersionAsync(id);
        await scripts.PutAsync(id, ("Code", Script, "two"), ("Extra", Script, ""));
        await scripts.VersionAsync(id);
        await scripts.PutAsync(id, ("Code", Script, "head"));
        await scripts.DeployAsync(id, 1);
        await scripts.DeployAsync(id, 1);

        await scripts.ExportAsync(id);

        Assert.Equal("head", scripts.Files("gas-projects/mine")["Code.gs"]);
        Assert.Equal(
            ["1/.clasp.json", "1/Code.gs", "1/appsscript.json", "1/content.json", "SHA256SUMS", "content.json", "deployments-0001.json", "project.json", "versions-0001.json"],
            scripts.Files("gas-versions/mine").Keys);
        Assert.Equal("one", scripts.Files("gas-versions/mine")["1/Code.gs"]);
        Assert.Equal(["projects.deployments.list", "projects.get", "projects.getContent", "projects.getContent", "projects.versions.list"], scripts.Calls.Order());
    }

    [Fact]
    public async Task Documents_are_kept_byte_for_byte()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync(("Code", Script, "// é"));
        await scripts.ExportAsync(id);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {scripts.Host.GoogleAccessToken}" } } };
        var sent = await http.GetStringAsync(new Uri($"{scripts.Host.Endpoint}/v1/projects/{id}/content"), TestContext.Current.CancellationToken);
        Assert.Equal(sent, scripts.Files("gas-versions/mine")["content.json"]);
    }

    [Fact]
    public async Task What_was_renamed_or_deleted_since_an_earlier_export_leaves_no_file()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync(("Old/Name", Script, "1"), ("Gone", "HTML", "2"), ("Stays", Script, "3"));
        await scripts.VersionAsync(id);
        await scripts.DeployAsync(id, 1);
        await scripts.ExportAsync(id);
        await scripts.PutAsync(id, ("New/Name", Script, "1"), ("Stays", Script, "3"));

        await scripts.ExportAsync(id);

        Assert.Equal([".clasp.json", "New/Name.gs", "SHA256SUMS", "Stays.gs", "appsscript.json"], scripts.Files("gas-projects/mine").Keys);
        Assert.True(scripts.Files("gas-versions/mine").ContainsKey("1/Old/Name.gs"));
    }

    [Fact]
    public async Task All_pages_of_versions_are_asked_for_and_read_in_order()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync();
        for (var version = 1; version <= 120; version++) await scripts.VersionAsync(id);
        await scripts.DeployAsync(id, 7);

        var project = await scripts.ReadAsync(id);

        Assert.Equal(Enumerable.Range(1, 120), project!.Versions.Select(version => version.VersionNumber));
        Assert.Equal((7, "A project", 2), (Assert.Single(project.Deployments).VersionNumber, project.Title, project.FileCount));
        Assert.NotNull(project.HeadDeploymentId);
        Assert.Equal(3, scripts.Calls.Count(call => call == "projects.versions.list"));
        Assert.Single(scripts.Calls, call => call == "projects.getContent");
    }

    [Fact]
    public async Task A_project_has_two_hundred_versions_and_not_one_more()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync();
        for (var version = 1; version <= 200; version++) await scripts.VersionAsync(id);
        var refusal = await Assert.ThrowsAsync<SandboxException>(() => scripts.VersionAsync(id));
        Assert.Contains("200 versions", refusal.Message, StringComparison.Ordinal);
    }
}
