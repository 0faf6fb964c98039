using System.Globalization;
using System.Text.Json;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>A data file of a report.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Md5">The MD5 of its bytes, in lower-case hexadecimal digits.</param>
internal sealed record InventoryFile(string Key, long Size, string Md5);

/// <summary>What a report says of itself.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html</remarks>
internal sealed record InventoryManifest
{
    /// <summary>When S3 began to look at the bucket (UTC).</summary>
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>The columns of its files, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<InventoryFile> Files { get; init; }

    /// <summary>Reads <c>manifest.json</c>.</summary>
    /// <exception cref="CorruptBodyException">It is none, or not one of the configuration's.</exception>
    public static InventoryManifest Read(byte[] document, InventoryConfiguration configuration)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            var root = json.RootElement;
            Require(root.Text("sourceBucket") == configuration.Source, $"It is a report on another bucket than {configuration.Source}.");
            Require(InventoryConfiguration.BucketOf(root.Text("destinationBucket") ?? "") == configuration.Destination, $"Its files are said to be in another bucket than {configuration.Destination}.");
            Require(root.Text("fileFormat") == "CSV", $"Its files are {root.Text("fileFormat")}, not CSV.");
            return new()
            {
                ListedAt = Moment(root.Text("creationTimestamp")),
                Columns = root.Text("fileSchema")?.Split(',', StringSplitOptions.TrimEntries) ?? [],
                Files = [.. root.Items("files").Select(file => Read(file, configuration))],
            };
        }
        catch (JsonException)
        {
            throw new CorruptBodyException(InventoryReport.Damaged, "It is not the document that it should be.");
        }
    }

    private static InventoryFile Read(JsonElement file, InventoryConfiguration configuration)
    {
        var (key, size, md5) = (file.Text("key") ?? "", file.Number("size") ?? -1, file.Text("MD5checksum") ?? "");
        Require(key.StartsWith(configuration.Folder, StringComparison.Ordinal), $"It names a file outside of {configuration.Folder}.");
        Require(size >= 0 && md5.Length == 32, $"It does not say how large {key} is, or its MD5.");
        return new(key, size, md5.ToLowerInvariant());
    }

    private static DateTimeOffset Moment(string? milliseconds)
    {
        Require(long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since < 253_402_300_800_000, "It does not say when it was made.");
        return DateTimeOffset.FromUnixTimeMilliseconds(since);
    }

    private static void Require(bool holds, string words)
    {
        if (!holds) throw new CorruptBodyException(InventoryReport.Damaged, words);
    }
}
