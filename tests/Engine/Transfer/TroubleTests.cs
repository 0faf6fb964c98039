using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class TroubleTests
{
    private static readonly byte[] Body = TransferFixture.Bytes(100_000);

    [Theory]
    [InlineData("kind=error,status=500,code=InternalError")]
    [InlineData("kind=error,status=503,code=ServiceUnavailable")]
    [InlineData("kind=error,status=400,code=RequestTimeout")]
    [InlineData("kind=throttle")]
    [InlineData("kind=reset")]
    [InlineData("kind=resetmidbody")]
    [InlineData("kind=truncatebody")]
    [InlineData("kind=longbody")]
    [InlineData("kind=corruptbody")]
    [InlineData("kind=wrongchecksum")]
    [InlineData("kind=expirecredentials")]
    [InlineData("kind=clockskew")]
    [InlineData("kind=redirect")]
    public async Task What_passes_is_outlasted(string fault)
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        transfer.Add(fault + ",operation=GetObject,times=2");
        var file = new MemoryFile();
        var record = await transfer.DownloadAsync(listed, file);
        Assert.True(file.Content.SequenceEqual(Body));
        Assert.StartsWith("CRC64NVME:", record.Checksum, StringComparison.Ordinal);
        Assert.InRange((await transfer.GetsAsync(3)).Count, 3, 5);
    }

    [Theory]
    [InlineData("kind=error,status=500,code=InternalError", FailureKind.ServiceFault, "InternalError", 8, "Tried 8 times")]
    [InlineData("kind=throttle", FailureKind.Throttled, "SlowDown", 16, "Tried 16 times")]
    [InlineData("kind=reset", FailureKind.Unreachable, "ConnectionFailed", 8, "could not be reached")]
    [InlineData("kind=longbody", FailureKind.Corrupt, "NoLength", 8, "does not say how long")]
    [InlineData("kind=corruptbody", FailureKind.Corrupt, "ChecksumMismatch", 4, "its CRC64NVME is another")]
    [InlineData("kind=wrongchecksum", FailureKind.Corrupt, "ChecksumMismatch", 4, "its CRC64NVME is another")]
    [InlineData("kind=expirecredentials", FailureKind.BadCredentials, "ExpiredToken", 4, "have expired")]
    [InlineData("kind=redirect,region=eu-west-1", FailureKind.Other, "PermanentRedirect", 2, "specified endpoint")]
    [InlineData("kind=deny", FailureKind.Denied, "AccessDenied", 1, "s3:GetObject")]
    [InlineData("kind=vanish", FailureKind.NotFound, "NoSuchKey", 1, "not there (any more)")]
    [InlineData("kind=error,status=400,code=KMS.DisabledException,message=The key is disabled.", FailureKind.Denied, "KMS.DisabledException", 1, "KMS key that the caller cannot use")]
    [InlineData("kind=error,status=403,code=AccessDenied,message=User is not authorized to perform: kms:Decrypt", FailureKind.Denied, "AccessDenied", 1, "KMS key that the caller cannot use")]
    [InlineData("kind=error,status=412,code=PreconditionFailed", FailureKind.Other, "PreconditionFailed", 4, "changed again and again")]
    [InlineData("kind=clockskew", FailureKind.BadCredentials, "RequestTimeTooSkewed", 4, "clock of this machine")]
    public async Task What_does_not_pass_is_named_and_never_called_right(string fault, FailureKind kind, string code, int gets, string words)
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        transfer.Add(fault + ",operation=GetObject");
        var failure = await Assert.ThrowsAsync<ServiceException>(() => transfer.DownloadAsync(listed, new MemoryFile()));
        Assert.Equal((kind, code, "GetObject"), (failure.Kind, failure.Code, failure.Operation));
        if (kind is not FailureKind.Unreachable) Assert.Contains("bucket/key", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal(gets, (await transfer.GetsAsync(gets)).Count);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_was_cut_and_asks_for_the_same_object()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        transfer.Add("kind=resetmidbody,operation=GetObject,times=1");
        var file = new MemoryFile();
        await transfer.DownloadAsync(listed, file);
        Assert.True(file.Content.SequenceEqual(Body));
        Assert.Equal(0, file.Resets);
        Assert.Equal([200, 206], (await transfer.GetsAsync(2)).Select(get => get.Status));
    }

    [Fact]
    public async Task An_object_that_changes_while_it_is_read_is_read_anew_from_its_beginning()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        transfer.Add("kind=resetmidbody,operation=GetObject,times=1");
        transfer.Add("kind=change,operation=GetObject,times=1");
        var file = new MemoryFile();
        var record = await transfer.DownloadAsync(listed, file);
        Assert.True(file.Content.SequenceEqual(Body));
        Assert.Equal((1, listed.ETag), (file.Resets, record.ETag));
    }

    [Fact]
    public async Task A_large_object_may_be_cut_any_number_of_times_as_long_as_it_gets_on()
    {
        var body = TransferFixture.Bytes(40 << 20);
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", body);
        // Half of what is left comes each time: the first seven cuts bring it far enough not to count.
        transfer.Add("kind=truncatebody,operation=GetObject,times=12");
        var file = new MemoryFile();
        await new ObjectDownload(transfer.S3, transfer.Places).DownloadAsync("bucket", listed, file, TestContext.Current.CancellationToken);
        Assert.True(file.Content.SequenceEqual(body));
        Assert.Equal((13, 0), ((await transfer.GetsAsync(13)).Count, file.Resets));
    }

    [Fact]
    public async Task An_archived_object_is_named_as_such()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body, ("x-amz-storage-class", "GLACIER"));
        var failure = await Assert.ThrowsAsync<ServiceException>(() => transfer.DownloadAsync(listed, new MemoryFile()));
        Assert.Equal((FailureKind.Other, "InvalidObjectState", 403), (failure.Kind, failure.Code, failure.StatusCode));
        Assert.Contains("is in an archive and must be restored", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_not_tried_again()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        var failure = await Assert.ThrowsAsync<IOException>(() => transfer.DownloadAsync(listed, new MemoryFile(room: 50_000)));
        Assert.True(StoreException.IsDiskFull(failure));
        Assert.Single(await transfer.GetsAsync(1));
    }

    [Fact]
    public async Task An_answer_of_another_length_than_the_listed_object_is_not_the_object()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        var failure = await Assert.ThrowsAsync<ServiceException>(() => transfer.DownloadAsync(listed with { Size = Body.Length + 1 }, new MemoryFile()));
        Assert.Equal((FailureKind.Corrupt, "WrongLength"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task Calls_that_are_redirected_together_all_follow_to_the_bucket_s_region()
    {
        await using var transfer = await TransferFixture.StartAsync(new() { SyntheticBuckets = [new() { Name = "elsewhere", Region = "eu-central-1", Count = 20, Size = 10 }] });
        var keys = Enumerable.Range(0, 20).Select(number => $"data/{number:D9}.bin");
        await Task.WhenAll(keys.Select(key => transfer.DownloadAsync(new(key, 10, "", default, "STANDARD"), new MemoryFile(), "elsewhere")));
        Assert.Equal("eu-central-1", transfer.S3.RegionOf("elsewhere"));
    }

    [Fact]
    public async Task Tags_are_read_with_the_object_also_where_calls_go_one_after_the_other()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body, ("x-amz-tagging", "a=1&b=2"));
        using var connection = AwsConnection.Open(EstateFixture.OptionsFor(transfer.Host) with { OneAtATime = true, Region = "us-east-1" });
        using var s3 = new S3Client(connection, 1);
        var record = await new ObjectDownload(s3, transfer.Places)
            .DownloadAsync("bucket", listed, new MemoryFile(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal([new("a", "1"), new("b", "2")], record.Tags!.OrderBy(tag => tag.Key));
    }

    [Fact]
    public void A_pause_that_the_service_asks_for_is_made()
    {
        var attempts = new S3Attempts(null, TimeSpan.FromMilliseconds(1));
        Assert.True(attempts.MayGoOn());
        Assert.Equal(TimeSpan.FromSeconds(3), attempts.Pause(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(20), attempts.Pause(TimeSpan.FromHours(1)));
        Assert.InRange(attempts.Pause(null), TimeSpan.Zero, TimeSpan.FromMilliseconds(2));
    }
}
