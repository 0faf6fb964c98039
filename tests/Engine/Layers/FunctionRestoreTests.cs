using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Functions with everything that can hang on them, layers and code signing configurations come back.</summary>
public sealed class FunctionRestoreTests : CalledRestoreTest
{
    private const string Reader = FunctionWorld.Reader, ReaderArn = FunctionWorld.ReaderArn;

    private static readonly Func<RestoreTarget, RestoreTarget> WithSecrets = target => target with { SecretValues = FunctionWorld.Values };

    [Fact]
    public async Task Everything_of_a_function_comes_back_in_an_empty_account_though_roles_and_updates_take_their_time()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await using var target = await StartAsync(OtherAccount, "roles=700ms,functions=300ms");
        await RestoreWhollyAsync(target, snapshot, WithSecrets);

        var function = await LambdaAsync(target, "GET", Reader);
        Assert.Equal("planted-token", (string?)function["Configuration"]!["Environment"]!["Variables"]!["TOKEN"]);
        Assert.Equal($"https://sqs.{Region}.amazonaws.com/{OtherAccount}/jobs", (string?)function["Configuration"]!["Environment"]!["Variables"]!["QUEUE"]);
        Assert.Equal(7, (long)function["Concurrency"]!["ReservedConcurrentExecutions"]!);
        Assert.Equal("kept", (string?)function["Configuration"]!["NewerThanWeAre"]);

        // The snapshot has versions 2 and 3; a new function counts from 1.
        var alias = await LambdaAsync(target, "GET", $"{Reader}/aliases/live");
        Assert.Equal("2", (string?)alias["FunctionVersion"]);
        Assert.Equal(0.25, (double)alias["RoutingConfig"]!["AdditionalVersionWeights"]!["1"]!);
        var published = await LambdaAsync(target, "GET", $"{Reader}?Qualifier=1");
        Assert.Equal(Sha(await LambdaAsync(source, "GET", $"{Reader}?Qualifier=2")), Sha(published));
        Assert.Contains($"{ReaderArn.Replace(Account, OtherAccount, StringComparison.Ordinal)}:1", (string?)(await LambdaAsync(target, "GET", $"{Reader}/policy?Qualifier=1"))["Policy"], StringComparison.Ordinal);
        var mapping = (await LambdaAsync(target, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]![0]!;
        Assert.Equal(("Enabled", $"arn:aws:sqs:{Region}:{OtherAccount}:jobs"), ((string?)mapping["State"], (string?)mapping["EventSourceArn"]));
    }

    [Fact]
    public async Task Each_setting_that_was_changed_is_seen_alone_and_changed_back()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await HasNothingToDoAsync(source, snapshot);
        foreach (var change in await FunctionWorld.ChangesAsync(source.Host))
        {
            await change.MakeAsync();
            var step = Assert.Single(await PlanAsync(source, snapshot), step => step.Action != RestoreAction.Skip);
            Assert.Equal(RestoreAction.Update, step.Action);
            Assert.All(step.Changes, seen => Assert.StartsWith(change.Document[..^".json".Length], seen.Document, StringComparison.Ordinal));
            await RestoreWhollyAsync(source, snapshot, WithSecrets);
        }
        Assert.True(await ReadsAsync(source));
    }

    [Fact]
    public async Task What_came_to_be_later_stays_unless_it_is_to_be_deleted()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await FunctionWorld.AddAsync(source.Host);
        await HasNothingToDoAsync(source, snapshot);

        await RestoreWhollyAsync(source, snapshot, target => target with { Prune = true });
        Assert.Equal(["$LATEST", "2", "3"], (await LambdaAsync(source, "GET", $"{Reader}/versions"))["Versions"]!.AsArray().Select(version => (string?)version!["Version"]));
        Assert.True(await ReadsAsync(source));
    }

    [Fact]
    public async Task A_function_that_is_deleted_takes_what_feeds_it_along()
    {
        await using var sandbox = await StartAsync();
        var nothing = await CaptureAsync(sandbox, false, "lambda");
        await FunctionWorld.MakeAsync(sandbox.Host);
        Assert.Single((await LambdaAsync(sandbox, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray());

        await RestoreWhollyAsync(sandbox, nothing, target => target with { Prune = true });
        Assert.Empty((await LambdaAsync(sandbox, "GET", "/2015-03-31/functions"))["Functions"]!.AsArray());
        Assert.Empty((await LambdaAsync(sandbox, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray());
    }

    [Fact]
    public async Task A_function_gets_the_code_and_the_configuration_of_an_earlier_version_and_nothing_else_changes()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await LambdaAsync(source, "DELETE", $"{Reader}/aliases/live");
        var selection = new RestoreSelection(["lambda"], resource => resource.Name == "reader").To(2);
        Assert.Equal(RestoreStatus.Done, Assert.Single(await RestoreAsync(source, snapshot, selection)).Status);
        var (function, version) = (await LambdaAsync(source, "GET", Reader), await LambdaAsync(source, "GET", $"{Reader}?Qualifier=2"));
        Assert.Equal(Sha(version), Sha(function));
        Assert.Equal((string?)version["Configuration"]!["Description"], (string?)function["Configuration"]!["Description"]);
        Assert.Empty((await LambdaAsync(source, "GET", $"{Reader}/aliases"))["Aliases"]!.AsArray());
        Assert.Equal(RestoreAction.Skip, Assert.Single(await PlanAsync(source, snapshot, selection)).Action);
        await Assert.ThrowsAsync<JadaSnapshot.Engine.Store.StoreException>(() => PlanAsync(source, snapshot, new RestoreSelection(["lambda"], resource => resource.Name == "reader").To(1)));
    }

    [Fact]
    public async Task A_variable_that_nobody_knows_is_named_before_anything_is_touched()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await using var target = await StartAsync(OtherAccount);
        var step = Assert.Single(await PlanAsync(target, snapshot), step => step is { Kind: "function", Action: RestoreAction.Cannot });
        Assert.Contains("QUEUE, TOKEN are not known", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_whose_answers_are_lost_makes_nothing_twice()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await using var target = await StartAsync(OtherAccount);
        foreach (var operation in (string[])["CreateFunction", "CreateAlias", "CreateFunctionUrlConfig", "AddPermission", "CreateEventSourceMapping", "PublishVersion"])
            target.Host.Faults.Add(Fault.Parse($"service=lambda,operation={operation},times=1,kind=reset"));
        await RestoreAsync(target, snapshot, null, WithSecrets);
        await RestoreWhollyAsync(target, snapshot, WithSecrets);
        Assert.Equal(3, (await LambdaAsync(target, "GET", $"{Reader}/versions"))["Versions"]!.AsArray().Count);
        Assert.Single((await LambdaAsync(target, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray());
    }

    private static string? Sha(JsonObject function) => (string?)function["Configuration"]!["CodeSha256"];

    // A mapping that was put back feeds the function again.
    private static async Task<bool> ReadsAsync(RunningSandbox sandbox) =>
        (await LambdaAsync(sandbox, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray() is [{ } mapping] && (string?)mapping["State"] == "Enabled";

    private static Task<JsonObject> LambdaAsync(RunningSandbox sandbox, string method, string target, string body = "") => FunctionWorld.LambdaAsync(sandbox.Host, method, target, body);

    private static async Task<RunningSandbox> SourceAsync()
    {
        var sandbox = await StartAsync();
        await FunctionWorld.MakeAsync(sandbox.Host, "\"NewerThanWeAre\":\"kept\",");
        return sandbox;
    }
}
