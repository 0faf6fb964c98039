using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Tests.SandboxServices;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes a function with everything that can hang on it, a layer and a code signing configuration in a sandbox.</summary>
internal static class FunctionWorld
{
    public const string Account = SandboxWorld.EstateAccount, Region = "us-east-1";
    public const string Reader = "/2015-03-31/functions/reader";
    public const string ReaderArn = $"arn:aws:lambda:{Region}:{Account}:function:reader";
    public const string Queue = $"https://sqs.{Region}.amazonaws.com/{Account}/jobs";

    /// <summary>What the function's variables hold.</summary>
    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string> { ["TOKEN"] = "planted-token", ["QUEUE"] = Queue };

    /// <param name="host">The sandbox.</param>
    /// <param name="more">Further members of the function, each with a comma behind it.</param>
    public static async Task MakeAsync(SandboxHost host, string more = "")
    {
        await host.CallAsync("iam", Region, "POST", "/", $"Action=CreateRole&RoleName=runner&AssumeRolePolicyDocument={Uri.EscapeDataString(TestWorld.Trust)}");
        await LambdaAsync(host, "POST", "/2018-10-31/layers/tools/versions", $$$"""{"Description":"gone","Content":{"ZipFile":"{{{Code("layer 0")}}}"}}""");
        await LambdaAsync(host, "POST", "/2018-10-31/layers/tools/versions", $$$"""{"Description":"in use","CompatibleRuntimes":["python3.13"],"Content":{"ZipFile":"{{{Code("layer")}}}"}}""");
        await LambdaAsync(host, "POST", "/2018-10-31/layers/tools/versions/1/policy", """{"StatementId":"partners","Action":"lambda:GetLayerVersion","Principal":"210987654321"}""");
        var signing = await LambdaAsync(host, "POST", "/2020-04-22/code-signing-configs", $$$"""{"Description":"signed","AllowedPublishers":{"SigningProfileVersionArns":["arn:aws:signer:{{{Region}}}:{{{Account}}}:/signing-profiles/jada/1"]},"Tags":{"owner":"crew"}}""");
        await LambdaAsync(host, "POST", "/2015-03-31/functions", $$$"""
            {"FunctionName":"reader","Runtime":"python3.13","Handler":"a.b","Role":"arn:aws:iam::{{{Account}}}:role/runner","Timeout":10,"Layers":["arn:aws:lambda:{{{Region}}}:{{{Account}}}:layer:tools:2"],
            "Environment":{"Variables":{"TOKEN":"planted-token","QUEUE":"{{{Queue}}}"}},{{{more}}}"Tags":{"owner":"crew"},"Code":{"ZipFile":"{{{Code("one")}}}"}}
            """);
        // The first version is deleted, so that the numbers of the others cannot come back.
        await LambdaAsync(host, "POST", $"{Reader}/versions", """{"Description":"first"}""");
        foreach (var code in (string[])["two", "three"])
        {
            await LambdaAsync(host, "PUT", $"{Reader}/code", $$"""{"ZipFile":"{{Code(code)}}"}""");
            await LambdaAsync(host, "POST", $"{Reader}/versions", $$"""{"Description":"{{code}}"}""");
        }
        await LambdaAsync(host, "DELETE", $"{Reader}?Qualifier=1");
        await LambdaAsync(host, "POST", $"{Reader}/aliases", """{"Name":"live","FunctionVersion":"3","Description":"what is called","RoutingConfig":{"AdditionalVersionWeights":{"2":0.25}}}""");
        await LambdaAsync(host, "PUT", "/2017-10-31/functions/reader/concurrency", """{"ReservedConcurrentExecutions":7}""");
        await LambdaAsync(host, "PUT", "/2019-09-30/functions/reader/provisioned-concurrency?Qualifier=live", """{"ProvisionedConcurrentExecutions":2}""");
        await LambdaAsync(host, "POST", $"{Reader}/policy", $$"""{"StatementId":"bucket","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceAccount":"{{Account}}","SourceArn":"arn:aws:s3:::uploads"}""");
        await LambdaAsync(host, "POST", $"{Reader}/policy?Qualifier=2", """{"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}""");
        await LambdaAsync(host, "POST", $"{Reader}/policy?Qualifier=live", """{"StatementId":"url","Action":"lambda:InvokeFunctionUrl","Principal":"*","FunctionUrlAuthType":"NONE"}""");
        await LambdaAsync(host, "POST", "/2021-10-31/functions/reader/url?Qualifier=live", """{"AuthType":"AWS_IAM","Cors":{"AllowOrigins":["*"]}}""");
        await LambdaAsync(host, "PUT", "/2019-09-25/functions/reader/event-invoke-config", """{"MaximumRetryAttempts":1}""");
        await LambdaAsync(host, "PUT", "/2024-08-31/functions/reader/recursion-config", """{"RecursiveLoop":"Allow"}""");
        await LambdaAsync(host, "PUT", "/2021-07-20/functions/reader/runtime-management-config", """{"UpdateRuntimeOn":"FunctionUpdate"}""");
        await LambdaAsync(host, "PUT", "/2020-06-30/functions/reader/code-signing-config", $$"""{"CodeSigningConfigArn":"{{signing["CodeSigningConfig"]!["CodeSigningConfigArn"]}}"}""");
        await LambdaAsync(host, "POST", "/2015-03-31/event-source-mappings", $$$"""{"EventSourceArn":"arn:aws:sqs:{{{Region}}}:{{{Account}}}:jobs","FunctionName":"reader:live","BatchSize":5,"Tags":{"owner":"crew"}}""");
    }

    /// <summary>One change of each setting.</summary>
    public static async Task<IReadOnlyList<ManualChange>> ChangesAsync(SandboxHost host)
    {
        var mapping = (string)(await LambdaAsync(host, "GET", "/2015-03-31/event-source-mappings"))["EventSourceMappings"]![0]!["UUID"]!;
        var signing = (string)(await LambdaAsync(host, "GET", "/2020-04-22/code-signing-configs"))["CodeSigningConfigs"]![0]!["CodeSigningConfigArn"]!;
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
        return [.. changes.Select(change => new ManualChange(change.Document, $"{change.Method} {change.Path} {change.Body}", () => LambdaAsync(host, change.Method, change.Path, change.Body)))];
    }

    /// <summary>Adds what the snapshot does not have.</summary>
    public static async Task AddAsync(SandboxHost host)
    {
        await LambdaAsync(host, "PUT", $"{Reader}/configuration", """{"Timeout":99}""");
        await LambdaAsync(host, "POST", $"{Reader}/versions", "{}");
        await LambdaAsync(host, "PUT", $"{Reader}/configuration", """{"Timeout":10}""");
        await LambdaAsync(host, "POST", $"{Reader}/aliases", """{"Name":"next","FunctionVersion":"4"}""");
        await LambdaAsync(host, "POST", "/2021-10-31/functions/reader/url", """{"AuthType":"NONE"}""");
        await LambdaAsync(host, "POST", "/2015-03-31/event-source-mappings", $$"""{"EventSourceArn":"arn:aws:sqs:{{Region}}:{{Account}}:more","FunctionName":"reader"}""");
    }

    public static Task<JsonObject> LambdaAsync(SandboxHost host, string method, string target, string body = "") => host.CallAsync("lambda", Region, method, target, body);

    public static string Code(string content) => Convert.ToBase64String(TestWorld.Zip(content));
}
