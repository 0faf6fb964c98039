using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

/// <summary>Copies from one place in S3 to another, which S3 makes itself.</summary>
public sealed class PlaceToPlaceTests
{
    private const string Further = "s3://further/vault";

    [Fact]
    public async Task A_snapshot_is_copied_by_S3_itself_and_comes_back_identical()
    {
        await using var test = await StartAsync();
        var local = await FilmAsync(test);
        await test.CopyAsync(local, CopyTest.Offsite);
        var offsite = await test.RemoteAsync("v1.0");

        var result = await test.CopyAsync(offsite, Further);
        Assert.Empty(test.Problems);
        Assert.Equal((SnapshotStatus.Complete, $"{Further}/v1.0", local.FileCount + 3), (result.Status, result.Path, result.CopiedCount));
        Assert.Equal((local.FileCount + 3, 0, 0), (test.Test.Calls("CopyObject"), test.Test.Calls("PutObject"), test.Test.Calls("UploadPart")));
        // What is read is the snapshot's own word of itself: its documents, and whether there is one already.
        Assert.Equal(4, test.Test.Calls("GetObject"));

        var again = await test.CopyAsync(offsite, Further);
        Assert.Equal((local.FileCount + 3, 0), (again.UnchangedCount, again.CopiedCount));
        Assert.Equal(0, test.Test.Calls("CopyObject"));
        Assert.True((await RemoteVerifier.VerifyAsync(test.Test.Connection, $"{Further}/v1.0", isQuick: true, null, 8, SyncTest.Cancel)) is { Result: VerificationResult.Whole, FilesUnverified: 0 });
        await test.CopyAsync(await RemoteStore.ReadAsync(test.Test.Connection, $"{Further}/v1.0", SyncTest.Cancel), test.Back);
        Assert.Equal(CopyTest.Tree(local.Path), CopyTest.Tree(Path.Combine(test.Back, "v1.0")));
    }

    [Fact]
    public async Task What_S3_refuses_to_copy_goes_through_here_and_that_is_said_once()
    {
        await using var test = await StartAsync();
        var local = await FilmAsync(test);
        await test.CopyAsync(local, CopyTest.Offsite);
        test.Test.Host.Faults.Add(Fault.Parse("service=s3,operation=CopyObject,kind=deny"));
        List<string> warnings = [];
        var result = await test.CopyAsync(await test.RemoteAsync("v1.0"), Further, order => order with { OnWarning = warnings.Add });
        Assert.Equal((SnapshotStatus.Complete, local.FileCount + 3), (result.Status, result.CopiedCount));
        Assert.Contains("AccessDenied", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(2, test.Test.Calls("UploadPart"));
        test.Test.Host.Faults.Clear();
        await test.CopyAsync(await RemoteStore.ReadAsync(test.Test.Connection, $"{Further}/v1.0", SyncTest.Cancel), test.Back);
        Assert.Equal(CopyTest.Tree(local.Path), CopyTest.Tree(Path.Combine(test.Back, "v1.0")));
    }

    [Fact]
    public async Task What_was_changed_at_the_source_is_named_and_the_copy_is_never_whole()
    {
        await using var test = await StartAsync();
        await test.CopyAsync(await test.CaptureAsync("v1.0", "a", "b"), CopyTest.Offsite);
        await test.PutAsync("copies/v1.0/s3-buckets/site/a", "v1.0 A");
        var result = await test.CopyAsync(await test.RemoteAsync("v1.0"), Further);
        Assert.Equal((SnapshotStatus.Unfinished, "s3-buckets/site/a"), (result.Status, Assert.Single(test.Problems).Resource));
        Assert.DoesNotContain(await test.Test.KeysAsync("further"), key => key is "vault/v1.0/snapshot.json" or "vault/v1.0/s3-buckets/site/a");
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_one_copy_is_copied_in_parts_and_proven_without_reading_it()
    {
        await using var test = await StartAsync();
        var local = await FilmAsync(test);
        await test.CopyAsync(local, CopyTest.Offsite);
        var film = await SnapshotReader.ReadManifestAsync(local.Path).SingleAsync(entry => entry.Path.EndsWith("/film", StringComparison.Ordinal), SyncTest.Cancel);
        using S3Client s3 = new(test.Test.Connection, 4);
        using WorkPool places = new(4);
        CopyInS3 copy = new(s3, places) { Parts = new() { From = CopyTest.FiveMegabytes, Size = CopyTest.FiveMegabytes } };
        ObjectPlace from = new("offsite", $"copies/v1.0/{film.Path}"), to = new("further", "film");
        test.Test.Host.Requests.Clear();

        Assert.True((await copy.TakeAsync(film, from, to, SyncTest.Cancel)).IsThere);
        Assert.Equal((2, 0), (test.Test.Calls("UploadPartCopy"), test.Test.Calls("GetObject")));
        Assert.Equal(film.Sha256, await StatedDigest.ReadAsync(s3, to, film.Size, SyncTest.Cancel));

        var other = film with { Sha256 = new string('0', 64) };
        var (isThere, condition) = await copy.TakeAsync(other, from, new("further", "other"), SyncTest.Cancel);
        Assert.False(isThere);
        Assert.NotEqual(WriteCondition.Nothing, condition);
    }

    private static async Task<CopyTest> StartAsync()
    {
        var test = await CopyTest.StartAsync();
        await test.Test.CreateAsync("further");
        return test;
    }

    private static async Task<Snapshot> FilmAsync(CopyTest test)
    {
        await test.Test.PutAsync("site", "film", new string('f', CopyTest.FiveMegabytes + 7));
        return await test.CaptureAsync("v1.0", "a b+c&d=é?", "dir/", "dir", "../x", "empty");
    }
}
