using System.Text;
using static JadaSnapshot.Sandbox.Estate.Distributions.DistributionDocument;

namespace JadaSnapshot.Sandbox.Estate.Distributions;

/// <summary>What several distributions refer to.</summary>
/// <param name="IndexFunction">The ARN of the published CloudFront function that adds <c>index.html</c>.</param>
/// <param name="CachePolicy">The id of the account's own cache policy.</param>
/// <param name="HeadersPolicy">The id of the account's own response headers policy.</param>
internal sealed record SharedParts(string IndexFunction, string CachePolicy, string HeadersPolicy)
{
    private const string Name = "jada-index-rewrite";

    private const string Code = """
        function handler(event) {
          const request = event.request;
          if (request.uri.endsWith('/')) request.uri += 'index.html';
          return request;
        }

        """;

    public static async Task<SharedParts> BuildAsync(EstateScript script)
    {
        script.Clock.Set(1010);
        return new(await PublishFunctionAsync(script), await CreateCachePolicyAsync(script), await CreateHeadersPolicyAsync(script));
    }

    private static async Task<string> PublishFunctionAsync(EstateScript script)
    {
        var made = await script.CloudFrontAsync("POST", "function", E("CreateFunctionRequest",
            E("Name", Name),
            E("FunctionConfig", E("Comment", "Folders show their index"), E("Runtime", "cloudfront-js-2.0")),
            E("FunctionCode", Convert.ToBase64String(Encoding.UTF8.GetBytes(Code)))));
        var etag = made.Headers.First(header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value;
        var published = await script.CloudFrontAsync("POST", $"function/{Name}/publish", null, null, new KeyValuePair<string, string>("If-Match", etag));
        return EstateScript.Text(published, "FunctionARN");
    }

    private static async Task<string> CreateCachePolicyAsync(EstateScript script)
    {
        var made = await script.CloudFrontAsync("POST", "cache-policy", E("CachePolicyConfig",
            E("Comment", "A day at the edge, by query"), E("Name", "jada-day"), E("DefaultTTL", 86400), E("MaxTTL", 604800), E("MinTTL", 1),
            E("ParametersInCacheKeyAndForwardedToOrigin",
                E("EnableAcceptEncodingGzip", true), E("EnableAcceptEncodingBrotli", true),
                E("HeadersConfig", E("HeaderBehavior", "none")),
                E("CookiesConfig", E("CookieBehavior", "none")),
                E("QueryStringsConfig", E("QueryStringBehavior", "whitelist"), E("QueryStrings", E("Quantity", 1), E("Items", E("Name", "v")))))));
        return EstateScript.Text(made, "Id");
    }

    private static async Task<string> CreateHeadersPolicyAsync(EstateScript script)
    {
        var made = await script.CloudFrontAsync("POST", "response-headers-policy", E("ResponseHeadersPolicyConfig",
            E("Comment", "What browsers are told"), E("Name", "jada-headers"),
            E("CustomHeadersConfig", E("Quantity", 1), E("Items", E("ResponseHeadersPolicyCustomHeader",
                E("Header", "X-Boat"), E("Value", "JADA"), E("Override", true))))));
        return EstateScript.Text(made, "Id");
    }
}
