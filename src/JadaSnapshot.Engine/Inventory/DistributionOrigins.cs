using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>A distribution that takes files from a bucket.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="DistributionId">The distribution's id.</param>
/// <param name="Hosts">The names that it answers to: its aliases, or its own domain name where it has none.</param>
/// <param name="IsStaging">Whether it serves staging: by its aliases, its comment, or the path of the origin.</param>
/// <param name="IsEnabled">Whether it serves anything.</param>
/// <param name="IsWebsite">Whether it reads the bucket's website endpoint.</param>
internal sealed record DistributionOrigin(string Bucket, string DistributionId, IReadOnlyList<string> Hosts, bool IsStaging, bool IsEnabled, bool IsWebsite);

/// <summary>Finds buckets among the origins of distributions.</summary>
internal static partial class DistributionOrigins
{
    /// <summary>The origins in a page of ListDistributions that are buckets.</summary>
    public static IEnumerable<DistributionOrigin> In(XElement page) => page.All("Items", "DistributionSummary").SelectMany(OfDistribution);

    /// <summary>The bucket that an origin's domain name stands for, and whether for its website endpoint; null for anything but a bucket.</summary>
    public static (string Bucket, bool IsWebsite)? ReadDomain(string domain) =>
        BucketDomain().Match(domain) is { Success: true } match ? (match.Groups["bucket"].Value, match.Groups["website"].Success) : null;

    private static IEnumerable<DistributionOrigin> OfDistribution(XElement summary)
    {
        string[] aliases = [.. summary.All("Aliases", "Items", "CNAME").Select(alias => alias.Value)];
        var hosts = aliases.Length > 0 ? aliases : [summary.Text("DomainName") ?? ""];
        var isStaging = summary.Text("Staging") == "true" || aliases.Any(NameWords.IsStagingHost) || NameWords.IsStagingComment(summary.Text("Comment") ?? "");
        foreach (var origin in summary.All("Origins", "Items", "Origin"))
            if (ReadDomain(origin.Text("DomainName") ?? "") is { } found)
                yield return new(found.Bucket, summary.Text("Id") ?? "", hosts, isStaging || NameWords.IsStagingPath(origin.Text("OriginPath") ?? ""),
                    summary.Text("Enabled") == "true", found.IsWebsite);
    }

    [GeneratedRegex(@"\A(?<bucket>.+)\.s3(?<website>-website)?([.-](dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(\.cn)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex BucketDomain();
}
