using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Tests.Recovery;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Tests.SandboxServices;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Functions with everything that can hang on them, layers and code signing configurations come back.</summary>
public sealed class FunctionRestoreTests : CalledRestoreTest
{
    private const string Reader = "/2015-03-31/functions/reader";
    private const string ReaderArn = $"arn:aws:lambda:{Region}:{Account}:function:reader";
    private const string Queue = $"https://sqs.{Region}.amazonaws.com/{Account}/jobs";

    private static readonly Func<RestoreTarget, RestoreTarget> WithSecrets = target => target with { SecretValues = new Dictionary<string, string> { ["TOKEN"] = "planted-token", ["QUEUE"] = Queue } };

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
        var mapping = (string)(await LambdaAsync(source, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]![0]!["UUID"]!;
        var signing = (string)(await LambdaAsync(source, "GET", "/2020-04-22/code-signing-configs"))["CodeSigningConfigs"]![0]!["CodeSigningConfigArn"]!;
        (string Method, string Path, string Body, string Document)[] changes =
        [
            ("PUT", $"{Reader}/configuration", """{"Timeout":99,"Environment":{"Variables":{"TOKEN":"planted-token","QUEUE":"other"}}}""", "function.json"),
            ("PUT", $"{Reader}/code", $$"""{"ZipFile":"{{Convert.ToBase64String(TestWorld.Zip("bad"))}}"}""", "function.json"),
            ("DELETE", "/2017-10-31/functions/reader/concurrency", "", "function.json"),
            ("PUT", $"{Reader}/aliases/live", """{"Description":"bad","RoutingConfig":{"AdditionalVersionWeights":{}}}""", "aliases.json"),
            ("POST", $"{Reader}/policy", """{"StatementId":"all","Action":"lambda:InvokeFunction","Principal":"*"}""", "policy.json"),
            ("DELETE", $"{Reader}/policy/api?Qualifier=2", "", "policies/2.json"),
            ("PUT", "/2021-10-31/functions/reader/url?Qualifier=live", """{"AuthType":"NONE"}""", "url-configs.json"),
            ("DELETE", "/2019-09-25/functions/reader/event-invoke-config", "", "event-invoke-configs.json"),
            ("PUT", "/2019-09-30/functions/reader/provisioned-concurrency?Qualifier=live", """{"ProvisionedConcurrentExecutions":9}""", "provisioned-concurrency.json"),
            ("PUT", "/2024-08-31/functions/reader/recursion-config", """{"RecursiveLoop":"Terminate"}""", "recursion.json"),
            ("PUT", "/2021-07-20/functions/reader/runtime-management-config", """{"UpdateRuntimeOn":"Auto"}""", "runtime-management.json"),
            ("DELETE", "/2020-06-30/functions/reader/code-signing-config", "", "code-signing.json"),
            ("PUT", $"/2015-03-31/event-source-mappings/{mapping}", """{"BatchSize":1}""", $"event-source-mappings/{mapping}.json"),
            ("DELETE", $"/2015-03-31/event-source-mappings/{mapping}", "", $"event-source-mappings/{mapping}.json"),
            ("POST", $"/2017-03-31/tags/{Uri.EscapeDataString(ReaderArn)}", """{"Tags":{"owner":"nobody","new":"1"}}""", "function.json"),
            ("PUT", $"/2020-04-22/code-signing-configs/{Uri.EscapeDataString(signing)}", """{"CodeSigningPolicies":{"UntrustedArtifactOnDeployment":"Enforce"}}""", "code-signing-config.json"),
            ("DELETE", "/2018-10-31/layers/tools/versions/1/policy/partners", "", "policy.json"),
        ];
        foreach (var (method, path, body, document) in changes)
        {
            await LambdaAsync(source, method, path, body);
            var step = Assert.Single(await PlanAsync(source, snapshot), step => step.Action != RestoreAction.Skip);
            Assert.Equal(RestoreAction.Update, step.Action);
            Assert.All(step.Changes, change => Assert.StartsWith(document[..^".json".Length], change.Document, StringComparison.Ordinal));
            await RestoreWhollyAsync(source, snapshot, WithSecrets);
        }
        Assert.True(await ReadsAsync(source));
    }

    [Fact]
    public async Task What_came_to_be_later_stays_unless_it_is_to_be_deleted()
    {
        await using var source = await SourceAsync();
        var snapshot = await CaptureAsync(source, false, "iam", "lambda");
        await LambdaAsync(source, "PUT", $"{Reader}/configuration", """{"Timeout":99}""");
        await LambdaAsync(source, "POST", $"{Reader}/versions", "{}");
        await LambdaAsync(source, "PUT", $"{Reader}/configuration", """{"Timeout":10}""");
        await LambdaAsync(source, "POST", $"{Reader}/aliases", """{"Name":"next","FunctionVersion":"4"}""");
        await LambdaAsync(source, "POST", "/2021-10-31/functions/reader/url", """{"AuthType":"NONE"}""");
        await LambdaAsync(source, "POST", "/2015-03-31/event-source-mappings", $$"""{"EventSourceArn":"arn:aws:sqs:{{Region}}:{{Account}}:more","FunctionName":"reader"}""");
        await HasNothingToDoAsync(source, snapshot);

        await RestoreWhollyAsync(source, snapshot, target => target with { Prune = true });
        Assert.Equal(["$LATEST", "2", "3"], (await LambdaAsync(source, "GET", $"{Reader}/versions"))["Versions"]!.AsArray().Select(version => (string?)version!["Version"]));
        Assert.True(await ReadsAsync(source));
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

    private static Task<JsonObject> LambdaAsync(RunningSandbox sandbox, string method, string target, string body = "") => CallAsync(sandbox, "lambda", method, target, body);

    private static async Task<RunningSandbox> SourceAsync()
    {
        var sandbox = await StartAsync();
        await CallAsync(sandbox, "iam", "POST", "/", $"Action=CreateRole&RoleName=runner&AssumeRolePolicyDocument={Uri.EscapeDataString(TestWorld.Trust)}");
        await LambdaAsync(sandbox, "POST", "/2018-10-31/layers/tools/versions", $$$"""{"Description":"gone","Content":{"ZipFile":"{{{Code("layer 0")}}}"}}""");
        await LambdaAsync(sandbox, "POST", "/2018-10-31/layers/tools/versions", $$$"""{"Description":"in use","CompatibleRuntimes":["python3.13"],"Content":{"ZipFile":"{{{Code("layer")}}}"}}""");
        await LambdaAsync(sandbox, "POST", "/2018-10-31/layers/tools/versions/1/policy", """{"StatementId":"partners","Action":"lambda:GetLayerVersion","Principal":"210987654321"}""");
        var signing = await LambdaAsync(sandbox, "POST", "/2020-04-22/code-signing-configs", $$$"""{"Description":"signed","AllowedPublishers":{"SigningProfileVersionArns":["arn:aws:signer:{{{Region}}}:{{{Account}}}:/signing-profiles/jada/1"]},"Tags":{"owner":"crew"}}""");
        await LambdaAsync(sandbox, "POST", "/2015-03-31/functions", $$$"""
            {"FunctionName":"reader","Runtime":"python3.13","Handler":"a.b","Role":"arn:aws:iam::{{{Account}}}:role/runner","Timeout":10,"Layers":["arn:aws:lambda:{{{Region}}}:{{{Account}}}:layer:tools:2"],
            "Environment":{"Variables":{"TOKEN":"planted-token","QUEUE":"{{{Queue}}}"}},"NewerThanWeAre":"kept","Tags":{"owner":"crew"},"Code":{"ZipFile":"{{{Code("one")}}}"}}
            """);
        // The first version is deleted, so that the numbers of the others cannot come back.
        await LambdaAsync(sandbox, "POST", $"{Reader}/versions", """{"Description":"first"}""");
        foreach (var code in (string[])["two", "three"])
        {
            await LambdaAsync(sandbox, "PUT", $"{Reader}/code", $$"""{"ZipFile":"{{Code(code)}}"}""");
            await LambdaAsync(sandbox, "POST", $"{Reader}/versions", $$"""{"Description":"{{code}}"}""");
        }
        await LambdaAsync(sandbox, "DELETE", $"{Reader}?Qualifier=1");
        await LambdaAsync(sandbox, "POST", $"{Reader}/aliases", """{"Name":"live","FunctionVersion":"3","Description":"what is called","RoutingConfig":{"AdditionalVersionWeights":{"2":0.25}}}""");
        await LambdaAsync(sandbox, "PUT", "/2017-10-31/functions/reader/concurrency", """{"ReservedConcurrentExecutions":7}""");
        await LambdaAsync(sandbox, "PUT", "/2019-09-30/functions/reader/provisioned-concurrency?Qualifier=live", """{"ProvisionedConcurrentExecutions":2}""");
        await LambdaAsync(sandbox, "POST", $"{Reader}/policy", $$"""{"StatementId":"bucket","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceAccount":"{{Account}}","SourceArn":"arn:aws:s3:::uploads"}""");
        await LambdaAsync(sandbox, "POST", $"{Reader}/policy?Qualifier=2", """{"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}""");
        await LambdaAsync(sandbox, "POST", $"{Reader}/policy?Qualifier=live", """{"StatementId":"url","Action":"lambda:InvokeFunctionUrl","Principal":"*","FunctionUrlAuthType":"NONE"}""");
        await LambdaAsync(sandbox, "POST", "/2021-10-31/functions/reader/url?Qualifier=live", """{"AuthType":"AWS_IAM","Cors":{"AllowOrigins":["*"]}}""");
        await LambdaAsync(sandbox, "PUT", "/2019-09-25/functions/reader/event-invoke-config", """{"MaximumRetryAttempts":1}""");
        await LambdaAsync(sandbox, "PUT", "/2024-08-31/functions/reader/recursion-config", """{"RecursiveLoop":"Allow"}""");
        await LambdaAsync(sandbox, "PUT", "/2021-07-20/functions/reader/runtime-management-config", """{"UpdateRuntimeOn":"FunctionUpdate"}""");
        await LambdaAsync(sandbox, "PUT", "/2020-06-30/functions/reader/code-signing-config", $$"""{"CodeSigningConfigArn":"{{signing["CodeSigningConfig"]!["CodeSigningConfigArn"]}}"}""");
        await LambdaAsync(sandbox, "POST", "/2015-03-31/event-source-mappings", $$$"""{"EventSourceArn":"arn:aws:sqs:{{{Region}}}:{{{Account}}}:jobs","FunctionName":"reader:live","BatchSize":5,"Tags":{"owner":"crew"}}""");
        return sandbox;
    }

    private static string Code(string content) => Convert.ToBase64String(TestWorld.Zip(content));
}
