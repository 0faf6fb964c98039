using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Tests.SandboxServices;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Functions of kinds that the estate has none of.</summary>
public sealed class LambdaOddTests : LayerTest
{
    private const string Role = "arn:aws:iam::782785212866:role/runner";

    [Fact]
    public async Task An_image_function_is_its_documents_and_the_digest_of_its_image()
    {
        await using var sandbox = await StartAsync();
        await CallAsync(sandbox.Host, "POST", "/2015-03-31/functions", $$$"""{"FunctionName":"drawer","Role":"{{{Role}}}","PackageType":"Image","Code":{"ImageUri":"782785212866.dkr.ecr.us-east-1.amazonaws.com/drawer:latest"}}""");
        var snapshot = await CaptureAsync(EstateFixture.OptionsFor(sandbox.Host), "lambda");

        Assert.Empty(Problems);
        var folder = Path.Combine(snapshot.Path, "lambda-functions/drawer/us-east-1");
        Assert.Equal(["function.json", "recursion.json"], Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var read = await ReadAsync(EstateFixture.OptionsFor(sandbox.Host), new FunctionView());
        Assert.StartsWith("782785212866.dkr.ecr.us-east-1.amazonaws.com/drawer@sha256:", Assert.Single(read).ImageUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_whose_function_is_gone_is_captured_by_itself()
    {
        await using var sandbox = await StartAsync();
        await FunctionAsync(sandbox.Host, "reader");
        await CallAsync(sandbox.Host, "POST", "/2015-03-31/event-source-mappings", """{"EventSourceArn":"arn:aws:sqs:us-east-1:782785212866:jobs","FunctionName":"reader"}""");
        await CallAsync(sandbox.Host, "DELETE", "/2015-03-31/functions/reader");
        var snapshot = await CaptureAsync(EstateFixture.OptionsFor(sandbox.Host), "lambda");
        Assert.Empty(Problems);
        var mapping = Assert.Single(Directory.EnumerateFiles(Path.Combine(snapshot.Path, "aws-configs/lambda/event-source-mappings/us-east-1"), "*", SearchOption.AllDirectories));
        Assert.Contains("arn:aws:sqs:us-east-1:782785212866:jobs", await File.ReadAllTextAsync(mapping, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_differ_in_a_value_are_told_apart_and_neither_value_is_there()
    {
        await using var sandbox = await StartAsync();
        await FunctionAsync(sandbox.Host, "poller", ""","Environment":{"Variables":{"TOKEN":"planted-first","SAME":"planted-same"}}""");
        await CallAsync(sandbox.Host, "POST", "/2015-03-31/functions/poller/versions", "{}");
        await CallAsync(sandbox.Host, "PUT", "/2015-03-31/functions/poller/configuration", """{"Environment":{"Variables":{"TOKEN":"planted-second","SAME":"planted-same"}}}""");
        var snapshot = await CaptureAsync(EstateFixture.OptionsFor(sandbox.Host), "lambda");

        Assert.Empty(Problems);
        var variables = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(snapshot.Path, "lambda-functions/poller/us-east-1/environment.json"), Cancel)).GetProperty("variables");
        Assert.Equal(
            ["SAME $LATEST,1", "TOKEN $LATEST", "TOKEN 1"],
            variables.EnumerateArray().Select(each => $"{each.GetProperty("name")} {string.Join(',', each.GetProperty("versions").EnumerateArray())}"));
        Assert.Equal(3, variables.EnumerateArray().Select(each => each.GetProperty("fingerprint").GetString()).Distinct().Count());
        foreach (var file in Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("planted", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
    }

    private static async Task<RunningSandbox> StartAsync()
    {
        var sandbox = await RunningSandbox.StartAsync(new() { Budgets = false, Region = "us-east-1" });
        await new InProcessCaller(sandbox.Host.World).CallAsync(
            "iam", "us-east-1", "POST", "/", [], [], Encoding.UTF8.GetBytes($"Action=CreateRole&RoleName=runner&AssumeRolePolicyDocument={Uri.EscapeDataString(TestWorld.Trust)}"), Cancel);
        return sandbox;
    }

    private static Task FunctionAsync(SandboxHost host, string name, string more = "") => CallAsync(
        host, "POST", "/2015-03-31/functions", $$$"""{"FunctionName":"{{{name}}}","Runtime":"python3.13","Handler":"a.b","Role":"{{{Role}}}","Code":{"ZipFile":"{{{Convert.ToBase64String(TestWorld.Zip("x"))}}}"}{{{more}}}}""");

    private static async Task CallAsync(SandboxHost host, string method, string path, string body = "") =>
        await new InProcessCaller(host.World).CallAsync("lambda", "us-east-1", method, path, [], [], Encoding.UTF8.GetBytes(body), Cancel);
}
