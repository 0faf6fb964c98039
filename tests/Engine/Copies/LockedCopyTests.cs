using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Sync;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Copies;

public sealed class LockedCopyTests
{
    private const string Key = "/locked/copies/v1.0/s3-buckets/site/a";

    [Fact]
    public async Task A_locked_copy_can_neither_be_written_over_nor_deleted_before_its_time()
    {
        await using var test = await CopyTest.StartAsync();
        await test.Test.CreateAsync("locked", headers: new KeyValuePair<string, string>("x-amz-bucket-object-lock-enabled", "true"));
        var snapshot = await test.CaptureAsync("v1.0", "a");
        var until = DateTimeOffset.UtcNow.AddSeconds(4);
        Assert.Equal(until, (await test.CopyAsync(snapshot, "s3://locked/copies", order => order with { Lock = new(until, RetentionMode.Compliance, LegalHold: true) })).RetainUntil);
        Assert.Empty(test.Problems);

        var (head, _) = await test.Test.GetAsync("locked", Key["/locked/".Length..]);
        var version = head.Headers.Single(header => header.Key == "x-amz-version-id").Value;
        Assert.Contains(new("x-amz-object-lock-mode", "COMPLIANCE"), head.Headers);
        Assert.Contains(new("x-amz-object-lock-legal-hold", "ON"), head.Headers);
        Assert.Equal(403, await DeleteAsync(test, version));
        Assert.Equal(403, await DeleteAsync(test, version, new KeyValuePair<string, string>("x-amz-bypass-governance-retention", "true")));
        Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(snapshot, "s3://locked/copies")).Status);
        Assert.Empty(await test.SentAsync());

        await test.Test.CallAsync("PUT", Key + "?legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>"u8.ToArray(), headers: Md5("<LegalHold><Status>OFF</Status></LegalHold>"u8));
        Assert.Equal(403, await DeleteAsync(test, version));
        await Task.Delay(until.AddSeconds(1) - DateTimeOffset.UtcNow, SyncTest.Cancel);
        Assert.Equal(204, await DeleteAsync(test, version));
    }

    [Fact]
    public async Task A_copy_that_is_there_is_locked_for_longer_where_that_is_wanted_and_never_for_less()
    {
        await using var test = await CopyTest.StartAsync();
        await test.Test.CreateAsync("locked", headers: new KeyValuePair<string, string>("x-amz-bucket-object-lock-enabled", "true"));
        var snapshot = await test.CaptureAsync("v1.0", "a");
        var until = DateTimeOffset.UtcNow.AddDays(2);
        foreach (var (days, calls) in ((int, long)[])[(0, 0), (2, snapshot.FileCount), (1, 0)])
        {
            Assert.Equal(SnapshotStatus.Complete, (await test.CopyAsync(snapshot, "s3://locked/copies", order => order with { Lock = new(until.AddDays(days), RetentionMode.Governance, LegalHold: false) })).Status);
            Assert.Equal(calls == 0 ? 0 : calls + 3, test.Test.Calls("PutObjectRetention"));
        }
        Assert.Contains(new("x-amz-object-lock-retain-until-date", until.AddDays(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null)), (await test.Test.GetAsync("locked", Key["/locked/".Length..])).Answer.Headers);
    }

    [Fact]
    public async Task A_bucket_that_takes_no_locks_is_refused_before_anything_is_sent()
    {
        await using var test = await CopyTest.StartAsync();
        var snapshot = await test.CaptureAsync("v1.0", "a");
        var refusal = await Assert.ThrowsAsync<StoreException>(() => test.CopyAsync(snapshot, CopyTest.Offsite, order => order with { Lock = new(null, default, LegalHold: true) }));
        Assert.Equal(StoreFault.NoObjectLock, refusal.Fault);
        Assert.Empty(await test.SentAsync());
    }

    private static async Task<int> DeleteAsync(CopyTest test, string version, params KeyValuePair<string, string>[] headers)
    {
        try
        {
            return (await test.Test.CallAsync("DELETE", $"{Key}?versionId={version}", [], headers: headers)).Status;
        }
        catch (JadaSnapshot.Sandbox.Hosting.SandboxException refusal)
        {
            return refusal.Status;
        }
    }

#pragma warning disable CA5351
    private static KeyValuePair<string, string> Md5(ReadOnlySpan<byte> body) => new("Content-MD5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body)));
#pragma warning restore CA5351
}
