using System.Security.Cryptography;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class PartedTransferTests
{
    private const int Part = 1 << 20;
    private static readonly byte[] Body = TransferFixture.Bytes((5 * Part) + 12_345);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("kind=resetmidbody,rate=0.4")]
    [InlineData("kind=truncatebody,rate=0.4")]
    [InlineData("kind=error,status=500,rate=0.4")]
    [InlineData("kind=corruptbody,times=1")]
    public async Task A_large_object_comes_in_parts_and_is_the_same_whatever_happens_to_them(string fault)
    {
        await using var transfer = await TransferFixture.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(20) });
        var listed = await transfer.PutAsync("key", Body);
        if (fault.Length > 0) transfer.Add(fault + ",operation=GetObject");
        using var store = new TemporaryStore();
        using var file = new TemporaryFile(Path.Combine(store.Path, "file"));
        var record = await transfer.DownloadAsync(listed, new Received(file));
        Assert.StartsWith("CRC64NVME:", record.Checksum, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Body)), file.Sha256);
        file.Flush(null);
        Assert.True((await File.ReadAllBytesAsync(Path.Combine(store.Path, "file"), Cancel)).AsSpan().SequenceEqual(Body));
        Assert.InRange((await transfer.GetsAsync(6)).Count, 6, 40);
    }

    [Fact]
    public async Task Parts_are_fetched_at_the_same_time_in_free_places()
    {
        await using var transfer = await TransferFixture.StartAsync(new() { Latency = TimeSpan.FromMilliseconds(300) });
        await transfer.DownloadAsync(await transfer.PutAsync("key", Body), new MemoryFile());
        var parts = (await transfer.GetsAsync(6)).Where(get => get.Status == 206).ToList();
        Assert.Equal(5, parts.Count);
        Assert.InRange(parts.Max(part => part.Started) - parts.Min(part => part.Started), TimeSpan.Zero, TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Where_no_place_is_free_the_parts_come_one_after_the_other_and_nothing_stands_still()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        using var places = new WorkPool(2);
        var downloads = transfer.Downloads(places);
        var group = places.NewGroup();
        MemoryFile[] files = [new(), new(), new()];
        foreach (var file in files) await group.AddAsync(cancel => downloads.DownloadAsync("bucket", listed, file, cancel), Cancel);
        await group.CompleteAsync().WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        Assert.All(files, file => Assert.True(file.Content.SequenceEqual(Body)));
    }

    [Fact]
    public async Task An_object_that_changes_between_its_parts_is_fetched_anew()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var other = TransferFixture.Bytes(Body.Length + 1);
        var (listed, changed) = (await transfer.PutAsync("key", Body), await transfer.PutAsync("other", other));
        transfer.Host.Faults.Add(new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(1), Operation = "GetObject", Times = 6 });
        var file = new MemoryFile();
        var download = transfer.DownloadAsync(listed, file);
        while (file.Length < Part) await Task.Delay(1, Cancel);
        await transfer.Client.PutAsync("/bucket/key", "", ("x-amz-copy-source", "/bucket/other"));
        var record = await download;
        Assert.Equal(changed.ETag, record.ETag);
        Assert.True(file.Content.SequenceEqual(other));
        Assert.Equal(1, file.Resets);
    }

    [Fact]
    public async Task A_part_that_stays_refused_fails_the_object_and_gives_every_place_back()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        var file = new MemoryFile();
        transfer.Host.Faults.Add(new() { Kind = FaultKind.Delay, Delay = TimeSpan.FromMilliseconds(200), Operation = "GetObject", Times = 1 });
        transfer.Add("kind=deny,operation=GetObject");
        var failure = await Assert.ThrowsAsync<ServiceException>(() => transfer.DownloadAsync(listed, file));
        Assert.Equal("AccessDenied", failure.Code);
        var group = transfer.Places.NewGroup();
        var all = new TaskCompletionSource();
        for (var i = 0; i < 8; i++) await group.AddAsync(_ => all.Task, Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        all.SetResult();
        await group.CompleteAsync();
    }

    [Fact]
    public async Task A_disk_that_fills_up_while_parts_arrive_ends_the_object()
    {
        await using var transfer = await TransferFixture.StartAsync();
        var listed = await transfer.PutAsync("key", Body);
        Assert.True(StoreException.IsDiskFull(await Assert.ThrowsAsync<IOException>(() => transfer.DownloadAsync(listed, new MemoryFile(room: 3 * Part)))));
    }

    private sealed class Received(TemporaryFile file) : IReceivedFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

        public void WriteAhead(long offset, ReadOnlySpan<byte> bytes) => file.WriteAhead(offset, bytes);

        public void TakeIn(long count, BytesSeen seen) => file.TakeIn(count, seen);

        public void Show(BytesSeen seen) => file.Show(seen);

        public void Reset() => file.Reset();
    }
}
