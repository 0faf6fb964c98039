using System.Globalization;
using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using JadaSnapshot.Sandbox.Services.S3;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Sync;

public sealed class BucketCopyTests
{
    private const int FiveMegabytes = 5 << 20;

    private static readonly BucketPlace Staging = new("staging"), Live = new("live");

    [Fact]
    public async Task A_bucket_becomes_what_another_is_with_headers_metadata_and_tags_and_then_nothing_differs()
    {
        await using var test = await StartAsync();
        string[] keys = ["index.html", "a b+c&d=é?", "dir/", "../x", "%41", "\u0001"];
        foreach (var key in keys)
            await test.PutAsync("staging", key, "content of " + key, new("content-type", "text/html"), new("cache-control", "no-store"), new("x-amz-meta-who", "=?UTF-8?B?w6Q=?="), new("x-amz-tagging", "a=1&b=two"));
        await test.PutAsync("live", "index.html", "old");
        await test.PutAsync("live", "same", "same");
        await test.PutAsync("staging", "same", "same");

        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live });
        Assert.Empty(test.Problems);
        Assert.Equal((7, 6, 1, 0), (result.ObjectCount, result.CopiedCount, result.UnchangedCount, result.UnverifiedCount));
        Assert.Contains("Copy index.html SizeChanged", test.Done);
        Assert.Contains("Copy ../x New", test.Done);
        Assert.Equal((6, 0, 0), (test.Calls("CopyObject"), test.Calls("GetObject"), test.Calls("HeadObject")));
        foreach (var key in keys)
        {
            var (copy, content) = await test.GetAsync("live", key);
            Assert.Equal("content of " + key, content);
            Assert.Equal(["text/html", "no-store", "=?UTF-8?B?w6Q=?=", "2"], ((string[])["Content-Type", "Cache-Control", "x-amz-meta-who", "x-amz-tagging-count"]).Select(name => Header(copy, name)));
        }
        Assert.Empty(await CompareAsync(test, Live, Staging));
        Assert.Equal(0, (await test.CopyAsync(new() { Source = Staging, Destination = Live, WithMetadata = true })).CopiedCount);
    }

    [Fact]
    public async Task A_plan_is_what_a_comparison_finds_and_changes_nothing()
    {
        await using var test = await StartAsync();
        foreach (var key in (string[])["new", "changed", "longer", "same"]) await test.PutAsync("staging", key, "12345");
        foreach (var (key, content) in ((string, string)[])[("changed", "54321"), ("longer", "123456"), ("same", "12345"), ("gone", "1")]) await test.PutAsync("live", key, content);

        var plan = await test.CopyAsync(new() { Source = Staging, Destination = Live, Delete = true, PlanOnly = true });
        Assert.Equal(["Copy changed ContentChanged", "Copy longer SizeChanged", "Copy new New", "Delete gone GoneFromBucket"], test.Done);
        Assert.Equal((3, 15, 1, 1), (plan.CopiedCount, plan.CopiedBytes, plan.DeletedCount, plan.UnchangedCount));
        Assert.Equal((await CompareAsync(test, Live, Staging)).Select(difference => difference.Key).Order(), test.Changes.Select(change => change.Key).Order());
        Assert.DoesNotContain(test.Host.Requests.Entries, request => request.Method is not ("GET" or "HEAD"));
    }

    [Fact]
    public async Task Neither_of_two_places_in_one_bucket_is_copied_or_deleted_as_part_of_the_other()
    {
        await using var test = await StartAsync();
        foreach (var key in (string[])["index.html", "_staging/index.html", "_staging/new.html", "old.html"]) await test.PutAsync("live", key, key);
        var within = new BucketPlace("live", "_staging/");

        await test.CopyAsync(new() { Source = Live, Destination = within });
        Assert.Equal(["_staging/index.html", "_staging/new.html", "_staging/old.html", "index.html", "old.html"], await test.KeysAsync("live"));
        Assert.Equal("index.html", (await test.GetAsync("live", "_staging/index.html")).Content);

        await test.DeleteAsync("live", "_staging/old.html");
        await test.CopyAsync(new() { Source = within, Destination = Live, Delete = true });
        Assert.Equal(["_staging/index.html", "_staging/new.html", "index.html", "new.html"], await test.KeysAsync("live"));

        await test.PutAsync("live", "_staging/_staging/index.html", "deeper");
        await test.CopyAsync(new() { Source = within, Destination = Live });
        Assert.Equal("live/_staging/_staging/index.html", Assert.Single(test.Problems).Resource);
        Assert.Equal("index.html", (await test.GetAsync("live", "_staging/index.html")).Content);
    }

    [Fact]
    public async Task Objects_are_deleted_only_on_request_and_never_more_than_may_be_nor_for_a_source_that_holds_nothing()
    {
        await using var test = await StartAsync();
        await test.PutAsync("staging", "stays", "x");
        foreach (var key in (string[])["stays", "a", "b&<>\"'", "c\u0001", "logs/1"]) await test.PutAsync("live", key, "x");
        var order = new BucketCopyOrder { Source = Staging, Destination = Live, Rules = [new(false, "logs/*")] };

        Assert.Equal((0, 3), Deleted(await test.CopyAsync(order)));
        Assert.Equal((0, 3), Deleted(await test.CopyAsync(order with { Delete = true, MaxDelete = 2 })));
        Assert.Equal("DeleteLimit", Assert.Single(test.Problems).ErrorCode);
        Assert.Equal((0, 4), Deleted(await test.CopyAsync(order with { Source = new("staging", "typo/"), Delete = true })));
        Assert.Equal("EmptySource", Assert.Single(test.Problems).ErrorCode);

        Assert.Equal((3, 0), Deleted(await test.CopyAsync(order with { Delete = true, MaxDelete = 3 })));
        Assert.Equal((1, 1), (test.Calls("DeleteObjects"), test.Calls("DeleteObject")));
        Assert.Equal(["logs/1", "stays"], await test.KeysAsync("live"));
    }

    [Theory]
    [InlineData("many", "live")]
    [InlineData("live", "many")]
    public async Task Nothing_is_deleted_after_a_listing_that_did_not_come_to_its_end(string source, string destination)
    {
        await using var test = await StartAsync();
        test.Host.World.Get<S3Service>().Add(new SyntheticBucket { Name = "many", Count = 1500, Size = 10, Region = "us-west-2" });
        foreach (var key in (string[])["!", "~"]) await test.PutAsync("live", key, "x");
        test.Host.Faults.Add(Fault.Parse("operation=ListObjectsV2,match=continuation-token,kind=deny"));

        var result = await test.CopyAsync(new() { Source = new(source), Destination = new(destination), Delete = true, MaxDelete = 2000, PlanOnly = true });
        Assert.Equal(("AccessDenied", false), (Assert.Single(test.Problems).ErrorCode, result.IsComplete));
        Assert.DoesNotContain(test.Changes, change => change.Action == ObjectAction.Delete);
        Assert.True(result.LeftOverCount > 0);
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_is_read_anew_and_one_that_vanishes_is_told()
    {
        Func<Task>? change = null;
        await using var test = await SyncTest.StartAsync((_, request, _) =>
        {
            if (request.Operation == "ListObjectsV2" && request.RawPath == "/staging" && Interlocked.Exchange(ref change, null) is { } once) once().Wait();
        });
        foreach (var bucket in (string[])["staging", "live"]) await test.CreateAsync(bucket);
        foreach (var key in (string[])["changes", "vanishes"]) await test.PutAsync("staging", key, "listed");
        change = async () =>
        {
            await test.PutAsync("staging", "changes", "as it is now");
            await test.DeleteAsync("staging", "vanishes");
        };
        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live });
        Assert.Equal("as it is now", (await test.GetAsync("live", "changes")).Content);
        Assert.Equal((1, 12), (result.CopiedCount, result.CopiedBytes));
        Assert.Equal(("NoSuchKey", "staging/vanishes"), (Assert.Single(test.Problems).ErrorCode, Assert.Single(test.Problems).Resource));
    }

    [Fact]
    public async Task What_is_too_large_to_copy_in_one_go_is_copied_in_parts_with_all_that_belongs_to_it()
    {
        await using var test = await StartAsync();
        var content = string.Create(CultureInfo.InvariantCulture, $"{new string('a', FiveMegabytes)}{new string('b', FiveMegabytes)}end");
        await test.PutAsync("staging", "film", content, new("content-type", "video/mp4"), new("cache-control", "max-age=60"), new("x-amz-meta-title", "sail"), new("x-amz-tagging", "a%26=1%20%2B&b=%C3%A4"));
        var parts = new PartRule { From = FiveMegabytes, Size = FiveMegabytes, MostHelpers = 2 };

        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live, ThrottleLimit = 4 }, parts);
        Assert.Empty(test.Problems);
        Assert.Equal((1, 0, 3, 0), (result.CopiedCount, result.UnverifiedCount, test.Calls("UploadPartCopy"), test.Calls("CopyObject")));
        Assert.Equal(content, (await test.GetAsync("live", "film")).Content);
        Assert.Equal(0, (await test.CopyAsync(new() { Source = Staging, Destination = Live, WithMetadata = true }, parts)).CopiedCount);

        await test.PutAsync("staging", "film", content + "!");
        test.Host.Faults.Add(Fault.Parse("operation=UploadPartCopy,match=partNumber=3,kind=deny"));
        Assert.Equal(1, (await test.CopyAsync(new() { Source = Staging, Destination = Live }, parts)).ProblemCount);
        Assert.Equal(1, test.Calls("AbortMultipartUpload"));
        Assert.Equal(content.Length, (await test.GetAsync("live", "film")).Content.Length);
    }

    [Fact]
    public async Task Objects_under_a_key_of_KMS_are_held_against_each_other_by_their_checksums()
    {
        await using var test = await StartAsync();
        await test.PutAsync("staging", "sealed", "12345", new KeyValuePair<string, string>("x-amz-server-side-encryption", "aws:kms"));
        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live });
        Assert.Equal((1, 0, 0), (result.CopiedCount, result.UnverifiedCount, result.ProblemCount));
        Assert.Equal(2, test.Calls("HeadObject"));
        Assert.Equal(0, (await test.CopyAsync(new() { Source = Staging, Destination = Live })).CopiedCount);
    }

    [Theory]
    [InlineData("CopyObject", FaultKind.Reset)]
    [InlineData("CopyObject", FaultKind.Throttle)]
    [InlineData("CopyObject", FaultKind.Redirect)]
    [InlineData("CopyObject", FaultKind.Error)]
    [InlineData("DeleteObjects", FaultKind.TruncateBody)]
    [InlineData("DeleteObjects", FaultKind.Error)]
    public async Task What_passes_is_outlasted_an_error_in_an_answer_of_success_too(string operation, FaultKind kind)
    {
        await using var test = await StartAsync();
        await test.PutAsync("staging", "new", "12345");
        await test.PutAsync("live", "gone", "12345");
        test.Host.Faults.Add(new Fault { Operation = operation, Kind = kind, Status = 200, Times = 2 });
        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live, Delete = true });
        Assert.Empty(test.Problems);
        Assert.Equal((1, 1, 3), (result.CopiedCount, result.DeletedCount, test.Calls(operation)));
        Assert.Equal(["new"], await test.KeysAsync("live"));
    }

    [Fact]
    public async Task An_error_in_an_answer_of_success_is_no_copy()
    {
        await using var test = await StartAsync();
        await test.PutAsync("staging", "new", "12345");
        test.Host.Faults.Add(new Fault { Operation = "CopyObject", Kind = FaultKind.Error, Status = 200, Code = "AccessDenied", Message = "No." });
        var result = await test.CopyAsync(new() { Source = Staging, Destination = Live });
        Assert.Equal((0, false), (result.CopiedCount, result.IsComplete));
        Assert.Equal("AccessDenied", Assert.Single(test.Problems).ErrorCode);
    }

    [Fact]
    public async Task A_bucket_of_another_region_is_copied_as_well()
    {
        await using var test = await SyncTest.StartAsync("staging");
        await test.CreateAsync("live", "eu-west-1");
        await test.PutAsync("staging", "new", "12345");
        Assert.Equal(1, (await test.CopyAsync(new() { Source = Staging, Destination = Live })).CopiedCount);
        Assert.Empty(await CompareAsync(test, Live, Staging));
    }

    [Fact]
    public async Task A_place_is_not_copied_to_itself()
    {
        await using var test = await SyncTest.StartAsync();
        Assert.Throws<ArgumentException>(() => new BucketCopy(test.Connection, new() { Source = new("live", "a/"), Destination = new("live", "a/") }));
    }

    private static Task<SyncTest> StartAsync() => SyncTest.StartAsync("staging", "live");

    private static (long, long) Deleted(BucketCopyResult result) => (result.DeletedCount, result.LeftOverCount);

    private static string? Header(SandboxResponse response, string name) =>
        name == "Content-Type" ? response.ContentType : response.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static async Task<List<Difference>> CompareAsync(SyncTest test, BucketPlace production, BucketPlace staging)
    {
        var site = new EstateSite { Name = "site", Buckets = [production.BucketName], Staging = [new() { Production = production, Staging = staging }] };
        using var comparison = new StagingComparison(test.Connection, new() { Sites = [site] });
        return await comparison.CompareAsync(_ => { }, test.Problems.Enqueue, SyncTest.Cancel).ToListAsync(SyncTest.Cancel);
    }
}
