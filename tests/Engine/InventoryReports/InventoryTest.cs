using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Tests.Sync;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Sandbox.Services.S3;

namespace JadaSnapshot.Engine.Tests.InventoryReports;

/// <summary>A sandbox with the bucket <c>jada</c>, whose reports of S3 Inventory go to <c>reports</c>.</summary>
internal sealed class InventoryTest : IAsyncDisposable
{
    private InventoryTest(SyncTest world) => World = world;

    public SyncTest World { get; }

    public List<ListingOrigin> Origins { get; } = [];

    public static async Task<InventoryTest> StartAsync()
    {
        InventoryTest test = new(await SyncTest.StartAsync("jada", "reports"));
        await test.OrderAsync();
        return test;
    }

    /// <summary>Puts a configuration.</summary>
    public Task OrderAsync(string id = "daily", string versions = "Current", string format = "CSV", string fields = "Size LastModifiedDate ETag StorageClass", string filter = "", bool isEnabled = true) =>
        World.CallAsync("PUT", $"/jada?inventory&id={id}", Encoding.UTF8.GetBytes($"""
            <InventoryConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Destination><S3BucketDestination><Format>{format}</Format><Bucket>arn:aws:s3:::reports</Bucket><Prefix>inventory</Prefix></S3BucketDestination></Destination>
            <IsEnabled>{(isEnabled ? "true" : "false")}</IsEnabled>{(filter.Length > 0 ? $"<Filter><Prefix>{filter}</Prefix></Filter>" : "")}<Id>{id}</Id><IncludedObjectVersions>{versions}</IncludedObjectVersions>
            <OptionalFields>{string.Concat(fields.Split(' ').Select(field => $"<Field>{field}</Field>"))}</OptionalFields><Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>
            """));

    /// <summary>Has S3 deliver; back comes the folder of the last report.</summary>
    public string Deliver(DateTimeOffset? at = null)
    {
        World.Host.World.PretendedTime = at;
        var manifest = World.Host.World.Get<S3Service>().DeliverInventory("jada")[^1];
        World.Host.World.PretendedTime = null;
        return manifest["reports/".Length..^"manifest.json".Length];
    }

    /// <summary>A report of one data file, as good or bad as it is given, with the digests that go with it.</summary>
    public async Task ForgeAsync(byte[] file, Action<JsonObject>? change = null)
    {
        var report = Deliver();
        var manifest = JsonNode.Parse((await World.GetAsync("reports", report + "manifest.json")).Content)!.AsObject();
        var key = (string)manifest["files"]![0]!["key"]!;
        await PutAsync(key, file);
        manifest["files"] = new JsonArray(new JsonObject { ["key"] = key, ["size"] = file.Length, ["MD5checksum"] = Md5(file) });
        change?.Invoke(manifest);
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        await PutAsync(report + "manifest.json", bytes);
        await PutAsync(report + "manifest.checksum", Encoding.ASCII.GetBytes(Md5(bytes)));
    }

    public static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public Task PutAsync(string key, byte[] content) => World.CallAsync("PUT", $"/reports/{Uri.EscapeDataString(key)}", content);

    public async Task<IReadOnlyList<ListedObject>> ReadAsync(string prefix = "")
    {
        using var s3 = new S3Client(World.Connection, 4);
        using var places = new WorkPool(4);
        using var listings = new ObjectListings(s3, places, Origins.Add);
        return await (await listings.OpenAsync(new("jada", prefix), SyncTest.Cancel)).Objects.ToListAsync(SyncTest.Cancel);
    }

    public async Task<IReadOnlyList<ListedObject>> ListAsync()
    {
        using var s3 = new S3Client(World.Connection, 4);
        return await s3.ListObjectsAsync("jada", SyncTest.Cancel).ToListAsync(SyncTest.Cancel);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

#pragma warning disable CA5351 // The one digest that S3 Inventory states.
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
