using JadaSnapshot.Engine.Report;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Report;

public sealed class RouteMapTests
{
    private const string Website = ".s3-website-us-west-2.amazonaws.com";

    [Fact]
    public void A_name_leads_through_its_zone_and_its_distribution_to_its_bucket()
    {
        var map = Map(new ReportWorld().Bucket("site", ("a", 5)).Zone("sailjada.com", ("www.sailjada.com", "d1.cloudfront.net")).Distribution("E1", "d1.cloudfront.net", ["www.sailjada.com"], "site" + Website));
        var zone = Assert.Single(map);
        Assert.Equal("sailjada.com", zone.Title);
        var route = Assert.Single(zone.Routes);
        Assert.Equal(["www.sailjada.com"], route.Names.Select(name => name.Name));
        Assert.Equal(("Distribution", "E1"), (route.Stop.Kind, route.Stop.Name));
        var bucket = Assert.Single(route.Stop.Next);
        Assert.Equal(("Bucket", "site", "s3-buckets/site/", "1 object, 5 B"), (bucket.Kind, bucket.Name, bucket.Folder, bucket.Detail));
        Assert.Empty(route.Faults);
    }

    [Fact]
    public void An_alias_of_an_alias_leads_where_that_leads_and_a_circle_leads_nowhere()
    {
        var map = Map(new ReportWorld().Bucket("site")
            .Zone("a.example", ("a.example", "d1.cloudfront.net"), ("www.a.example", "a.example"), ("x.a.example", "y.a.example"), ("y.a.example", "x.a.example"))
            .Distribution("E1", "d1.cloudfront.net", ["a.example", "*.a.example"], "site" + Website));
        Assert.Equal(["a.example", "www.a.example"], Assert.Single(map[0].Routes).Names.Select(name => name.Name));
    }

    [Theory]
    [InlineData("d9.cloudfront.net", "www.a.example", "site" + Website, "", "Distribution d9.cloudfront.net is not in this snapshot")]
    [InlineData("d1.cloudfront.net", "other.a.example", "site" + Website, "", "www.a.example leads to a distribution that does not answer to it")]
    [InlineData("d1.cloudfront.net", "www.a.example", "gone" + Website, "", "Bucket gone is not in this snapshot")]
    [InlineData("d1.cloudfront.net", "www.a.example", "site" + Website, "site" + Website + "/_staging", "Bucket site/_staging is staging, and production reads it")]
    [InlineData("mail.example", "www.a.example", "site" + Website, "", "www.a.example has a record that leads elsewhere")]
    public void What_does_not_meet_is_said(string target, string alias, string origin, string otherOrigin, string fault)
    {
        var map = Map(new ReportWorld().Bucket("site").Zone("a.example", ("www.a.example", target)).Distribution("E1", "d1.cloudfront.net", [alias], origin, otherOrigin));
        Assert.Contains(fault, map.SelectMany(group => group.Routes).SelectMany(route => route.Faults).Select(each => $"{each.Subject} {each.Words}"));
    }

    [Fact]
    public void Nothing_is_missing_from_a_layer_that_was_not_asked_for()
    {
        var map = Map(new ReportWorld { Layers = ["cloudfront"] }.Distribution("E1", "d1.cloudfront.net", ["www.a.example"], "site" + Website));
        var group = Assert.Single(map);
        Assert.Equal(("Names in other zones", "Route 53 is not in this snapshot"), (group.Title, group.Detail));
        Assert.Empty(group.Routes.SelectMany(route => route.Faults));
    }

    [Fact]
    public void A_distribution_without_a_name_and_staging_are_shown_as_such()
    {
        var map = Map(new ReportWorld().Bucket("site").Distribution("E1", "d1.cloudfront.net", [], "site" + Website + "/_staging", "site" + Website, "staging of the site"));
        var group = Assert.Single(map);
        Assert.Equal("Distributions without a name", group.Title);
        Assert.Equal(["staging"], group.Routes[0].Stop.Marks);
        Assert.Equal(["staging", "production"], group.Routes[0].Stop.Next.SelectMany(origin => origin.Marks));
    }

    private static IReadOnlyList<RouteGroup> Map(ReportWorld world) => RouteMapper.Map(world.Source());
}
