using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class ApiRestoreTests : RestoreTest
{
    private static readonly Func<RestoreTarget, RestoreTarget> WithKey = target => target with { SecretValues = new Dictionary<string, string> { ["harbor/value"] = "harbor-desk-0123456789abcdef" } };

    [Fact]
    public async Task Apis_come_back_elsewhere_and_each_stage_serves_what_it_served()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        await using var target = await EmptyAsync(OtherAccount);
        await RestoreWhollyAsync(target, await SnapshotAsync(host, "apigateway"), WithKey);

        var world = WorldOf(target);
        var (rest, http) = (await world.FindAsync("bookings"), await world.FindAsync("hooks"));
        Assert.Equal(["/bookings"], await world.ServedAsync(rest, "production"));
        Assert.Equal(["/bookings", "/bookings/{booking}"], await world.ServedAsync(rest, "staging"));
        Assert.Contains("/bookings/later", (await world.SendAsync("GET", $"/restapis/{rest}/resources")).Items("item").Select(resource => resource.Text("path")));
        Assert.Equal(["/crew"], await world.ServedAsync(http, "frozen"));
        Assert.Equal(["/crew", "/github"], await world.ServedAsync(http, "live"));
        // What speaks of the API speaks of the new one, in the new account.
        var api = await world.SendAsync("GET", $"/restapis/{rest}");
        Assert.Contains($":{OtherAccount}:{rest}/*", api.Text("policy"), StringComparison.Ordinal);
        Assert.Equal("crew", api.Member("tags").Text("owner"));
        Assert.Single(api.Member("tags").EnumerateObject());
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_named_and_put_back_and_nothing_else()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        var snapshot = await SnapshotAsync(host, "apigateway");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));
        var world = WorldOf(host);
        await world.ChangeAsync();

        var steps = (await PlanAsync(host, snapshot)).Where(step => step.Action != RestoreAction.Skip).ToList();
        Assert.All(steps, step => Assert.Equal(RestoreAction.Update, step.Action));
        Assert.Equal(
            [
                "bookings api.json description", "bookings authorizers.json item.authorizerResultTtlInSeconds", "bookings gateway-responses.json", "bookings models.json",
                "bookings resources.json", "bookings stages.json item[production].methodSettings.*/*.loggingLevel", "hooks routes.json", "hooks.sailjada.com api-mappings.json", "partners usage-plan.json throttle.rateLimit",
            ],
            steps.SelectMany(step => step.Changes.Select(change => $"{step.Name} {change.Document} {(change.Document is "gateway-responses.json" or "models.json" or "resources.json" or "routes.json" or "api-mappings.json" ? "" : change.Path)}".TrimEnd())).Distinct().Order(StringComparer.Ordinal));
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task A_stage_that_was_deployed_anew_serves_its_old_deployment_again()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        var snapshot = await SnapshotAsync(host, "apigateway");
        var world = WorldOf(host);
        var rest = await world.FindAsync("bookings");
        await world.SendAsync("POST", $"/restapis/{rest}/deployments", """{"stageName":"production"}""");
        Assert.Contains("/bookings/later", await world.ServedAsync(rest, "production"));

        await RestoreWhollyAsync(host, snapshot);
        Assert.Equal(["/bookings"], await world.ServedAsync(rest, "production"));
        Assert.Equal(0, host.Requests.Count("apigateway", "PutRestApi"));
    }

    [Fact]
    public async Task Answers_that_are_lost_make_nothing_twice()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        var snapshot = await SnapshotAsync(host, "apigateway");
        await using var target = await EmptyAsync(OtherAccount);
        foreach (var service in (string[])["apigateway", "apigatewayv2"]) target.Faults.Add(Fault.Parse($"service={service},operation=Create*,kind=reset,every=2"));
        await RestoreWhollyAsync(target, snapshot, WithKey);
        Assert.Empty(ToDo(await PlanAsync(target, snapshot, asked => WithKey(asked) with { Prune = true })));
    }

    [Fact]
    public async Task A_value_that_nobody_knows_keeps_back_only_what_it_stands_in()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        var rest = await WorldOf(host).FindAsync("bookings");
        await WorldOf(host).PatchAsync($"/restapis/{rest}/stages/staging", "/variables/token", "nobody-knows-it");
        var snapshot = await SnapshotAsync(host, "apigateway");
        await using var target = await EmptyAsync(OtherAccount);

        var steps = (await PlanAsync(target, snapshot, WithKey)).Where(step => step.Name == "bookings").ToList();
        Assert.Equal([RestoreAction.Cannot, RestoreAction.Create], steps.Select(step => step.Action).Order().Reverse());
        Assert.Contains("token", steps.Single(step => step.Action == RestoreAction.Cannot).Reason, StringComparison.Ordinal);
        await RestoreAsync(target, snapshot, WithKey);
        Assert.Contains("/bookings/later", (await WorldOf(target).SendAsync("GET", $"/restapis/{await WorldOf(target).FindAsync("bookings")}/resources")).Items("item").Select(resource => resource.Text("path")));
    }

    [Fact]
    public async Task An_api_that_the_snapshot_does_not_have_is_deleted_where_that_was_asked_for()
    {
        await using var host = await EmptyAsync();
        await WorldOf(host).MakeAsync();
        var snapshot = await SnapshotAsync(host, "apigateway");
        var world = WorldOf(host);
        await world.SendAsync("POST", "/restapis", """{"name":"extra"}""");
        await world.SendAsync("POST", "/v2/apis", """{"name":"extra","protocolType":"HTTP"}""");
        await world.SendAsync("POST", "/apikeys", """{"name":"extra"}""");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

        Assert.Equal(3, (await RestoreAsync(host, snapshot, target => target with { Prune = true })).Count(result => result is { Step.Action: RestoreAction.Delete, Status: RestoreStatus.Done }));
        Assert.DoesNotContain("extra", (await world.SendAsync("GET", "/restapis")).Items("item").Select(api => api.Text("name")));
    }

    private static ApiWorld WorldOf(SandboxHost host) => new(host);
}
