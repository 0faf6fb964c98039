using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Layers.Route53;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Report;

public sealed partial class ReportPageTests
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;\u202Egnp.\u200B\n";

    [Fact]
    public void No_name_becomes_markup_and_what_cannot_be_seen_is_shown()
    {
        var page = Write(Hostile);
        Assert.Equal(Tags(Write("plain")), Tags(page));
        Assert.DoesNotContain(page.EnumerateRunes(), rune => rune.Value is 0x202E or 0x200B);
        Assert.Contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;amp;⟨U+202E⟩gnp.⟨U+200B⟩⟨U+000A⟩", page, StringComparison.Ordinal);
        Assert.Contains("%22%3E%3Cscript%3E", page, StringComparison.Ordinal);

        static string Write(string name) => new ReportWorld { Name = name }
            .Bucket("b" + name, (name + "/x", 3))
            .Distribution("E1", "d1.cloudfront.net", [name], name, comment: name.Replace("\n", "", StringComparison.Ordinal))
            .Problem(new() { Layer = "s3", Resource = name, Operation = name, ErrorCode = name, Message = name, RequestId = name })
            .Write();
    }

    [Fact]
    public void The_page_may_load_nothing_and_run_nothing_but_its_own_script()
    {
        var page = Small().Write();
        var policy = Policy().Match(page).Groups["policy"].Value;
        Assert.Equal($"default-src 'none'; style-src '{Digest("style")}'; script-src '{Digest("script")}'; base-uri 'none'; form-action 'none'", policy);
        Assert.DoesNotMatch(@"(?i)https?:|//[a-z]|\b(src|style|on[a-z]+)\s*=|@import|url\(", page);
        Assert.All(Links().Matches(page).Select(link => link.Groups["address"].Value), address => Assert.Matches(@"^(#[a-z]+|[^:]+/)$", address));

        string Digest(string tag) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(page, $"(?s)<{tag}>(.*?)</{tag}>").Groups[1].Value)));
    }

    [Fact]
    public void The_same_snapshot_makes_the_same_page_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var page = Small().Write();
        try
        {
            CultureInfo.CurrentCulture = new("de-DE");
            Assert.Equal(page, Small().Write());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Objects_are_summed_up_by_their_first_folder_however_many_they_are()
    {
        var few = new ReportWorld().Bucket("media", ("photos/a", 1_500_000), ("photos/b/c", 500_000), ("index.html", 10)).Write();
        Assert.Contains("<th scope=row>photos/<td class=n>2<td class=n>2.0 MB", few, StringComparison.Ordinal);
        Assert.Contains("<th scope=row>(no folder)<td class=n>1<td class=n>10 B", few, StringComparison.Ordinal);
        Assert.Contains("href=\"s3-buckets/media/\"", few, StringComparison.Ordinal);

        var many = new ReportWorld().Bucket("media", [.. Enumerable.Range(0, 30_000).Select(i => ($"{i}/x", 1L))]).Write();
        Assert.InRange(many.Length, few.Length - 1000, few.Length + 1000);
        Assert.Contains("30,000 objects", many, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_and_long_names_end_with_how_much_is_left_out()
    {
        var world = new ReportWorld();
        for (var i = 0; i < 5_003; i++) world.Add(new() { Layer = "lambda", Kind = "function", Name = $"f{i}", Id = $"f{i}", Region = "us-west-2" });
        for (var i = 0; i < 120; i++) world.Problem(new() { Layer = "s3", Resource = $"b/{i}", Operation = "GetObject", ErrorCode = "AccessDenied", Message = new('x', 1_000) });
        var page = world.Write();
        Assert.Contains("and 3 more resources; resources.jsonl has them all", page, StringComparison.Ordinal);
        Assert.Contains("and 20 more of this kind; problems.jsonl has them all", page, StringComparison.Ordinal);
        Assert.Contains("x… (600 more characters)", page, StringComparison.Ordinal);
        Assert.Contains("120 things could not be captured", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_none_costs_its_own_line_and_not_the_page()
    {
        var world = Small();
        var zone = world.Add(new() { Layer = "route53", Kind = "hosted-zone", Name = "broken.example", Id = "ZX", Region = "aws-global" });
        world.Document(zone, Route53Kinds.Zones.FolderOf(zone) + ZoneDocuments.Zone, "no XML");
        var page = world.Write();
        Assert.Contains("www.sailjada.com", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=row>broken.example", page, StringComparison.Ordinal);
    }

    private static ReportWorld Small() => new ReportWorld()
        .Bucket("sailjada.com", ("index.html", 1_234_567))
        .Zone("sailjada.com", ("www.sailjada.com", "d1.cloudfront.net"))
        .Distribution("E1", "d1.cloudfront.net", ["www.sailjada.com"], "sailjada.com.s3-website-us-west-2.amazonaws.com");

    private static List<string> Tags(string page) => [.. AnyTag().Matches(Own().Replace(page, "")).Select(tag => tag.Groups["name"].Value)];

    [GeneratedRegex("(?s)<(style|script)>.*?</\\1>")]
    private static partial Regex Own();

    [GeneratedRegex("<(?<name>/?[a-z0-9]+)")]
    private static partial Regex AnyTag();

    [GeneratedRegex("http-equiv=Content-Security-Policy content=\"(?<policy>[^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("href=\"(?<address>[^\"]*)\"")]
    private static partial Regex Links();
}
