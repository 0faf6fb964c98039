using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate;
using JadaSnapshot.Sandbox.Hosting;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Estate;

/// <summary>An estate, and questions to it in the services' own terms.</summary>
public sealed class EstateFixture : IAsyncLifetime
{
    public const int Seed = 1;

    private InProcessCaller _caller = null!;

    public SandboxWorld World { get; private set; } = null!;

    public ValueTask InitializeAsync() => BuildAsync(Seed);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async ValueTask BuildAsync(int seed)
    {
        World = new(seed, TimeProvider.System);
        World.AddServices();
        await EstateBuilder.BuildAsync(World, seed, TestContext.Current.CancellationToken);
        _caller = new(World);
    }

    public async Task<XElement> XmlAsync(string service, string path, string query = "", string region = EstateNames.West)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => new KeyValuePair<string, string>(pair[0], pair.Length > 1 ? pair[1] : "")).ToList();
        var answer = await _caller.CallAsync(service, region, "GET", path, pairs, [], default, TestContext.Current.CancellationToken);
        return XElement.Parse(Encoding.UTF8.GetString(answer.Body.Span));
    }

    /// <summary>The stages, integrations and API keys, as API Gateway shows them.</summary>
    public async Task<string> ApisAsync()
    {
        var text = new StringBuilder(await ApiAsync("/apikeys", new KeyValuePair<string, string>("includeValues", "true")));
        foreach (var id in Ids(await ApiAsync("/restapis"), "item", "id"))
            text.Append(await ApiAsync($"/restapis/{id}/stages")).Append(await ApiAsync($"/restapis/{id}/resources", new KeyValuePair<string, string>("embed", "methods")));
        foreach (var id in Ids(await ApiAsync("/v2/apis"), "items", "apiId"))
            text.Append(await ApiAsync($"/v2/apis/{id}/stages")).Append(await ApiAsync($"/v2/apis/{id}/integrations"));
        return text.ToString();

        async Task<string> ApiAsync(string path, params KeyValuePair<string, string>[] query)
        {
            var service = path.StartsWith("/v2/", StringComparison.Ordinal) ? "apigatewayv2" : "apigateway";
            return Encoding.UTF8.GetString((await _caller.CallAsync(service, EstateNames.West, "GET", path, query, [new("Accept", "application/json")], default, TestContext.Current.CancellationToken)).Body.Span);
        }

        static IEnumerable<string> Ids(string listing, string items, string id) => JsonNode.Parse(listing)![items]!.AsArray().Select(item => (string)item![id]!);
    }

    public async Task<JsonObject> LambdaAsync(string path, string region = EstateNames.West, params KeyValuePair<string, string>[] query)
    {
        var answer = await _caller.CallAsync("lambda", region, "GET", path, query, [], default, TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer.Body.Span)!.AsObject();
    }

    public Task<JsonObject> DynamoDbAsync(string operation, string body, string region = EstateNames.West) =>
        RpcAsync("dynamodb", "DynamoDB_20120810." + operation, body, region);

    public async Task<JsonObject> RpcAsync(string service, string target, string body, string region = EstateNames.West)
    {
        var answer = await _caller.CallAsync(service, region, "POST", "/", [], [new("X-Amz-Target", target)], Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer.Body.Span)!.AsObject();
    }

    public async Task<IReadOnlyList<(string Name, string Region)>> BucketsAsync() =>
        [.. (await XmlAsync("s3", "/", "max-buckets=1000")).Descendants().Where(element => element.Name.LocalName == "Bucket")
            .Select(bucket => (Value(bucket, "Name"), Value(bucket, "BucketRegion")))];

    /// <summary>Every current object of a bucket: its key, ETag and time.</summary>
    public async Task<IReadOnlyList<(string Key, string ETag, DateTimeOffset Time)>> ObjectsAsync(string bucket, string region = EstateNames.West)
    {
        var page = await XmlAsync("s3", $"/{bucket}", "list-type=2&encoding-type=url", region);
        Assert.Equal("false", page.Elements().Single(element => element.Name.LocalName == "IsTruncated").Value);
        return [.. page.Elements().Where(element => element.Name.LocalName == "Contents")
            .Select(each => (Uri.UnescapeDataString(Value(each, "Key").Replace('+', ' ')), Value(each, "ETag"), DateTimeOffset.Parse(Value(each, "LastModified"), null)))];
    }

    public async Task<IReadOnlyList<XElement>> DistributionsAsync()
    {
        var list = await XmlAsync("cloudfront", "/2020-05-31/distribution");
        var all = new List<XElement>();
        foreach (var summary in list.Descendants().Where(element => element.Name.LocalName == "DistributionSummary"))
            all.Add(await XmlAsync("cloudfront", $"/2020-05-31/distribution/{Value(summary, "Id")}"));
        return all;
    }

    public async Task<IReadOnlyList<(string Id, string Name)>> ZonesAsync() =>
        [.. (await XmlAsync("route53", "/2013-04-01/hostedzone")).Descendants().Where(element => element.Name.LocalName == "HostedZone")
            .Select(zone => (Value(zone, "Id").Split('/')[^1], Value(zone, "Name")))];

    /// <summary>The pages of a zone's record sets.</summary>
    public async Task<IReadOnlyList<XElement>> RecordPagesAsync(string zone)
    {
        var pages = new List<XElement>();
        var query = "";
        while (true)
        {
            var page = await XmlAsync("route53", $"/2013-04-01/hostedzone/{zone}/rrset", query);
            pages.Add(page);
            if (Value(page, "IsTruncated") == "false") return pages;
            query = $"name={Value(page, "NextRecordName")}&type={Value(page, "NextRecordType")}";
            if (page.Elements().FirstOrDefault(element => element.Name.LocalName == "NextRecordIdentifier") is { } identifier) query += $"&identifier={identifier.Value}";
        }
    }

    public static IEnumerable<XElement> RecordSets(IEnumerable<XElement> pages) =>
        pages.SelectMany(page => page.Descendants().Where(element => element.Name.LocalName == "ResourceRecordSet"));

    public static string Value(XElement parent, string name) => parent.Descendants().First(element => element.Name.LocalName == name).Value;
}
