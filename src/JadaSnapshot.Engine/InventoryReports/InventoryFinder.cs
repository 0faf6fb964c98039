using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>Looks for the newest finished report on a bucket that tells what a listing would.</summary>
internal sealed partial class InventoryFinder(S3Client s3)
{
    // Of so many in a row none unfinished: then there is something else wrong than that the newest is being written.
    private const int MostLookedAt = 8;

    /// <summary>The report, or why there is none.</summary>
    /// <param name="place">The bucket, and what the keys begin with that are wanted.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ServiceException">A report is not what was written, or something cannot be looked at.</exception>
    public async Task<(InventoryReport? Report, string? WhyNot)> FindAsync(BucketPlace place, CancellationToken cancel)
    {
        var configurations = await ListAsync(place.BucketName, cancel);
        if (configurations.Count == 0) return (null, "it has no inventory configuration");
        List<InventoryReport> newest = [];
        foreach (var configuration in configurations.Where(each => each.WhyUnfit(place.Prefix) is null))
            if (await NewestAsync(configuration, place.Prefix, cancel) is { } report) newest.Add(report);
        return (newest.MaxBy(report => report.ListedAt), string.Join("; ", configurations.Select(each => each.WhyUnfit(place.Prefix) ?? $"there is no finished report in {each.Destination}/{each.Folder} yet")));
    }

    private async Task<List<InventoryConfiguration>> ListAsync(string bucket, CancellationToken cancel)
    {
        List<InventoryConfiguration> found = [];
        string? next = null;
        do
        {
            S3Call call = new() { Operation = "ListBucketInventoryConfigurations", Bucket = bucket, Query = S3Path.Query(("inventory", ""), ("continuation-token", next)) };
            var page = (await s3.GetDocumentAsync(call, cancel)).ToXml();
            found.AddRange(page.All("InventoryConfiguration").Select(document => InventoryConfiguration.Read(bucket, document)));
            next = page.Text("IsTruncated") == "true" ? page.Text("NextContinuationToken") : null;
        }
        while (next is not null);
        return found;
    }

    private async Task<InventoryReport?> NewestAsync(InventoryConfiguration configuration, string prefix, CancellationToken cancel)
    {
        SortedSet<string> latest = new(StringComparer.Ordinal);
        await foreach (var folder in s3.ListFoldersAsync(configuration.Destination, configuration.Folder, cancel))
        {
            if (!Stamp().IsMatch(folder)) continue;
            latest.Add(folder);
            if (latest.Count > MostLookedAt) latest.Remove(latest.Min!);
        }
        foreach (var stamp in latest.Reverse())
            if (await ReadAsync(configuration, $"{configuration.Folder}{stamp}/", cancel) is { } manifest) return new(s3, configuration, manifest, prefix);
        return null;
    }

    /// <summary>The manifest in a folder; null where it, or its checksum, is not there yet.</summary>
    private async Task<InventoryManifest?> ReadAsync(InventoryConfiguration configuration, string folder, CancellationToken cancel)
    {
        S3Call call = new() { Operation = "GetObject", Bucket = configuration.Destination, Key = folder + "manifest.json" };
        try
        {
            var checksum = Encoding.ASCII.GetString(await s3.GetDocumentAsync(call with { Key = folder + "manifest.checksum" }, cancel)).Trim();
            var document = await s3.GetDocumentAsync(call, cancel);
            if (!checksum.Equals(Convert.ToHexStringLower(Digest.Of("MD5", document)), StringComparison.OrdinalIgnoreCase)) throw new CorruptBodyException(InventoryReport.Damaged, "It is not what was written: its MD5 is not that of manifest.checksum.");
            return InventoryManifest.Read(document, configuration);
        }
        catch (CorruptBodyException corrupt)
        {
            throw s3.Failed(corrupt, call, attempts: 1);
        }
        catch (ServiceException exception) when (exception.StatusCode == 404 && exception.Code == "NoSuchKey")
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}-\d{2}Z\z", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
