using System.Security.Cryptography;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.SandboxServices;

public sealed class LambdaTests
{
    private const string Functions = "/2015-03-31/functions";
    private readonly TestWorld _world = new();

    [Fact]
    public async Task The_link_of_a_function_leads_to_the_bytes_that_its_digest_names()
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one");
        var function = await _world.LambdaAsync("GET", $"{Functions}/one");

        var answer = await FetchAsync(function["Code"]!["Location"]!.GetValue<string>());

        Assert.Equal(200, answer.Status);
        Assert.Equal(function["Configuration"]!["CodeSha256"]!.GetValue<string>(), Convert.ToBase64String(SHA256.HashData(answer.Body.Span)));
    }

    [Fact]
    public async Task A_link_ends_after_ten_minutes_and_cannot_be_forged()
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one");
        var link = (await _world.LambdaAsync("GET", $"{Functions}/one"))["Code"]!["Location"]!.GetValue<string>();
        Assert.Contains("X-Amz-Security-Token=", link, StringComparison.Ordinal);

        Assert.Equal(403, (await FetchAsync(link.Replace("X-Amz-Signature=", "X-Amz-Signature=0", StringComparison.Ordinal))).Status);
        _world.Clock.Now += TimeSpan.FromMinutes(9);
        Assert.Equal(200, (await FetchAsync(link)).Status);
        _world.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(403, (await FetchAsync(link)).Status);
    }

    [Fact]
    public async Task A_function_needs_a_role_that_Lambda_can_assume_and_layers_that_exist()
    {
        var noRole = await TestWorld.RefusalAsync(() => _world.CreateFunctionAsync("one"), "InvalidParameterValueException");
        Assert.Equal("The role defined for the function cannot be assumed by Lambda.", noRole.Message);

        await _world.CreateRoleAsync();
        await TestWorld.RefusalAsync(() => _world.CreateFunctionAsync("one", ""","Layers":["arn:aws:lambda:us-east-1:782785212866:layer:none:1"]"""), "InvalidParameterValueException");
        Assert.Equal("one", (await _world.CreateFunctionAsync("one"))["FunctionName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Members_that_the_sandbox_does_not_know_are_kept()
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one", ""","FutureConfig":{"Mode":"new","Depth":1.50}""");

        var configuration = await _world.LambdaAsync("GET", $"{Functions}/one/configuration");

        Assert.Equal("""{"Mode":"new","Depth":1.50}""", configuration["FutureConfig"]!.ToJsonString());
    }

    [Fact]
    public async Task A_page_has_at_most_fifty_functions_and_ALL_lists_their_versions()
    {
        await _world.CreateRoleAsync();
        for (var i = 0; i < 52; i++) await _world.CreateFunctionAsync($"f{i:D2}");
        await _world.LambdaAsync("POST", $"{Functions}/f00/versions", "{}");

        var first = await _world.LambdaAsync("GET", $"{Functions}?MaxItems=10000&FunctionVersion=ALL");
        var second = await _world.LambdaAsync("GET", $"{Functions}?FunctionVersion=ALL&Marker={Uri.EscapeDataString(first["NextMarker"]!.GetValue<string>())}");

        Assert.Equal(50, first["Functions"]!.AsArray().Count);
        Assert.Equal(3, second["Functions"]!.AsArray().Count);
        Assert.Null(second["NextMarker"]);
        Assert.Equal(["$LATEST", "1"], first["Functions"]!.AsArray().Take(2).Select(function => function!["Version"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("one")]
    [InlineData("one:1")]
    [InlineData("782785212866:one")]
    [InlineData("782785212866:function:one")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A782785212866%3Afunction%3Aone")]
    [InlineData("arn:aws:lambda:us-east-1:782785212866:function:one:live")]
    public async Task A_function_is_found_by_name_ARN_and_part_of_an_ARN(string name)
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one", ""","Publish":true""");
        await _world.LambdaAsync("POST", $"{Functions}/one/aliases", """{"Name":"live","FunctionVersion":"1"}""");

        Assert.Equal("one", (await _world.LambdaAsync("GET", $"{Functions}/{name}/configuration"))["FunctionName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Publishing_without_a_change_gives_the_version_that_is_there()
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one", ""","Publish":true""");

        Assert.Equal("1", (await _world.LambdaAsync("POST", $"{Functions}/one/versions", "{}"))["Version"]!.GetValue<string>());
        await _world.LambdaAsync("PUT", $"{Functions}/one/configuration", """{"MemorySize":256}""");
        Assert.Equal("2", (await _world.LambdaAsync("POST", $"{Functions}/one/versions", "{}"))["Version"]!.GetValue<string>());
        Assert.Equal(128, (await _world.LambdaAsync("GET", $"{Functions}/one/configuration?Qualifier=1"))["MemorySize"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_function_without_permissions_has_no_policy()
    {
        await _world.CreateRoleAsync();
        await _world.CreateFunctionAsync("one");
        await TestWorld.RefusalAsync(() => _world.LambdaAsync("GET", $"{Functions}/one/policy"), "ResourceNotFoundException");

        await _world.LambdaAsync("POST", $"{Functions}/one/policy", """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceArn":"arn:aws:s3:::b"}""");
        var policy = JsonNode.Parse((await _world.LambdaAsync("GET", $"{Functions}/one/policy"))["Policy"]!.GetValue<string>())!;
        Assert.Equal("arn:aws:s3:::b", policy["Statement"]![0]!["Condition"]!["ArnLike"]!["AWS:SourceArn"]!.GetValue<string>());

        await _world.LambdaAsync("DELETE", $"{Functions}/one/policy/s");
        await TestWorld.RefusalAsync(() => _world.LambdaAsync("GET", $"{Functions}/one/policy"), "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_change_made_from_an_old_revision_is_refused()
    {
        await _world.CreateRoleAsync();
        var revision = (await _world.CreateFunctionAsync("one"))["RevisionId"]!.GetValue<string>();
        await _world.LambdaAsync("PUT", $"{Functions}/one/configuration", $$"""{"Timeout":5,"RevisionId":"{{revision}}"}""");

        var refusal = await TestWorld.RefusalAsync(() => _world.LambdaAsync("PUT", $"{Functions}/one/configuration", $$"""{"Timeout":6,"RevisionId":"{{revision}}"}"""), "PreconditionFailedException");
        Assert.Equal(412, refusal.Status);
    }

    private async Task<SandboxResponse> FetchAsync(string link)
    {
        var target = link[_world.World.Endpoint.Length..];
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var request = new SandboxRequest
        {
            Method = "GET",
            RawPath = target[..at],
            Query = [.. target[(at + 1)..].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])))],
            Region = "us-east-1",
            Endpoint = _world.World.Endpoint,
        };
        return await ((ISandboxLinks)_world.World.Find("lambda")!).FetchAsync(request, TestContext.Current.CancellationToken);
    }
}
