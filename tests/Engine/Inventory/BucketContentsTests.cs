using JadaSnapshot.Engine.Inventory;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Inventory;

public sealed class BucketContentsTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Objects_are_counted_by_class_and_by_the_first_segment_of_their_keys()
    {
        var contents = Count(("index.html", 10), ("img/a.png", 20), ("img/b/c.png", 30), ("/odd", 1), ("dir/", 0));
        Assert.Equal(new ObjectTotals(5, 61), contents.Totals);
        Assert.Equal(["", "/", "dir/", "img/"], contents.Prefixes.Keys);
        Assert.Equal(new ObjectTotals(2, 50), contents.Prefixes["img/"]);
        Assert.Equal(new ObjectTotals(1, 10), contents.Prefixes[""]);
        Assert.Equal(new ObjectTotals(5, 61), contents.StorageClasses!["STANDARD"]);
    }

    [Fact]
    public void The_newest_object_is_found_wherever_it_stands()
    {
        var contents = new BucketContents();
        foreach (var day in new[] { 2, 9, 4 }) contents.Add(new($"k{day}", 1, "", Day.AddDays(day), "GLACIER"));
        Assert.Equal(Day.AddDays(9), contents.Newest);
        Assert.Null(new BucketContents().Newest);
    }

    [Fact]
    public void Prefixes_beyond_the_limit_share_one_entry_and_nothing_is_lost()
    {
        const int Others = 50;
        var contents = Count([.. Enumerable.Range(0, BucketInventory.PrefixLimit + Others).SelectMany(number => new[] { ($"p{number:D5}/a", 3L), ($"p{number:D5}/b", 4L) }), ("staging/x", 5L)]);
        Assert.Equal(BucketInventory.PrefixLimit + 2, contents.Prefixes.Count);
        Assert.Equal(new ObjectTotals(2 * Others, 7 * Others), contents.Prefixes[BucketInventory.OtherPrefixes]);
        Assert.Equal(new ObjectTotals(1, 5), contents.Prefixes["staging/"]);
        Assert.Equal(contents.Totals.TotalBytes, contents.Prefixes.Values.Sum(totals => totals.TotalBytes));
    }

    [Theory]
    [InlineData("_staging/index.html", "_staging/")]
    [InlineData("staging/index.html", "staging/")]
    [InlineData("staging.html", null)]
    [InlineData("docs/staging/index.html", null)]
    [InlineData("backstage/x", null)]
    public void Prefixes_of_staging_are_told(string key, string? prefix) =>
        Assert.Equal(prefix is null ? [] : [prefix], Count((key, 1)).StagingPrefixes);

    private static BucketContents Count(params (string Key, long Size)[] objects)
    {
        var contents = new BucketContents();
        foreach (var (key, size) in objects) contents.Add(new(key, size, "", Day, "STANDARD"));
        return contents;
    }
}
