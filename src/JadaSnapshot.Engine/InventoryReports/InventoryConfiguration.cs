using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.InventoryReports;

/// <summary>What a bucket has S3 Inventory report, and where to.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html</remarks>
internal sealed record InventoryConfiguration
{
    private static readonly string[] Needed = ["Size", "LastModifiedDate", "ETag"];

    /// <summary>The bucket that it is of.</summary>
    public required string Source { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The bucket that its reports go to; empty where the document does not say.</summary>
    public required string Destination { get; init; }

    /// <summary>What the keys of its reports begin with, whatever the report.</summary>
    public required string Folder { get; init; }

    /// <summary>The form of its reports: <c>CSV</c>, <c>ORC</c>, <c>Parquet</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Whether reports are made.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>What the keys begin with that it reports; empty for all.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>What it reports of an object beside its key.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Reads the document.</summary>
    public static InventoryConfiguration Read(string source, XElement document)
    {
        var destination = document.All("Destination", "S3BucketDestination").FirstOrDefault();
        var (id, prefix) = (document.Text("Id") ?? "", destination?.Text("Prefix"));
        return new()
        {
            Source = source,
            Id = id,
            Destination = BucketOf(destination?.Text("Bucket") ?? ""),
            Folder = $"{(prefix is null ? "" : prefix + "/")}{source}/{id}/",
            Format = destination?.Text("Format") ?? "",
            IsEnabled = document.Text("IsEnabled") == "true",
            KeyPrefix = document.All("Filter").FirstOrDefault()?.Text("Prefix") ?? "",
            Fields = [.. document.All("OptionalFields", "Field").Select(field => field.Value)],
        };
    }

    /// <summary>Why its reports do not tell what a listing does, and what to set; null where they do.</summary>
    /// <param name="prefix">What the keys begin with that are wanted.</param>
    public string? WhyUnfit(string prefix) =>
        !IsEnabled ? $"its inventory configuration '{Id}' is not enabled"
        : Format != "CSV" ? $"its inventory configuration '{Id}' has {Format} written, which is not read here: set its format to CSV"
        : !prefix.StartsWith(KeyPrefix, StringComparison.Ordinal) ? $"its inventory configuration '{Id}' reports keys below '{KeyPrefix}' alone"
        : Needed.Except(Fields, StringComparer.Ordinal).ToList() is { Count: > 0 } missing ? $"its inventory configuration '{Id}' lacks the optional field{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}: add {(missing.Count > 1 ? "them" : "it")}"
        : Destination.Length == 0 ? $"its inventory configuration '{Id}' names no bucket to report to"
        : null;

    /// <summary>The bucket of an ARN: <c>arn:aws:s3:::name</c>.</summary>
    public static string BucketOf(string arn) => arn.Split(':') is ["arn", _, "s3", "", "", var name] ? name : "";
}
