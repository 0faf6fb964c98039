using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using JadaSnapshot.Engine.Tests.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class ListingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void No_key_is_lost_or_doubled_or_out_of_order_whatever_the_keys_are() =>
        Prop.ForAll(KeySets(), Gen.Choose(1, 7).ToArbitrary(), (keys, pageSize) =>
        {
            var lister = new FakeLister(keys, pageSize);
            var listed = ListAsync(new(lister.ReadAsync) { PagesAlone = 1, SlowPage = TimeSpan.Zero, AtOnce = 4, StretchPages = 3, MostWaiting = 5 }).GetAwaiter().GetResult();
            return lister.Keys.SequenceEqual(listed, StringComparer.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(150));

    [Theory]
    [InlineData("numbers")]
    [InlineData("digests")]
    [InlineData("dates")]
    [InlineData("folders")]
    [InlineData("identifiers")]
    public async Task Where_pages_are_slow_a_large_bucket_is_listed_several_times_as_fast_with_few_more_requests(string kind)
    {
        var lister = new FakeLister(Enumerable.Range(0, 40_000).Select(number => Key(kind, number)), 100, TimeSpan.FromMilliseconds(15));
        var clock = Stopwatch.StartNew();
        var listed = await ListAsync(new(lister.ReadAsync) { SlowPage = TimeSpan.FromMilliseconds(5) });
        Assert.Equal(lister.Keys, listed);
        Assert.True(lister.Asked > 2 * clock.Elapsed, $"{lister.Asked} of requests took {clock.Elapsed}.");
        Assert.InRange(lister.Pages, 400, 520);
        Assert.Equal(8, lister.MostAtOnce);
        TestContext.Current.SendDiagnosticMessage($"{kind}: {lister.Pages} pages of 400, {lister.Asked / clock.Elapsed:F1} at once");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(20_000, 20)]
    public async Task A_bucket_of_some_pages_takes_not_one_request_more_however_slow(int count, int requests)
    {
        await using var transfer = await TransferFixture.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(20), SyntheticBuckets = [new() { Name = "synthetic", Count = count, Size = 1 }] });
        Assert.Equal(count, (await ListAsync(transfer.S3, "synthetic")).Count);
        await Task.Delay(100, Cancel);
        Assert.Equal(requests, transfer.Host.Requests.Count("s3", "ListObjectsV2"));
    }

    [Fact]
    public async Task A_fast_bucket_is_listed_page_by_page()
    {
        var lister = new FakeLister(Enumerable.Range(0, 1000).Select(number => Key("numbers", number)), 10);
        Assert.Equal(1000, (await ListAsync(new(lister.ReadAsync) { SlowPage = TimeSpan.FromSeconds(1) })).Count);
        Assert.Equal((100, 1), (lister.Pages, lister.MostAtOnce));
    }

    [Fact]
    public async Task Two_hundred_thousand_keys_are_listed_in_order_and_faster_than_page_by_page()
    {
        await using var transfer = await TransferFixture.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(20), SyntheticBuckets = [new() { Name = "synthetic", Count = 200_000, Size = 1 }] });
        var keys = await ListAsync(transfer.S3, "synthetic");
        Assert.Equal(Enumerable.Range(0, 200_000).Select(number => Key("numbers", number)), keys);
        Assert.InRange(transfer.Host.Requests.Count("s3", "ListObjectsV2"), 200, 230);
        var spans = transfer.Host.Requests.Entries.Where(request => request.Operation == "ListObjectsV2").Select(request => (request.Started, End: request.Started + request.Duration)).ToList();
        var (busy, wall) = (spans.Sum(span => (span.End - span.Started).TotalMilliseconds), (spans.Max(span => span.End) - spans.Min(span => span.Started)).TotalMilliseconds);
        Assert.True(busy > 2 * wall, $"{busy} ms of requests took {wall} ms.");
    }

    [Fact]
    public async Task No_more_pages_wait_than_may_when_nobody_takes_them()
    {
        var lister = new FakeLister(Enumerable.Range(0, 10_000).Select(number => Key("digests", number)), 10);
        await using var pages = new OrderedListing(lister.ReadAsync) { PagesAlone = 2, SlowPage = TimeSpan.Zero, MostWaiting = 20 }.ListAsync(Cancel).GetAsyncEnumerator(Cancel);
        for (var i = 0; i < 3; i++) Assert.True(await pages.MoveNextAsync());
        await Task.Delay(200, Cancel);
        Assert.InRange(lister.Pages, 20, 2 + 20 + 8 + 8);
    }

    [Fact]
    public async Task A_page_that_cannot_be_listed_ends_the_listing_with_its_error()
    {
        var lister = new FakeLister(Enumerable.Range(0, 10_000).Select(number => Key("numbers", number)), 10);
        var listing = new OrderedListing(async (from, cancel) => lister.Pages > 50 ? throw new InvalidOperationException("broken") : await lister.ReadAsync(from, cancel)) { PagesAlone = 2, SlowPage = TimeSpan.Zero };
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(listing))).Message);
    }

    [Theory]
    [InlineData("kind=longbody,times=2")]
    [InlineData("kind=resetmidbody,times=2")]
    [InlineData("kind=throttle,times=2")]
    public async Task A_page_that_does_not_arrive_whole_is_asked_for_again(string fault)
    {
        await using var transfer = await TransferFixture.StartAsync(new() { SyntheticBuckets = [new() { Name = "synthetic", Count = 2_500, Size = 1 }] });
        transfer.Add(fault + ",operation=ListObjectsV2");
        Assert.Equal(2_500, (await ListAsync(transfer.S3, "synthetic")).Count);
    }

    [Fact]
    public async Task A_listing_that_is_refused_says_so()
    {
        await using var transfer = await TransferFixture.StartAsync();
        transfer.Add("kind=deny,operation=ListObjectsV2");
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<ServiceException>(() => ListAsync(transfer.S3, "bucket"))).Code);
    }

    private static string Key(string kind, int number) => kind switch
    {
        "numbers" => string.Create(CultureInfo.InvariantCulture, $"data/{number:D9}.bin"),
        "digests" => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number))),
        "dates" => string.Create(CultureInfo.InvariantCulture, $"logs/{new DateTime(2024, 1, 1).AddMinutes(number * 13):yyyy'/'MM'/'dd'/'HH-mm-ss}.gz"),
        "folders" => string.Create(CultureInfo.InvariantCulture, $"{(number % 3 == 0 ? "assets/img" : number % 7 == 0 ? "users/ü" : "docs")}/{number % 50}/{number}.html"),
        _ => new Guid(number, (short)(number * 7919), 3, [1, 2, 3, 4, 5, 6, 7, 8]).ToString(),
    };

    /// <summary>Sets of keys as they come, of keys that differ only in case, and of keys with much in common.</summary>
    private static Arbitrary<string[]> KeySets()
    {
        var twins = from text in Gen.Elements("a", "A", "ab", "aB", "AB", "é", "e\u0301", "😀", "😁", "\uFFFD", "\uE000", "/", "//") from more in Gen.Elements("", "a", "A", "😀", "z", "0") select text + more;
        var near = from number in Gen.Choose(0, 300) from end in Gen.Elements("", ".txt", "/") select string.Create(CultureInfo.InvariantCulture, $"data/{number:D4}{end}");
        var sets = Gen.ArrayOf(Gen.OneOf(twins, near));
        return (from some in sets from nasty in NastyKeys.Sets.Generator select some.Concat(nasty).Where(key => key.Length > 0).ToArray()).ToArbitrary();
    }

    private static async Task<List<string>> ListAsync(OrderedListing listing)
    {
        List<string> keys = [];
        await foreach (var page in listing.ListAsync(Cancel)) keys.AddRange(page.Select(listed => listed.Key));
        return keys;
    }

    private static async Task<List<string>> ListAsync(S3Client s3, string bucket)
    {
        List<string> keys = [];
        await foreach (var listed in s3.ListObjectsAsync(bucket, Cancel)) keys.Add(listed.Key);
        return keys;
    }
}
