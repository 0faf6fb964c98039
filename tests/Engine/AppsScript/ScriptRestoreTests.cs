using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Layers.AppsScript;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.AppsScript;

public sealed class ScriptRestoreTests : RestoreTest
{
    private const string Script = "SERVER_JS";

    [Fact]
    public async Task A_project_that_is_gone_comes_back_with_its_files_and_what_each_deployment_shows()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        // So that the ids of what is made anew are others.
        await scripts.MakeAsync();
        var id = await MakeAsync(scripts);
        var snapshot = await CaptureAsync(scripts, id);
        await using var other = await ScriptProjects.StartAsync();

        var results = await RestoreAsync(other.Host, snapshot, asked: At(other));

        AssertDone(results);
        var result = Assert.Single(results);
        Assert.NotEqual(id, result.TargetId);
        Assert.Contains(result.Notes, note => note.Contains(result.TargetId!, StringComparison.Ordinal));
        Assert.Equal(2, result.Notes.Count(note => note.Contains("has a new id", StringComparison.Ordinal)));
        var project = await other.ReadAsync(result.TargetId!);
        Assert.Equal(["one", "two"], project!.Deployments.Select(deployment => deployment.Description).Order());
        Assert.Equal(["one", "two"], [await SourceAsync(other, result.TargetId!, Of(project, "one").VersionNumber), await SourceAsync(other, result.TargetId!, Of(project, "two").VersionNumber)]);
        Assert.Equal("head", await SourceAsync(other, result.TargetId!, null));
        AssertNothingLeft(await PlanAsync(other.Host, snapshot, asked: At(other)));
    }

    [Fact]
    public async Task A_cleared_project_shows_the_version_again_that_is_still_there_and_no_version_is_made()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await MakeAsync(scripts);
        var snapshot = await CaptureAsync(scripts, id);
        var before = await scripts.ReadAsync(id);
        await scripts.PutAsync(id);
        await scripts.VersionAsync(id);
        var moved = Of(before!, "one").DeploymentId;
        await scripts.CallAsync("PUT", $"/{id}/deployments/{moved}", new() { ["deploymentConfig"] = new JsonObject { ["versionNumber"] = 3, ["description"] = "broken" } });

        var plan = Assert.Single(await PlanAsync(scripts.Host, snapshot, asked: At(scripts)));
        Assert.Equal(RestoreAction.Update, plan.Action);
        Assert.Contains(plan.Changes, change => change.Document == "files/Code.gs" && change.Live is null);
        Assert.Contains(plan.Changes, change => change.Document == $"deployments/{moved}/config.json" && change is { Path: "description", Snapshot: "one", Live: "broken" });
        AssertDone(await RestoreAsync(scripts.Host, snapshot, asked: At(scripts)));

        var after = await scripts.ReadAsync(id);
        Assert.Equal((moved, 1, 3), (Of(after!, "one").DeploymentId, Of(after!, "one").VersionNumber, after!.Versions.Count));
        Assert.Equal("head", await SourceAsync(scripts, id, null));
        AssertNothingLeft(await PlanAsync(scripts.Host, snapshot, asked: At(scripts)));
    }

    [Fact]
    public async Task What_came_later_stays_and_only_the_order_of_files_is_a_difference_too()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await MakeAsync(scripts);
        var snapshot = await CaptureAsync(scripts, id);
        await scripts.DeployAsync(id, 2);
        AssertNothingLeft(await PlanAsync(scripts.Host, snapshot, asked: At(scripts)));
        await scripts.PutAsync(id, ("Second", Script, ""), ("Code", Script, "head"));

        Assert.Equal("files.json", Assert.Single(Assert.Single(await PlanAsync(scripts.Host, snapshot, asked: At(scripts))).Changes).Document);
        AssertDone(await RestoreAsync(scripts.Host, snapshot, asked: At(scripts)));

        AssertNothingLeft(await PlanAsync(scripts.Host, snapshot, asked: At(scripts)));
        Assert.Equal(3, (await scripts.ReadAsync(id))!.Deployments.Count);
    }

    [Fact]
    public async Task A_project_without_room_for_a_version_gets_its_files_all_the_same_and_words_for_the_rest()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await MakeAsync(scripts);
        var snapshot = await CaptureAsync(scripts, id);
        await using var other = await ScriptProjects.StartAsync();
        var full = await other.MakeAsync(("Code", Script, "other"));
        for (var version = 1; version <= 200; version++) await other.VersionAsync(full);

        var result = Assert.Single(await RestoreAsync(other.Host, snapshot, asked: target => At(other)(target) with { Options = new() { Google = other.Google, ScriptProjects = new Dictionary<string, string> { ["mine"] = full } } }));

        Assert.Equal(RestoreStatus.Failed, result.Status);
        Assert.Contains(result.Notes, note => note.Contains("200 versions", StringComparison.Ordinal) && note.Contains("Project History", StringComparison.Ordinal));
        Assert.Equal("head", await SourceAsync(other, full, null));
    }

    [Fact]
    public async Task A_deployment_moves_to_an_earlier_version_while_the_files_stay()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await MakeAsync(scripts);
        using var google = GoogleConnection.Open(scripts.Google);
        var deployments = new ScriptDeployments(google, id);
        var two = (await deployments.ListAsync(Cancel)).Single(deployment => deployment.Description == "two");

        var moved = await deployments.MoveAsync(two.DeploymentId, 1, Cancel);

        Assert.Equal((two.DeploymentId, 1, "two"), (moved.DeploymentId, moved.VersionNumber, moved.Description));
        Assert.Equal("head", await SourceAsync(scripts, id, null));
    }

    private static async Task<string> MakeAsync(ScriptProjects scripts)
    {
        var id = await scripts.MakeAsync(("Code", Script, "one"));
        await scripts.VersionAsync(id);
        await scripts.PutAsync(id, ("Code", Script, "two"), ("Page", "HTML", "<p>"));
        await scripts.VersionAsync(id);
        await scripts.PutAsync(id, ("Code", Script, "head"), ("Second", Script, ""));
        foreach (var (version, name) in ((int, string)[])[(1, "one"), (2, "two")])
            await scripts.CallAsync("POST", $"/{id}/deployments", new() { ["versionNumber"] = version, ["manifestFileName"] = "appsscript", ["description"] = name });
        return id;
    }

    private async Task<Snapshot> CaptureAsync(ScriptProjects scripts, string id)
    {
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(scripts.Host));
        var snapshot = await new CaptureRun(connection, new() { Store = Store, Name = "v1.0", Layers = [AppsScriptLayer.LayerName], ScriptProjects = new Dictionary<string, string> { ["mine"] = id }, Google = scripts.Google }).RunAsync(Problems.Enqueue, Cancel);
        Assert.Empty(Problems);
        return snapshot;
    }

    private static Func<RestoreTarget, RestoreTarget> At(ScriptProjects scripts) => target => target with { Options = new() { Google = scripts.Google } };

    private static ScriptDeployment Of(ScriptProject project, string description) => project.Deployments.Single(deployment => deployment.Description == description);

    private static async Task<string> SourceAsync(ScriptProjects scripts, string id, int? version)
    {
        using var google = GoogleConnection.Open(scripts.Google);
        var content = await new ScriptCalls(google, id).ContentAsync(version, Cancel);
        return content.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("name").GetString() == "Code").GetProperty("source").GetString()!;
    }
}
