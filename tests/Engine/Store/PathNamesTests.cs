using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed partial class PathNamesTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Theory]
    [InlineData("css/site.css", "css/site.css")]
    [InlineData("a b", "a b")]
    [InlineData("a//b", "a/%_/b")]
    [InlineData("dir/", "dir/%_")]
    [InlineData("/", "%_/%_")]
    [InlineData("../x", ".%2E/x")]
    [InlineData(".", "%2E")]
    [InlineData("name. ", "name.%20")]
    [InlineData("100%", "100%25")]
    [InlineData("C:\\x", "C%3A%5Cx")]
    [InlineData("con", "%63on")]
    [InlineData("Nul.tar.gz", "%4Eul.tar.gz")]
    [InlineData("LPT\u00B9", "%4CPT\u00B9")]
    [InlineData("console", "console")]
    [InlineData("r\u00E9sum\u00E9 \U0001F600", "r\u00E9sum\u00E9 \U0001F600")]
    [InlineData("\u212A", "%E2%84%AA")]
    [InlineData("stra\u00DFe", "stra%C3%9Fe")]
    [InlineData("a\u202Eb", "a%E2%80%AEb")]
    [InlineData("a%+", "a%25+")]
    public void A_key_becomes_a_path_that_shows_it(string key, string path)
    {
        Assert.Equal(path, PathNames.FromKey(key));
        Assert.Equal(key, PathNames.ToKey(path));
    }

    [Fact]
    public void A_long_segment_is_cut_into_pieces()
    {
        var key = $"long/{new string('x', 500)}.txt";
        var path = PathNames.FromKey(key);

        Assert.Equal([4, 242, 242, 24], path.Split('/').Select(segment => segment.Length));
        Assert.EndsWith("%+", path.Split('/')[1], StringComparison.Ordinal);
        Assert.Equal(key, PathNames.ToKey(path));
    }

    [Fact]
    public void Every_key_comes_back_from_its_path() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Any, key => PathNames.ToKey(PathNames.FromKey(key)) == key));

    [Fact]
    public void Every_short_name_comes_back_from_its_segment() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Any, name => PathNames.FromName(name) is var segment && (PathNames.ToKey(segment) == name || IsCut(segment))));

    [Theory]
    [InlineData("release-notify", "release-notify")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("con", "%63on")]
    [InlineData("Rady-Shell", "Rady-Shell%~ad02ad33")]
    [InlineData("CON", "%43ON%~a3dbc4b6")]
    public void A_name_becomes_a_segment_that_shows_it_and_one_with_capitals_is_marked(string name, string segment)
    {
        Assert.Equal(segment, PathNames.FromName(name));
        Assert.Equal(name, PathNames.ToKey(segment));
    }

    [Fact]
    public void Names_are_told_apart_by_any_file_system_whatever_others_there_are() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, names =>
            names.Where(name => name.Length > 0).Select(name => NameFolding.Fold(PathNames.FromName(name))).Distinct(StringComparer.Ordinal).Count() == names.Count(name => name.Length > 0)));

    [Fact]
    public void An_identifier_is_only_escaped()
    {
        Assert.Equal("E2EXAMPLE1ABC", PathNames.FromId("E2EXAMPLE1ABC"));
        Assert.Equal("v1.0-RC", PathNames.FromId("v1.0-RC"));
        Assert.Equal("a%3Ab", PathNames.FromId("a:b"));
    }

    [Fact]
    public void Every_segment_is_legal_everywhere() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Any, key => PathNames.FromKey(key).Split('/').Append(PathNames.FromName(key)).All(IsLegalEverywhere)));

    [Fact]
    public void The_snapshots_own_rule_agrees_that_every_path_is_legal() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Any, key => SnapshotLayout.IsLegal(PathNames.FromKey(key)) && SnapshotLayout.IsLegal(PathNames.FromName(key))));

    [Fact]
    public void No_path_leads_out_of_its_folder()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "root")) + Path.DirectorySeparatorChar;
        Check.One(Thorough, Prop.ForAll(NastyKeys.Any, key =>
            PathNames.FromKey(key) is var path && Path.GetFullPath(Path.Combine(root, path)) == root + path.Replace('/', Path.DirectorySeparatorChar)));
    }

    [Fact]
    public void What_stays_beyond_ASCII_stays_there_when_a_file_system_folds_it()
    {
        var strays = Enumerable.Range(0x80, 0x10FFFF - 0x7F).Where(Rune.IsValid).Select(value => new Rune(value).ToString())
            .Where(text => PathNames.FromKey(text) == text)
            .Where(text => Ascii.IsValid(text.ToUpperInvariant()) || Ascii.IsValid(text.ToLowerInvariant()) || Ascii.IsValid(text.Normalize(NormalizationForm.FormD)));
        Assert.Empty(strays);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%GG")]
    [InlineData("%FF")]
    [InlineData("x%+")]
    public void What_no_key_becomes_is_refused(string path) => Assert.Throws<FormatException>(() => PathNames.ToKey(path));

    [Fact]
    public void Strings_are_ordered_as_their_UTF8_bytes_are() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, keys =>
            keys.Zip(keys.Skip(1)).All(pair => Encoding.UTF8.GetBytes(pair.First).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(pair.Second)) < 0)));

    private static bool IsCut(string segment) => Encoding.UTF8.GetByteCount(segment) > 200 && segment[^10..].StartsWith("%~", StringComparison.Ordinal);

    // Written from Microsoft's "Naming Files, Paths, and Namespaces", without a look at the code under test.
    private static bool IsLegalEverywhere(string segment) =>
        segment.Length > 0 && Encoding.UTF8.GetByteCount(segment) <= 255 && !Illegal.IsMatch(segment) && !Device.IsMatch(segment);

    [GeneratedRegex("""[\u0000-\u001F\u007F<>:"/\\|?*]|[. ]\z|[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]""")]
    private static partial Regex Illegal { get; }

    [GeneratedRegex("""\A(con|prn|aux|nul|com[0-9\u00B9\u00B2\u00B3]|lpt[0-9\u00B9\u00B2\u00B3]|conin\$|conout\$) *(\.|\z)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device { get; }
}
