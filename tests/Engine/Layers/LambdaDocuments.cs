using JadaSnapshot.Engine.Layers.Lambda;
using JadaSnapshot.Engine.Secrets;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

/// <summary>Asks the sandbox, past the engine, for what a captured document should be.</summary>
internal sealed class LambdaDocuments(SandboxHost host)
{
    private readonly InProcessCaller _caller = new(host.World);

    /// <summary>The request whose answer a path of a snapshot holds; null for what is no answer.</summary>
    public static (string Region, string Target)? RequestOf(string path, Func<string, string> read) => path.Split('/') switch
    {
        ["lambda-functions", var function, var region, .. var document] when OfFunction(function, string.Join('/', document), read) is { } target => (region, target),
        ["aws-configs", "lambda", "layers", var region, var account, var name, var number, "layer-version.json"] =>
            (region, $"/2018-10-31/layers?find=LayerVersion&Arn=arn:aws:lambda:{region}:{account}:layer:{name}:{number}"),
        ["aws-configs", "lambda", "layers", var region, _, var name, var number, "policy.json"] => (region, $"/2018-10-31/layers/{name}/versions/{number}/policy"),
        ["aws-configs", "lambda", "code-signing-configs", var region, var id, "code-signing-config.json"] => (region, $"/2020-04-22/code-signing-configs/{Escaped(host: region, id)}"),
        ["aws-configs", "lambda", "code-signing-configs", var region, var id, "tags.json"] => (region, $"/2017-03-31/tags/{Escaped(host: region, id)}"),
        _ => null,
    };

    /// <summary>A document without what changes from answer to answer, or is a secret; every other byte stays.</summary>
    public static string Comparable(byte[] document) => System.Text.Encoding.UTF8.GetString(JsonRedaction.Replace(document, (path, _) =>
        path is ["Code" or "Content", "Location"] or ["Configuration", "Environment", "Variables", _] ? "-" : null));

    public async Task<byte[]> AskAsync(string region, string target)
    {
        var at = target.IndexOf('?', StringComparison.Ordinal);
        var query = at < 0 ? [] : target[(at + 1)..].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        var answer = await _caller.CallAsync("lambda", region, "GET", at < 0 ? target : target[..at], [.. query], [], default, TestContext.Current.CancellationToken);
        return answer.Body.ToArray();
    }

    private static string Escaped(string host, string id) => Uri.EscapeDataString($"arn:aws:lambda:{host}:782785212866:code-signing-config:{id}");

    private static string? OfFunction(string function, string document, Func<string, string> read) => document.Split('/') switch
    {
        ["function.json"] => $"/2015-03-31/functions/{function}",
        ["versions", var version] => $"/2015-03-31/functions/{function}?Qualifier={Stem(version)}",
        ["policy.json"] => $"/2015-03-31/functions/{function}/policy",
        ["policies", var qualifier] => $"/2015-03-31/functions/{function}/policy?Qualifier={Stem(qualifier)}",
        ["aliases-0001.json"] => $"/2015-03-31/functions/{function}/aliases",
        ["url-configs-0001.json"] => $"/2021-10-31/functions/{function}/urls",
        ["event-invoke-configs-0001.json"] => $"/2019-09-25/functions/{function}/event-invoke-config/list",
        ["provisioned-concurrency-0001.json"] => $"/2019-09-30/functions/{function}/provisioned-concurrency?List=ALL",
        ["recursion.json"] => $"/2024-08-31/functions/{function}/recursion-config",
        ["runtime-management.json"] => $"/2021-07-20/functions/{function}/runtime-management-config",
        ["code-signing.json"] => $"/2020-06-30/functions/{function}/code-signing-config",
        ["event-source-mappings", var tags] when tags.EndsWith(EventSource.Tags, StringComparison.Ordinal) =>
            $"/2017-03-31/tags/{Uri.EscapeDataString(System.Text.Json.JsonElement.Parse(read(tags.Replace(".tags", "", StringComparison.Ordinal))).GetProperty("EventSourceMappingArn").GetString()!)}",
        ["event-source-mappings", var mapping] => $"/2015-03-31/event-source-mappings/{Stem(mapping)}",
        _ => null,
    };

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file);
}
