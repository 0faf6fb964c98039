using System.Text;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class RunbookTests
{
    public static TheoryData<string> Layers => [.. LayerCatalog.Names];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Says_how_each_layer_comes_back(string layer)
    {
        var alone = Write("one", [layer]);
        Assert.True(alone.Length > Write("one", []).Length + 200, $"Layers/…/Recovery.md of {layer} is missing or empty.");
    }

    [Fact]
    public void Speaks_of_nothing_that_was_not_captured_and_puts_what_others_refer_to_first()
    {
        var text = Write("v1.0", ["route53", "dynamodb", "cloudfront"]);
        Assert.DoesNotContain("## Buckets", text, StringComparison.Ordinal);
        Assert.Equal(
            ["## Before anything is put back", "## Tables", "## Distributions", "## Zones", "## Invalidations", "## What does not come back", "## Afterwards"],
            text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tells_of_each_bucket_with_what_it_holds()
    {
        var text = Write("v1.0", ["s3"], new Resource { Layer = "s3", Kind = "bucket", Name = "sailjada.com", Id = "sailjada.com", Region = "us-west-2" });
        Assert.Contains("### Bucket sailjada.com (us-west-2, 3 objects, 70 bytes)", text, StringComparison.Ordinal);
        Assert.Contains("Restore-JadaBucket -Snapshot v1.0 -Store .. -BucketName sailjada.com", text, StringComparison.Ordinal);
        Assert.Contains("put_objects us-west-2 s3/bucket/us-west-2/sailjada.com sailjada.com s3-buckets/sailjada.com/", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_name_adds_a_line_a_command_or_markup()
    {
        const string name = "a'; rm -rf ~\n```\n# `$(x)` \u202E";
        var resource = new Resource { Layer = "localfiles", Kind = "local-root", Name = name, Id = name, Region = "local" };
        var text = Write("v1.0", ["localfiles"], resource);
        Assert.Equal(Write("v1.0", ["localfiles"], resource with { Name = "a", Id = "a" }).Count(letter => letter == '\n'), text.Count(letter => letter == '\n'));
        Assert.DoesNotContain("\u202E", text, StringComparison.Ordinal);
        Assert.Contains(@"### Folder a'; rm -rf \~\<U+000A>\`\`\`\<U+000A>\# \`$(x)\` \<U+202E>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sailjada.com/a_b-c:1@x", "sailjada.com/a_b-c:1@x")]
    [InlineData("", "''")]
    [InlineData("-rf", "'-rf'")]
    [InlineData("~/x", "'~/x'")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's $(x) `y` \"z\" \\", @"'it'\''s $(x) `y` ""z"" \'")]
    [InlineData("a\nb'\\", @"$'a\012b\'\\'")]
    [InlineData("\u202Egnp", @"$'\342\200\256gnp'")]
    public void A_word_of_a_shell_is_one_word(string text, string word) => Assert.Equal(word, RunbookQuoting.ShellWord(text));

    [Theory]
    [InlineData("sailjada.com", "sailjada.com")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("1e3", "'1e3'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("a\n$(x)`\"", "\"a`u{a}`u{24}(x)`u{60}`u{22}\"")]
    public void An_argument_of_PowerShell_is_one_argument(string text, string argument) => Assert.Equal(argument, RunbookQuoting.PowerShellArgument(text));

    private static string Write(string name, string[] layers, params Resource[] resources) => Encoding.UTF8.GetString(new Runbook().Write(new()
    {
        Name = name,
        Account = "782785212866",
        Layers = layers,
        Resources = resources,
        Documents = [],
        Objects = resources.ToDictionary(resource => resource.Key, _ => new ObjectTotals(3, 70)),
        Read = path => throw new FileNotFoundException(path),
        Fingerprint = text => text,
    }));
}
