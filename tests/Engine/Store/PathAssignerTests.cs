using System.Text;
using FsCheck;
using FsCheck.Fluent;
using JadaSnapshot.Engine.Store;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Store;

public sealed class PathAssignerTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60);

    [Fact]
    public void Keys_that_do_not_conflict_keep_their_plain_paths() =>
        Assert.Equal(["a/x", "a/y", "b", "c/a/x"], Paths("a/x", "a/y", "b", "c/a/x"));

    [Fact]
    public void Case_twins_are_told_apart_and_the_first_keeps_its_path()
    {
        var paths = Paths("Index.html", "index.html");
        Assert.Equal("Index.html", paths[0]);
        Assert.Matches(@"\Aindex\.html%~[0-9a-f]{8}\z", paths[1]);
    }

    [Fact]
    public void A_folder_that_differs_in_case_is_told_apart_once_for_all_keys_in_it()
    {
        var paths = Paths("Img/1", "img/1", "img/2", "img/sub/3");
        Assert.Equal("Img/1", paths[0]);
        Assert.Matches(@"\Aimg%~[0-9a-f]{8}/1\z", paths[1]);
        Assert.Equal([paths[1][..^1] + "2", paths[1][..^1] + "sub/3"], paths[2..]);
    }

    [Fact]
    public void A_key_that_is_anothers_folder_is_told_apart()
    {
        var paths = Paths("A", "a/b", "a/c", "x/y", "x/y/z");
        Assert.Matches(@"\Aa%~[0-9a-f]{8}/b\z", paths[1]);
        Assert.Equal(paths[1][..^1] + "c", paths[2]);
        Assert.Matches(@"\Ax/y%~[0-9a-f]{8}/z\z", paths[4]);
    }

    [Fact]
    public void Spellings_of_one_letter_are_told_apart() =>
        Assert.Equal(4, Paths("e\u0301", "\u00C9", "\u00E9", "\u00E9\uFE0F").Select(path => path.Split("%~")).Distinct().Count(parts => parts.Length == 2 || parts[0] == "e\u0301"));

    [Fact]
    public void Every_key_comes_back_from_its_path() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, keys => Paths(keys).Select(PathNames.ToKey).SequenceEqual(keys)));

    [Fact]
    public void Every_path_is_legal() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, keys => Paths(keys).All(SnapshotLayout.IsLegal)));

    [Fact]
    public void The_same_listing_gets_the_same_paths() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, keys => Paths(keys).SequenceEqual(Paths(keys))));

    [Fact]
    public void No_two_keys_share_a_place_on_a_file_system_that_folds() =>
        Check.One(Thorough, Prop.ForAll(NastyKeys.Sets, keys =>
            HaveTheirOwnPlaces(Paths(keys), name => name.ToUpperInvariant().Normalize(NormalizationForm.FormD))
            && HaveTheirOwnPlaces(Paths(keys), name => name.Normalize(NormalizationForm.FormD).ToLowerInvariant().Normalize(NormalizationForm.FormC))
            && HaveTheirOwnPlaces(Paths(keys), name => name.Normalize(NormalizationForm.FormD).ToUpperInvariant().ToLowerInvariant().Replace("\u0345", "\u03B9", StringComparison.Ordinal))));

    private static string[] Paths(params string[] keys)
    {
        PathAssigner paths = new();
        return [.. keys.Select(paths.Assign)];
    }

    // Plays a file system that takes names for the same when they fold to the same.
    private static bool HaveTheirOwnPlaces(IEnumerable<string> paths, Func<string, string> fold)
    {
        Dictionary<string, (string Spelling, bool IsFile)> places = new(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
                if (!places.TryAdd(fold(path[..end]), (path[..end], false)) && places[fold(path[..end])] != (path[..end], false)) return false;
            if (!places.TryAdd(fold(path), (path, true))) return false;
        }
        return true;
    }
}
