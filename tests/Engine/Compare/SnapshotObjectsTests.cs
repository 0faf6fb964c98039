using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Capture;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Compare;

public sealed class SnapshotObjectsTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Objects_of_several_buckets_come_in_the_order_of_their_keys_as_often_and_in_whatever_order_buckets_are_asked_for()
    {
        // In the manifest "site.org" stands before "site", and a key's escaped path elsewhere than the key; a version behind an object is none of the bucket's.
        var side = await Write(Line("s3-buckets/site.org/b", "site.org", "b"), Line("s3-buckets/site/%2B", "site", "+"), Line("s3-buckets/site/%20", "site", " "), Line("s3-buckets/site/a", "site", "a"), Line("s3-versions/site/a", "site", "a")).ReadAsync(Cancel);
        foreach (var (bucket, keys) in ((string, string[])[])[("site", [" ", "+", "a"]), ("site.org", ["b"]), ("site", [" ", "+", "a"])])
            Assert.Equal(keys, await side.ObjectsAsync(Bucket(bucket), Cancel).Select(side => side.Key).ToArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_manifest_that_is_not_any_more_what_was_read_is_said_to_be_damaged_with_its_line()
    {
        var snapshot = Write(Line("s3-buckets/a/1", "a", "1"), Line("s3-buckets/b/1", "b", "1"), Line("s3-buckets/b/2", "b", "2"));
        var side = await snapshot.ReadAsync(Cancel);
        var path = Path.Combine(snapshot.Path, SnapshotLayout.Manifest);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancel)).Replace("b/2", "../", StringComparison.Ordinal), Cancel);
        Assert.Contains("line 3", (await Assert.ThrowsAsync<StoreException>(async () => await side.ObjectsAsync(Bucket("b"), Cancel).CountAsync(Cancel))).Message, StringComparison.Ordinal);
    }

    private static Resource Bucket(string name) => new() { Layer = "s3", Kind = "bucket", Region = "us-east-1", Id = name, Name = name };

    private static string Line(string path, string bucket, string key) =>
        $$"""{"path":"{{path}}","size":1,"sha256":"{{new string('0', 64)}}","layer":"s3","resource":"{{Bucket(bucket).Key}}","object":{"key":"{{key}}","etag":"e","lastModified":"2026-01-01T00:00:00Z"} }""";

    private Snapshot Write(params string[] lines)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_store.Path, "v1")).FullName;
        File.WriteAllText(Path.Combine(folder, SnapshotLayout.Manifest), string.Join("", lines.Order(Utf8Order.Instance).Select(line => line + "\n")));
        File.WriteAllText(Path.Combine(folder, SnapshotLayout.Problems), "");
        return new() { Name = "v1", Path = folder, Store = _store.Path, Status = SnapshotStatus.Complete };
    }
}
