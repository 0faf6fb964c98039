using System.Xml.Linq;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class CloudFrontLayerTests
{
    private const string Api = "/2020-05-31/";
    private const string Home = "aws-configs/cloudfront/";

    [Fact]
    public async Task Every_document_of_a_distribution_is_what_the_service_sends_but_for_secrets()
    {
        await using var captured = await CapturedLayer.OfAsync("cloudfront");
        Assert.Empty(captured.Problems);
        var seen = 0;
        foreach (var file in captured.Files.Where(file => file.StartsWith(Home + "distributions/", StringComparison.Ordinal)))
        {
            if (await SentAsync(captured, file) is not { } sent) continue;
            Assert.Equal(CapturedLayer.WithoutSecrets(sent), CapturedLayer.WithoutSecrets(captured.Read(file)));
            seen++;
        }
        Assert.True(seen >= 3 * EstateCounts.Distributions, $"{seen} documents");

        static async Task<string?> SentAsync(CapturedLayer captured, string file)
        {
            var (id, name) = (file.Split('/')[3], file.Split('/')[4]);
            return name switch
            {
                "distribution.xml" => await captured.AskAsync($"{Api}distribution/{id}"),
                "distribution-summary.xml" => Item(await captured.AskAsync($"{Api}distribution"), "DistributionSummary", id),
                "tags.xml" => await captured.AskAsync($"{Api}tagging?Resource={Uri.EscapeDataString($"arn:aws:cloudfront::782785212866:distribution/{id}")}"),
                "invalidations.xml" => await captured.AskAsync($"{Api}distribution/{id}/invalidation?MaxItems=20"),
                _ when name.StartsWith("invalidation-", StringComparison.Ordinal) => await captured.AskAsync($"{Api}distribution/{id}/invalidation/{name["invalidation-".Length..^".xml".Length]}"),
                _ => throw new InvalidOperationException($"{file} is not known to this test."),
            };
        }
    }

    [Theory]
    [InlineData("origin-access-controls", "origin-access-control", "OriginAccessControlSummary")]
    [InlineData("origin-access-identities", "origin-access-identity/cloudfront", "CloudFrontOriginAccessIdentitySummary")]
    [InlineData("cache-policies", "cache-policy?Type=custom", "CachePolicySummary")]
    [InlineData("origin-request-policies", "origin-request-policy?Type=custom", "OriginRequestPolicySummary")]
    [InlineData("response-headers-policies", "response-headers-policy?Type=custom", "ResponseHeadersPolicySummary")]
    [InlineData("key-groups", "key-group", "KeyGroupSummary")]
    [InlineData("public-keys", "public-key", "PublicKeySummary")]
    [InlineData("key-value-stores", "key-value-store", "KeyValueStore")]
    [InlineData("realtime-log-configs", "realtime-log-config", "member")]
    public async Task What_distributions_share_is_kept_as_the_lists_say_it(string folder, string target, string element)
    {
        await using var captured = await CapturedLayer.OfAsync("cloudfront");
        var list = await captured.AskAsync(Api + target);
        string[] files = [.. captured.Files.Where(file => file.StartsWith($"{Home}{folder}/", StringComparison.Ordinal) && !file.EndsWith("tags.xml", StringComparison.Ordinal))];
        Assert.Equal(XElement.Parse(list).Elements().Elements().Count(each => each.Name.LocalName == element), files.Length);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var document = captured.Read(file);
            Assert.StartsWith($"<{element}>", document, StringComparison.Ordinal);
            Assert.EndsWith($"</{element}>", document, StringComparison.Ordinal);
            Assert.Contains(document, list, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Both_stages_of_a_function_are_kept_with_their_code()
    {
        await using var captured = await CapturedLayer.StartAsync("cloudfront");
        var list = await captured.AskAsync(Api + "function");
        await captured.SendAsync("POST", Api + "function", $"<CreateFunctionRequest xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Name>draft</Name><FunctionConfig><Comment>not yet</Comment><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>{Convert.ToBase64String("// é\r\n"u8)}</FunctionCode></CreateFunctionRequest>");
        await captured.CaptureAsync("cloudfront");

        const string live = Home + "functions/jada-index-rewrite/";
        Assert.Equal(await captured.AskAsync(Api + "function/jada-index-rewrite?Stage=LIVE"), captured.Read(live + "live.js"));
        Assert.Equal(await captured.AskAsync(Api + "function/jada-index-rewrite?Stage=DEVELOPMENT"), captured.Read(live + "development.js"));
        Assert.Contains(captured.Read(live + "live.xml"), list, StringComparison.Ordinal);
        Assert.Contains(captured.Read(live + "development.xml"), list, StringComparison.Ordinal);
        Assert.Equal("// é\r\n", captured.Read(Home + "functions/draft/development.js"));
        Assert.DoesNotContain(captured.Files, file => file.Contains("draft/live", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invalidations_are_asked_of_distributions_in_use_and_paths_of_the_two_latest()
    {
        await using var captured = await CapturedLayer.OfAsync("cloudfront");
        var inUse = (await captured.AskAsync(Api + "distribution")).Split("<DistributionSummary>").Count(each => each.Contains("<CNAME>", StringComparison.Ordinal) && each.Contains("<Enabled>true", StringComparison.Ordinal));
        Assert.Equal(inUse, captured.Host.Requests.Count("cloudfront", "ListInvalidations"));
        Assert.InRange(inUse, 3, EstateCounts.Distributions - 1);
        Assert.Equal(12, captured.Host.Requests.Count("cloudfront", "GetInvalidation"));
        Assert.Equal(0, captured.Host.Requests.Count("cloudfront", "GetMonitoringSubscription"));
        Assert.Contains(captured.Files, file => file.Contains("/invalidation-", StringComparison.Ordinal) && captured.Read(file).Contains("<Path>/css/*</Path>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DistributionDetail.Configuration, 0, 0)]
    [InlineData(DistributionDetail.All, EstateCounts.Distributions, EstateCounts.Distributions)]
    public async Task The_detail_says_what_is_asked_of_each_distribution(DistributionDetail detail, int invalidations, int subscriptions)
    {
        await using var captured = await CapturedLayer.StartAsync("cloudfront");
        await captured.CaptureAsync("cloudfront", detail);
        Assert.Empty(captured.Problems);
        Assert.Equal(invalidations, captured.Host.Requests.Count("cloudfront", "ListInvalidations"));
        Assert.Equal(subscriptions, captured.Host.Requests.Count("cloudfront", "GetMonitoringSubscription"));
        Assert.Equal(detail == DistributionDetail.All ? 1 : 0, captured.Files.Count(file => file.EndsWith("/monitoring-subscription.xml", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_kind_that_is_denied_is_one_problem_and_the_others_are_captured()
    {
        await using var captured = await CapturedLayer.OfAsync("cloudfront", "service=cloudfront,operation=ListKeyGroups,kind=deny");
        var problem = Assert.Single(captured.Problems);
        Assert.Equal(("ListKeyGroups", "AccessDenied"), (problem.Operation, problem.ErrorCode));
        Assert.Equal(SnapshotStatus.Incomplete, captured.Snapshot.Status);
        Assert.DoesNotContain(captured.Files, file => file.Contains("key-groups", StringComparison.Ordinal));
        Assert.Contains(captured.Files, file => file.Contains("public-keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_that_is_denied_is_its_distributions_problem_and_the_rest_of_it_is_captured()
    {
        await using var captured = await CapturedLayer.OfAsync("cloudfront", "service=cloudfront,operation=ListInvalidations,kind=deny");
        Assert.NotEmpty(captured.Problems);
        Assert.All(captured.Problems, problem => Assert.Equal("ListInvalidations", problem.Operation));
        Assert.Equal(EstateCounts.Distributions, captured.Files.Count(file => file.EndsWith("/distribution.xml", StringComparison.Ordinal)));
    }

    private static string Item(string list, string element, string id) =>
        list.Split($"<{element}>").Single(each => each.StartsWith($"<Id>{id}</Id>", StringComparison.Ordinal)).Split($"</{element}>")[0] is var inner ? $"<{element}>{inner}</{element}>" : "";
}
