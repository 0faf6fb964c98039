using System.Text;
using JadaSnapshot.Engine.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class ReferenceMapTests
{
    private const string From = "111111111111";
    private const string To = "222222222222";

    [Theory]
    [InlineData("""{"Role":"arn:aws:iam::111111111111:role/service-role/x"}""", """{"Role":"arn:aws:iam::222222222222:role/service-role/x"}""")]
    [InlineData("""{"Managed":"arn:aws:iam::aws:policy/ReadOnlyAccess"}""", """{"Managed":"arn:aws:iam::aws:policy/ReadOnlyAccess"}""")]
    [InlineData("<a>https://sqs.us-west-2.amazonaws.com/111111111111/q</a>", "<a>https://sqs.us-west-2.amazonaws.com/222222222222/q</a>")]
    [InlineData("1111111111119", "1111111111119")]
    [InlineData("logs-111111111111", "logs-111111111111")]
    public void The_account_is_another_wherever_it_stands_alone(string text, string expected) => Assert.Equal(expected, new ReferenceMap((From, To), None, None).Of(text));

    [Fact]
    public void Ids_that_were_given_anew_are_followed_into_ARNs_addresses_and_policies()
    {
        var map = new ReferenceMap((From, To), None, None);
        map.Add("E1ABC", "E2XYZ");
        map.Add("d111.cloudfront.net", "d222.cloudfront.net");
        map.Add("arn:aws:acm:us-east-1:111111111111:certificate/1-2-3", "arn:aws:acm:us-east-1:222222222222:certificate/4-5-6");

        Assert.Equal("""{"AWS:SourceArn":"arn:aws:cloudfront::222222222222:distribution/E2XYZ"}""", map.Of("""{"AWS:SourceArn":"arn:aws:cloudfront::111111111111:distribution/E1ABC"}"""));
        Assert.Equal("<DNSName>d222.cloudfront.net.</DNSName>", map.Of("<DNSName>d111.cloudfront.net.</DNSName>"));
        Assert.Equal("<ACMCertificateArn>arn:aws:acm:us-east-1:222222222222:certificate/4-5-6</ACMCertificateArn>", map.Of("<ACMCertificateArn>arn:aws:acm:us-east-1:111111111111:certificate/1-2-3</ACMCertificateArn>"));
        Assert.Equal("E1ABCD and XE1ABC", map.Of("E1ABCD and XE1ABC"));
    }

    [Fact]
    public void A_policy_within_a_document_is_read_through_its_escapes()
    {
        var map = new ReferenceMap((From, To), None, None);
        var document = Encoding.UTF8.GetBytes($"<Document>{Uri.EscapeDataString("""{"Resource":"arn:aws:s3:::x","Principal":"arn:aws:iam::111111111111:root"}""")}</Document>");

        Assert.Contains("222222222222", Uri.UnescapeDataString(Encoding.UTF8.GetString(map.Rewrite(document))), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_others_where_they_stand_whole_in_ARNs_and_in_addresses_of_buckets_and_nowhere_else()
    {
        var map = new ReferenceMap((From, From), None, new Dictionary<string, string> { ["site"] = "copy-site" });

        Assert.Equal("""{"Bucket":"copy-site","site":"the site"}""", map.Of("""{"Bucket":"site","site":"the site"}"""));
        Assert.Equal("\"arn:aws:s3:::copy-site/*\"", map.Of("\"arn:aws:s3:::site/*\""));
        Assert.Equal("<DomainName>copy-site.s3-website-us-west-2.amazonaws.com</DomainName>", map.Of("<DomainName>site.s3-website-us-west-2.amazonaws.com</DomainName>"));
        Assert.Equal("<DomainName>my-site.s3.amazonaws.com</DomainName>", map.Of("<DomainName>my-site.s3.amazonaws.com</DomainName>"));
    }

    [Fact]
    public void A_region_is_another_in_ARNs_hosts_and_values_but_not_within_words()
    {
        var map = new ReferenceMap((From, From), new Dictionary<string, string> { ["us-west-2"] = "eu-west-1" }, None);

        Assert.Equal("\"arn:aws:lambda:eu-west-1:111111111111:function:f\"", map.Of("\"arn:aws:lambda:us-west-2:111111111111:function:f\""));
        Assert.Equal("<a>x.s3.eu-west-1.amazonaws.com</a>", map.Of("<a>x.s3.us-west-2.amazonaws.com</a>"));
        Assert.Equal("\"eu-west-1\"", map.Of("\"us-west-2\""));
        Assert.Equal("\"backup-us-west-2\"", map.Of("\"backup-us-west-2\""));
    }

    [Fact]
    public void What_is_rewritten_is_told_and_what_is_not_stays_the_very_same_document()
    {
        var map = new ReferenceMap((From, To), None, None);
        List<(string, string)> told = [];
        var untouched = "{\"a\":1}"u8.ToArray();

        map.Rewrite("\"arn:aws:sns:us-west-2:111111111111:alarms\""u8.ToArray(), (from, to) => told.Add((from, to)));
        Assert.Equal(("arn:aws:sns:us-west-2:111111111111:alarms", "arn:aws:sns:us-west-2:222222222222:alarms"), Assert.Single(told));
        Assert.Same(untouched, map.Rewrite(untouched));
    }

    private static Dictionary<string, string> None => [];
}
