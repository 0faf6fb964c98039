using System.Text;
using System.Text.Json;
using JadaSnapshot.Engine.Estate;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.EstateFiles;

public sealed class EstateDocumentTests
{
    private static readonly string Folder = Path.GetFullPath("/estate");

    [Fact]
    public void Everything_that_a_file_says_is_in_the_typed_estate()
    {
        var estate = Read(EstateDocuments.Full).Require();
        Assert.Equal(("782785212866", Path.Combine(Folder, "snapshot"), "latest"), (estate.Account, estate.Store, estate.Snapshot.Base));
        Assert.Equal(["us-west-2", "us-gov-west-1"], estate.Regions);
        Assert.Equal(["logs/*"], estate.Snapshot.ExcludeKeys);
        Assert.Equal(["scratch-*"], estate.Snapshot.ExcludeBuckets);
        Assert.Equal(("s3://backup/kept", 100_000_000_000, 1_000_000, "media-*"), (estate.Snapshot.KeepInS3!.Place, estate.Snapshot.KeepInS3.Above, estate.Snapshot.KeepInS3.AboveCount, Assert.Single(estate.Snapshot.KeepInS3.Buckets)));
        Assert.Equal((true, false), (estate.Snapshot.AllVersions, estate.Snapshot.IncludeData));
        Assert.Equal(["jada-web"], estate.Snapshot.InstanceSnapshots);
        Assert.Equal(["alias/jada-snapshots", Path.Combine(Folder, "ops.cer")], estate.ProtectTo);
        Assert.Equal("1bgmhvKnAcj9GtL_-x", estate.ScriptProjects["jada-main"]);
        var root = Assert.Single(estate.LocalRoots);
        Assert.Equal(("tools", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "repos/tools"), true), (root.Name, root.Path, root.UseGitIgnore));
        Assert.Equal(("*.py", "*", "keys.example"), (root.Include.Single(), root.Exclude.Single(), root.NotSecret.Single()));
        Assert.Equal([new("ops-*", BucketCategory.Operational), new("*", BucketCategory.Media)], estate.Categories);
        var site = estate.Sites[0];
        Assert.Equal(("sailjada.com", "sailjada.com", "E2QWRUHAPOMQZL", "EDFDVBD6EXAMPLE"), (site.Name, site.Zones.Single(), site.ProductionDistributions.Single(), site.StagingDistributions.Single()));
        Assert.Equal(["staging.sailjada.com → sailjada.com", "sailjada-assets/_staging/ → sailjada-assets/icons/"], site.Staging.Select(pair => $"{pair}"));
        Assert.Equal(["env.js", "sitemap.xml", "robots.txt"], site.Staging[0].MeantToDiffer.Select(rule => rule.Pattern));
        Assert.Equal("/sites/sailjada.com/staging/0/meantToDiffer/env.js", site.Staging[0].MeantToDiffer[0].Path);
    }

    [Fact]
    public void The_nearest_rule_says_why_a_key_is_meant_to_differ()
    {
        var estate = Read("""{"meantToDiffer": {"robots.txt": "far"}, "sites": {"s": {"buckets": ["abc"], "meantToDiffer": {"robots.txt": "near"}, "staging": [{"place": "abc/x/", "standsFor": "abc"}]}}}""").Require();
        Assert.Equal("near", Assert.Single(estate.Sites[0].Staging[0].MeantToDiffer).Reason);
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_do_no_harm()
    {
        var estate = Read("\uFEFF// an estate\n{ /* here */ \"regions\": [\"us-west-2\", /* more? */], }\n").Require();
        Assert.Equal(["us-west-2"], estate.Regions);
    }

    [Theory]
    [InlineData("{\n  \"stroe\": \"x\"\n}", 2, 3, "'stroe' means nothing here. Did you mean 'store'?")]
    [InlineData("{ \"sites\": { \"a\": { \"bukets\": [] } } }", 1, 21, "'bukets' means nothing here. Did you mean 'buckets'?")]
    [InlineData("{ \"colour\": 1 }", 1, 3, "'colour' means nothing here. What can stand here: $schema, account, regions,")]
    [InlineData("{\n  \"regions\": \"us-west-2\"\n}", 2, 14, "A text in quotes stands here, where a list [ … ] belongs.")]
    [InlineData("{ \"account\": 12 }", 1, 14, "A number stands here, where a text in quotes belongs.")]
    [InlineData("{ \"snapshot\": { \"allVersions\": \"no\" } }", 1, 32, "A text in quotes stands here, where true or false belongs.")]
    [InlineData("{ \"categories\": { \"x\": \"media\" } }", 1, 24, "'media' is none of ProductionSite, Staging, Media, CloudFrontOrigin, LambdaSource, Operational. Did you mean 'Media'?")]
    [InlineData("{ \"localRoots\": { \"tools\": { } } }", 1, 28, "'path' is missing here.")]
    [InlineData("{ \"store\": \"a\",\n\t\"store\": \"b\" }", 2, 2, "'store' is here a second time.")]
    [InlineData("{ \"regions\": [\"us-west-2\", \"us-west-2\"] }", 1, 28, "'us-west-2' is in this list a second time.")]
    [InlineData("{\n  \"store\": \"a\"\n  \"account\": \"b\"\n}", 3, 3, "'\"' is invalid after a value.")]
    [InlineData("{ \"store\": \"a\" ", 1, 16, "Expected depth to be zero at the end of the JSON payload.")]
    [InlineData("", 1, 1, "The input does not contain any JSON tokens.")]
    [InlineData("{ \"store\": \"a\" } {}", 1, 18, "is invalid after a single JSON value.")]
    [InlineData("{ \"store\": \"⛵é\", \"x\": 1 }", 1, 18, "'x' means nothing here.")]
    public void An_error_names_line_and_column_and_what_would_be_right(string text, int line, int column, string message)
    {
        var finding = Read(text).Errors[0];
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((line, column, FindingSeverity.Error), (finding.Line, finding.Column, finding.Severity));
    }

    [Theory]
    [InlineData("""{"scriptProjects": {"a": "1abc", "A": "1xyz"}}""", "/scriptProjects/A", "Two script projects are called 'A'.")]
    [InlineData("""{"scriptProjects": {"a": "1abc", "b": "1abc"}}""", "/scriptProjects/b", "Two names are given to the script project '1abc'.")]
    [InlineData("""{"localRoots": {"a": {"path": "x"}, "A": {"path": "y"}}}""", "/localRoots/A", "Two local roots are called 'A'.")]
    [InlineData("""{"sites": {"s": {"buckets": ["sailjada.com"], "staging": [{"place": "abc", "standsFor": "sailjda.com"}]}}}""", "/sites/s/staging/0/standsFor", "'sailjda.com' is none of this site's buckets. Did you mean 'sailjada.com'?")]
    [InlineData("""{"sites": {"s": {"staging": [{"place": "abc", "standsFor": "xyz"}]}}}""", "/sites/s/staging/0/standsFor", "'xyz' is none of this site's buckets. Add it to 'buckets'.")]
    [InlineData("""{"sites": {"s": {"buckets": ["abc"], "staging": [{"place": "abc", "standsFor": "abc"}]}}}""", "/sites/s/staging/0/place", "Staging in 'abc' cannot stand for 'abc', which is the same place.")]
    [InlineData("""{"sites": {"s": {"buckets": ["abc"], "staging": [{"place": "abc/a/", "standsFor": "abc/a/b/"}]}}}""", "/sites/s/staging/0/place", "which lies within it.")]
    [InlineData("""{"sites": {"s": {"buckets": ["abc"], "staging": [{"place": "xyz", "standsFor": "abc"}, {"place": "xyz/", "standsFor": "abc"}]}}}""", "/sites/s/staging/1/place", "There is a second pair for the place 'xyz'.")]
    [InlineData("""{"sites": {"s": {"distributions": {"production": ["E2QWRUHAPOMQZL"], "staging": ["E2QWRUHAPOMQZL"]}}}}""", "/sites/s/distributions/staging/0", "There is a second place for the distribution 'E2QWRUHAPOMQZL'.")]
    public void What_does_not_fit_together_is_one_error(string text, string path, string message)
    {
        var finding = Assert.Single(Read(text).Errors);
        Assert.Equal(path, finding.Path);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_letter_anywhere_in_a_name_is_one_error()
    {
        foreach (var name in new[] { "account", "regions", "protectTo", "excludeKeys", "scriptProjects", "gitIgnore", "categories", "Operational", "buckets", "staging", "standsFor", "distributions" })
        {
            var start = EstateDocuments.Full.IndexOf($"\"{name}\"", StringComparison.Ordinal) + 1;
            var finding = Assert.Single(Read($"{EstateDocuments.Full[..start]}{name[..2]}q{EstateDocuments.Full[(start + 3)..]}").Errors);
            Assert.Contains($"Did you mean '{name}'?", finding.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error_and_no_crash()
    {
        byte[] text = [.. "{ \"store\": \""u8, 0xC3, 0x28, .. "\" }"u8];
        Assert.Single(EstateDocument.Parse(Path.Combine(Folder, "jada.json"), text).Errors);
        Assert.Single(Read("""{ "store": "\ud800" }""").Errors);
        Assert.Single(Read(new string('[', 100_000)).Errors);
    }

    [Fact]
    public void The_reader_judges_as_the_table_says() =>
        Assert.All(EstateDocuments.Table, document => Assert.True(document.IsGood == (Read(document.Text).Errors.Count == 0), document.Text));

    [Fact]
    public void The_schema_uses_no_keyword_that_its_reader_does_not_know()
    {
        string[] known =
        [
            "$schema", "$id", "$ref", "title", "description", "definitions", "type", "properties", "propertyNames", "additionalProperties", "required",
            "items", "minItems", "minimum", "maximum", "uniqueItems", "enum", "pattern", "patternErrorMessage",
        ];
        Assert.Empty(Keywords(Schema()).Except(known));

        static IEnumerable<string> Keywords(JsonElement schema) => schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(keyword =>
            (keyword.Name is "properties" or "definitions" ? keyword.Value.EnumerateObject().SelectMany(member => Keywords(member.Value)) : Keywords(keyword.Value)).Prepend(keyword.Name));
    }

    [Fact]
    public void The_schema_knows_every_category() =>
        Assert.Equal(
            Enum.GetNames<BucketCategory>().Except([nameof(BucketCategory.Unknown)]),
            Schema().GetProperty("properties").GetProperty("categories").GetProperty("additionalProperties").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));

    [Fact]
    public void The_nearest_file_above_is_found_unless_anyone_may_write_there()
    {
        using var store = new TemporaryStore();
        var (below, file) = (Path.Combine(store.Path, "a/b"), Path.Combine(store.Path, "jada.json"));
        Directory.CreateDirectory(below);
        File.WriteAllText(file, "{}");
        Assert.Equal(file, EstateDocument.Find(below));
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherWrite);
        Assert.Contains("-Estate", Assert.Throws<EstateFileException>(() => EstateDocument.Find(below)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_category_goes_before_every_other_rule_and_so_does_a_declared_place()
    {
        var estate = Read("""{"categories": {"ops-*": "Operational", "ops-media": "Media"}, "sites": {"s": {"buckets": ["abc"], "staging": [{"place": "next", "standsFor": "abc"}]}}}""").Require();
        Assert.Equal(new(BucketCategory.Operational, "the estate file says so of ops-*"), CategoryRules.Declared("ops-media", estate));
        Assert.Equal(new(BucketCategory.Staging, "the estate file has it stand for abc"), CategoryRules.Declared("next", estate));
        Assert.Null(CategoryRules.Declared("abc", estate));
    }

    private static EstateDocument Read(string text) => EstateDocument.Parse(Path.Combine(Folder, "jada.json"), Encoding.UTF8.GetBytes(text));

    private static JsonElement Schema()
    {
        using var stream = typeof(EstateDocument).Assembly.GetManifestResourceStream("JadaSnapshot.Engine.jada.schema.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
