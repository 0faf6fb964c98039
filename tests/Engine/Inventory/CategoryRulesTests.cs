using JadaSnapshot.Engine.Inventory;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Inventory;

public sealed class CategoryRulesTests
{
    [Theory]
    [InlineData("purpose", "backup", BucketCategory.Operational)]
    [InlineData("purpose", "logs", BucketCategory.Operational)]
    [InlineData("purpose", "data", BucketCategory.Operational)]
    [InlineData("Purpose", "Redirect", BucketCategory.Operational)]
    [InlineData("role", "lambda-source", BucketCategory.LambdaSource)]
    [InlineData("jada:role", "cdn-origin", BucketCategory.CloudFrontOrigin)]
    [InlineData("category", "cloudfront logs", BucketCategory.Operational)]
    [InlineData("usage", "uploads", BucketCategory.Media)]
    [InlineData("usage", "web assets", BucketCategory.Media)]
    [InlineData("purpose", "website", BucketCategory.ProductionSite)]
    [InlineData("purpose", "staging", BucketCategory.Staging)]
    public void A_tag_that_names_a_purpose_decides(string key, string value, BucketCategory category) =>
        Assert.Equal(new Verdict(category, $"tag {key}={value}"), CategoryRules.PurposeTag(Tagged(key, value)));

    [Theory]
    [InlineData("purpose", "crew and captain")]
    [InlineData("owner", "backup")]
    [InlineData("stage", "production")]
    public void A_tag_that_names_none_does_not(string key, string value) => Assert.Null(CategoryRules.PurposeTag(Tagged(key, value)));

    [Theory]
    [InlineData("stage", "staging", true)]
    [InlineData("env", "dev", true)]
    [InlineData("Environment", "UAT", true)]
    [InlineData("stage", "production", false)]
    [InlineData("owner", "staging", false)]
    public void A_tag_of_an_environment_decides_where_visitors_do_not_see_it(string key, string value, bool decides) =>
        Assert.Equal(decides ? new Verdict(BucketCategory.Staging, $"tag {key}={value}") : null, CategoryRules.StagingTag(Tagged(key, value)));

    [Theory]
    [InlineData("sailjada.com", "is the log target of sailjada.com")]
    [InlineData("a,b", "is the log target of a and b")]
    [InlineData("a,b,c,d", "is the log target of a and 3 others")]
    public void What_others_log_to_is_operational(string sources, string reason) =>
        Assert.Equal(new Verdict(BucketCategory.Operational, reason), CategoryRules.LogTarget(new("x") { LogSources = sources.Split(',') }));

    [Fact]
    public void What_only_redirects_is_operational() => Assert.Equal(
        new Verdict(BucketCategory.Operational, "redirects every request to sailjada.com"),
        CategoryRules.Redirect(new("www.sailjada.com") { Website = new(BucketWebsite.Redirect, "sailjada.com") }));

    [Theory]
    [InlineData("queenofsandiego.com-staging", "its name ends in -staging")]
    [InlineData("jada-media-dev", "its name ends in -dev")]
    [InlineData("staging.sailjada.com", "its name begins with staging.")]
    [InlineData("test-uploads", "its name begins with test-")]
    [InlineData("sailjada.staging", "its name ends in .staging")]
    [InlineData("sailjada.dev", null)]
    [InlineData("backstage", null)]
    [InlineData("jada-staging-logs", null)]
    [InlineData("staging", null)]
    public void A_name_that_is_marked_as_staging_decides(string name, string? reason) =>
        Assert.Equal(reason is null ? null : new Verdict(BucketCategory.Staging, reason), CategoryRules.StagingName(new(name)));

    [Fact]
    public void Media_that_are_served_are_media_and_no_site()
    {
        var reason = new Verdict(BucketCategory.Media, "its files are served, and its name says photos");
        Assert.Equal(reason, CategoryRules.ServedMedia(new("photos.sailjada.com") { Origins = [Production("photos.sailjada.com")] }));
        Assert.Equal(reason, CategoryRules.ServedMedia(new("jada-photos") { Website = new(BucketWebsite.Hosting, "") }));
        Assert.Null(CategoryRules.ServedMedia(new("backup-photos") { Origins = [Production("photos.sailjada.com")] }));
        Assert.Null(CategoryRules.ServedMedia(new("jada-photos")));
    }

    [Fact]
    public void A_site_behind_a_production_distribution_is_a_production_site()
    {
        var verdict = new Verdict(BucketCategory.ProductionSite, "is an S3 origin of the production distribution E1 (www.sailjada.com)");
        Assert.Equal(verdict, CategoryRules.ProductionOrigin(new("sailjada-site") { Origins = [Production("www.sailjada.com")], Website = new(BucketWebsite.Hosting, "") }));
        Assert.Equal(verdict, CategoryRules.ProductionOrigin(new("sailjada-site") { Origins = [Production("www.sailjada.com") with { IsWebsite = true }] }));
        Assert.Equal(verdict, CategoryRules.ProductionOrigin(new("www.sailjada.com") { Origins = [Production("sailjada.com", "www.sailjada.com")] }));
        Assert.Null(CategoryRules.ProductionOrigin(new("jada-cdn") { Origins = [Production("cdn.sailjada.com")] }));
        Assert.Null(CategoryRules.ProductionOrigin(new("sailjada.com") { Origins = [Staging("sailjada.com")] }));
    }

    [Fact]
    public void The_distribution_that_answers_to_the_buckets_name_speaks_for_it()
    {
        var (other, retired, own) = (Production("a.com"), Production("sailjada.com") with { DistributionId = "E0", IsEnabled = false }, Production("sailjada.com") with { DistributionId = "E9" });
        var verdict = CategoryRules.ProductionOrigin(new("sailjada.com") { Origins = [other, retired, own], Website = new(BucketWebsite.Hosting, "") });
        Assert.Equal("is an S3 origin of the production distribution E9 (sailjada.com)", verdict?.Reason);
    }

    [Fact]
    public void What_only_staging_distributions_use_is_staging()
    {
        Assert.Equal(new Verdict(BucketCategory.Staging, "is an S3 origin of the staging distribution E2 (preview.sailjada.com)"),
            CategoryRules.StagingOrigin(new("sailjada-next") { Origins = [Staging("preview.sailjada.com")] }));
        Assert.Null(CategoryRules.StagingOrigin(new("sailjada.com") { Origins = [Staging("preview.sailjada.com"), Production("sailjada.com")] }));
        Assert.Null(CategoryRules.StagingOrigin(new("sailjada.com")));
    }

    [Fact]
    public void What_distributions_use_besides_is_a_CloudFront_origin()
    {
        Assert.Equal(new Verdict(BucketCategory.CloudFrontOrigin, "is an S3 origin of the production distribution E1 (cdn.sailjada.com)"),
            CategoryRules.Origin(new("jada-files") { Origins = [Staging("x"), Production("cdn.sailjada.com")] }));
        Assert.Null(CategoryRules.Origin(new("jada-files")));
    }

    [Fact]
    public void What_is_served_as_a_website_is_a_production_site()
    {
        Assert.Equal(new Verdict(BucketCategory.ProductionSite, "its objects are served as a website"), CategoryRules.Website(new("old-site") { Website = new(BucketWebsite.Hosting, "") }));
        Assert.Null(CategoryRules.Website(new("old-site") { Website = new(BucketWebsite.None, "") }));
    }

    [Theory]
    [InlineData("jada-lambda-layers", BucketCategory.LambdaSource, "lambda")]
    [InlineData("jada-cloudfront-logs", BucketCategory.Operational, "logs")]
    [InlineData("jada-media-archive", BucketCategory.Media, "media")]
    [InlineData("jada-cdn-fonts", BucketCategory.CloudFrontOrigin, "cdn")]
    [InlineData("jada-processing-tmp", BucketCategory.Operational, "processing")]
    [InlineData("jada-salejada-listings", null, null)]
    [InlineData("logbook", null, null)]
    public void A_word_of_the_name_decides(string name, BucketCategory? category, string? word) =>
        Assert.Equal(category is null ? null : new Verdict(category.Value, $"its name says {word}"), CategoryRules.NameWord(new(name)));

    [Theory]
    [InlineData("sailjada.com", true)]
    [InlineData("bobdylan.queenofsandiego.com", true)]
    [InlineData("my.bucket.2", false)]
    [InlineData("sailjada", false)]
    public void A_name_that_is_a_hosts_decides_last(string name, bool decides) =>
        Assert.Equal(decides ? new Verdict(BucketCategory.ProductionSite, "its name is that of a host") : null, CategoryRules.HostName(new(name)));

    [Fact]
    public void What_owners_declare_goes_before_wiring_and_wiring_before_names()
    {
        var bucket = new BucketEvidence("jada-backup") { LogSources = ["sailjada.com"], Origins = [Production("x.com")] };
        Assert.Equal("is the log target of sailjada.com", First(bucket).Reason);
        Assert.Equal("tag purpose=media", First(bucket with { Tags = Tags("purpose", "media") }).Reason);
        Assert.Equal("is an S3 origin of the production distribution E1 (x.com)", First(bucket with { LogSources = [] }).Reason);
        Assert.Equal("its name says backup", First(new("jada-backup")).Reason);
        Assert.Equal(CategoryRules.Undecided, First(new("jada")));
    }

    private static Verdict First(BucketEvidence bucket) => CategoryRules.All.Select(rule => rule.Decide(bucket)).FirstOrDefault(verdict => verdict is not null) ?? CategoryRules.Undecided;

    private static BucketEvidence Tagged(string key, string value) => new("x") { Tags = Tags(key, value) };

    private static Dictionary<string, string> Tags(string key, string value) => new() { [key] = value };

    private static BucketOrigin Production(params string[] hosts) => new("x", "E1", hosts, IsStaging: false, IsEnabled: true, IsWebsite: false);

    private static BucketOrigin Staging(params string[] hosts) => new("x", "E2", hosts, IsStaging: true, IsEnabled: true, IsWebsite: false);
}
