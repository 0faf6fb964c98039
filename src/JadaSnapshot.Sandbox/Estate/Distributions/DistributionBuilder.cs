using JadaSnapshot.Sandbox.Estate.S3;

namespace JadaSnapshot.Sandbox.Estate.Distributions;

/// <summary>Makes the distributions and lets those with a bucket as their origin read it.</summary>
internal static class DistributionBuilder
{
    /// <summary>Answers with the domain name of each production distribution by its site, and of staging by <c>staging.</c> and its site.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> BuildAsync(EstateScript script)
    {
        var domains = new Dictionary<string, string>(StringComparer.Ordinal);
        var parts = await SharedParts.BuildAsync(script);
        var controls = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < DistributionCatalogue.All.Count; index++)
        {
            var plan = DistributionCatalogue.All[index];
            script.Clock.Set(1000 - 14.5 * index);
            var control = plan.Kind == OriginKind.Bucket ? await AccessControlAsync(script, plan.Target, controls) : null;

            var answer = await script.CloudFrontAsync("POST", "distribution", new DistributionDocument(script, plan, parts, control).WithTags(), "WithTags");
            domains.Add(plan.IsProduction ? plan.Site : $"staging.{plan.Site}", EstateScript.Text(answer, "DomainName"));
            if (control is not null && plan.IsProduction)
                await LetReadAsync(script, plan.Target, EstateScript.Text(answer, "ARN"));
        }
        return domains;
    }

    private static async Task<string> AccessControlAsync(EstateScript script, string bucket, Dictionary<string, string> controls)
    {
        if (controls.TryGetValue(bucket, out var known)) return known;
        var answer = await script.CloudFrontAsync("POST", "origin-access-control", DistributionDocument.E("OriginAccessControlConfig",
            DistributionDocument.E("Name", bucket),
            DistributionDocument.E("Description", $"Reads {bucket}"),
            DistributionDocument.E("SigningProtocol", "sigv4"),
            DistributionDocument.E("SigningBehavior", "always"),
            DistributionDocument.E("OriginAccessControlOriginType", "s3")));
        return controls[bucket] = EstateScript.Text(answer, "Id");
    }

    private static Task LetReadAsync(EstateScript script, string bucket, string distributionArn) => script.ConfigureBucketAsync(
        DistributionCatalogue.RegionOf(bucket), bucket, "policy", BucketDocuments.ReadBy(bucket, distributionArn));
}
