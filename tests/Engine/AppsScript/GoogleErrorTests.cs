using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.AppsScript;

public class GoogleErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("kind=error,code=USER_HAS_NOT_ENABLED_THE_API", FailureKind.Denied, "USER_API_DISABLED", "setting of the user")]
    [InlineData("kind=error,code=SERVICE_DISABLED", FailureKind.Denied, "SERVICE_DISABLED", "gcloud services enable script.googleapis.com")]
    [InlineData("kind=error,code=ACCESS_TOKEN_SCOPE_INSUFFICIENT", FailureKind.Denied, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "script.projects.readonly")]
    [InlineData("kind=deny", FailureKind.Denied, "PERMISSION_DENIED", "have it shared")]
    [InlineData("kind=expirecredentials", FailureKind.BadCredentials, "ACCESS_TOKEN_EXPIRED", "clasp login")]
    [InlineData("kind=vanish", FailureKind.NotFound, "NOT_FOUND", "was deleted")]
    [InlineData("kind=throttle", FailureKind.Throttled, "RESOURCE_EXHAUSTED", "quota")]
    [InlineData("kind=error,code=UNAVAILABLE", FailureKind.ServiceFault, "UNAVAILABLE", "try again later")]
    [InlineData("kind=reset", FailureKind.Unreachable, "ConnectionFailed", "could not be reached")]
    public async Task What_people_meet_is_told_apart(string fault, FailureKind kind, string code, string advice)
    {
        await using var scripts = await ScriptProjects.StartAsync();
        scripts.Host.Faults.Add(Fault.Parse($"service=appsscript,{fault}"));
        using var google = GoogleConnection.Open(scripts.Google);
        var failure = await Assert.ThrowsAsync<ServiceException>(() => google.GetAsync("projects.get", "v1/projects/1", Cancel));
        Assert.Equal((kind, code), (failure.Kind, failure.Code));
        Assert.Contains(advice, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ya29", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=throttle,times=3")]
    [InlineData("kind=error,code=UNAVAILABLE,times=3")]
    [InlineData("kind=reset,times=1")]
    public async Task What_passes_is_tried_again(string fault)
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var id = await scripts.MakeAsync();
        scripts.Host.Faults.Add(Fault.Parse($"service=appsscript,operation=projects.get,{fault}"));
        Assert.NotNull((await scripts.ReadAsync(id))!.Title);
        Assert.Empty(scripts.Problems);
    }

    [Fact]
    public async Task A_project_without_access_is_one_problem_and_its_parts_are_not_asked_for()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        scripts.Host.Faults.Add(Fault.Parse("service=appsscript,kind=deny"));
        var export = await scripts.ExportAsync(await scripts.MakeAsync());
        Assert.False(export.IsComplete);
        var problem = Assert.Single(scripts.Problems);
        Assert.Equal(("appsscript", "mine", "projects.get", "PERMISSION_DENIED"), (problem.Layer, problem.Resource, problem.Operation, problem.ErrorCode));
        Assert.Equal(["projects.get"], scripts.Calls);
    }

    [Fact]
    public async Task A_part_that_is_refused_is_a_problem_and_the_rest_goes_on()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        scripts.Host.Faults.Add(Fault.Parse("service=appsscript,operation=projects.deployments.list,kind=deny"));
        await scripts.ExportAsync(await scripts.MakeAsync());
        Assert.Equal("projects.deployments.list", Assert.Single(scripts.Problems).Operation);
        Assert.True(scripts.Files("gas-projects/mine").ContainsKey("Code.gs"));
    }

    [Fact]
    public async Task Without_projects_nobody_asks_for_credentials()
    {
        using var context = new LayerContext(null, new() { Google = new() { EndpointUrl = "no address" } }, problem => Assert.Fail($"{problem}"));
        await foreach (var resource in Assert.Single(LayerCatalog.Create(context, ["appsscript"])).DiscoverAsync(Cancel)) Assert.Fail($"{resource}");
    }

    [Theory]
    [InlineData("http://script.example")]
    [InlineData("https://user:secret@script.example")]
    [InlineData("ftp://127.0.0.1")]
    public void A_token_goes_nowhere_in_the_clear_but_to_this_machine(string endpoint) =>
        Assert.Equal("InvalidEndpoint", Assert.Throws<ServiceException>(() => GoogleConnection.Open(new() { AccessToken = "ya29.x", EndpointUrl = endpoint })).Code);
}
