using System.Globalization;
using System.Text;
using System.Text.Json;

namespace JadaSnapshot.Sandbox.Services.S3.Inventory;

/// <summary>
/// Delivers reports of S3 Inventory when it is told to: what a bucket holds at that moment, as gzipped CSV in several files and in no order.
/// Of a bucket that is made by formula the files are made whenever they are read.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html</remarks>
internal sealed class InventoryDelivery(S3Store store)
{
    private const int FewestFiles = 3;
    private const int MostRows = 250_000;
    private const long Stride = 7_368_787;

    /// <summary>Delivers a report for each enabled configuration of a bucket that asks for CSV.</summary>
    /// <returns>The manifests: <c>bucket/key</c>.</returns>
    public IReadOnlyList<string> Deliver(Bucket source)
    {
        List<InventoryConfiguration> configurations;
        lock (source.Lock) configurations = [.. source.Documents.Where(each => each.Key.SubResource == "inventory").Select(each => InventoryConfiguration.Read(S3Xml.Read(each.Value, "InventoryConfiguration")))];
        return
        [
            .. from configuration in configurations
               where configuration is { IsEnabled: true, Format: "CSV" }
               let destination = store.Find(configuration.Destination)
               where destination is not null
               select Deliver(source, configuration, destination),
        ];
    }

    private string Deliver(Bucket source, InventoryConfiguration configuration, Bucket destination)
    {
        var now = store.World.Now;
        var folder = $"{(configuration.DestinationPrefix.Length > 0 ? configuration.DestinationPrefix + "/" : "")}{source.Name}/{configuration.Id}/";
        var fields = InventoryFields.Of(configuration);
        var (count, rowAt) = RowsOf(source, configuration);
        var rowsOfFile = Math.Clamp((count + FewestFiles - 1) / FewestFiles, 1, MostRows);
        var files = new List<ObjectVersion>();
        for (long from = 0; from < count; from += rowsOfFile)
        {
            var (first, end) = (from, Math.Min(from + rowsOfFile, count));
            IReadOnlyList<ReadOnlyMemory<byte>> segments = new SegmentOnDemand(() => InventoryFile.Make(source, fields, rowAt, first, end, store.OwnerId), isKept: source is not FormulaBucket);
            files.Add(Put(destination, $"{folder}data/{store.World.NewGuid()}.csv.gz", segments, now));
        }

        var manifest = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            sourceBucket = source.Name,
            destinationBucket = "arn:aws:s3:::" + destination.Name,
            version = "2016-11-30",
            creationTimestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            fileFormat = "CSV",
            fileSchema = string.Join(", ", fields),
            files = files.Select(file => new { key = file.Key, size = file.Size, MD5checksum = file.ETag }),
        }));
        var made = Put(destination, $"{folder}{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm'Z'", CultureInfo.InvariantCulture)}/manifest.json", [manifest], now);
        Put(destination, made.Key.Replace("manifest.json", "manifest.checksum", StringComparison.Ordinal), [Encoding.ASCII.GetBytes(made.ETag)], now);
        Put(destination, $"{folder}hive/dt={now.UtcDateTime.ToString("yyyy-MM-dd-HH-mm", CultureInfo.InvariantCulture)}/symlink.txt",
            [Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"s3://{destination.Name}/{file.Key}")))], now);
        return $"{destination.Name}/{made.Key}";
    }

    /// <summary>The rows, in no order that anyone could rely on.</summary>
    private static (long Count, Func<long, InventoryRow> At) RowsOf(Bucket source, InventoryConfiguration configuration)
    {
        if (source is FormulaBucket && configuration.KeyPrefix.Length == 0)
        {
            var all = source.KeyCount;
            var stride = all % Stride == 0 ? 1 : Stride;
            return (all, row => new(source.Latest(source.KeyAt((int)(row * stride % all)))!, true));
        }
        List<InventoryRow> rows = [];
        lock (source.Lock)
            for (var index = 0; index < source.KeyCount; index++)
            {
                var key = source.KeyAt(index);
                if (!key.StartsWith(configuration.KeyPrefix, StringComparison.Ordinal)) continue;
                var (versions, latest) = (source.Versions(key), source.Latest(key));
                rows.AddRange(configuration.AllVersions ? versions.Select(version => new InventoryRow(version, version == latest)) : latest is { IsDeleteMarker: false } ? [new(latest, true)] : []);
            }
        new Random(rows.Count).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        return (rows.Count, row => rows[(int)row]);
    }

    private ObjectVersion Put(Bucket destination, string key, IReadOnlyList<ReadOnlyMemory<byte>> segments, DateTimeOffset now)
    {
        var whole = segments[0];
        ObjectVersion made = new()
        {
            Key = key,
            LastModified = now,
            ETag = Md5.Hex([whole]),
            Segments = segments,
            Size = whole.Length,
            Checksum = new(Checksums.Default, Checksums.Of(Checksums.Default, whole.Span)),
        };
        lock (destination.Lock)
        {
            if (destination.Versioning is Versioning.Enabled) made = made with { VersionId = store.NewVersionId() };
            destination.Add(made);
        }
        return made;
    }
}
