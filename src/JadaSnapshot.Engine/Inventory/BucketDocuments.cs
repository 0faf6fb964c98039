using System.Xml.Linq;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Inventory;

/// <summary>What a bucket's website endpoint does, and where it redirects to.</summary>
internal sealed record WebsiteSetting(BucketWebsite Kind, string RedirectHost);

/// <summary>How a bucket encrypts.</summary>
internal sealed record EncryptionSetting(string Algorithm, string KeyId);

/// <summary>Where a bucket's access logs go; empty where they go nowhere.</summary>
internal sealed record LogTarget(string Bucket, string Prefix);

/// <summary>Reads the documents of a bucket's configuration; null stands for one that is not set.</summary>
internal static class BucketDocuments
{
    public static IReadOnlyDictionary<string, string> Tags(XElement? document)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in document?.All("TagSet", "Tag") ?? []) tags[tag.Text("Key") ?? ""] = tag.Text("Value") ?? "";
        return tags;
    }

    public static WebsiteSetting Website(XElement? document)
    {
        if (document is null) return new(BucketWebsite.None, "");
        var redirect = document.All("RedirectAllRequestsTo").FirstOrDefault()?.Text("HostName");
        return redirect is null ? new(BucketWebsite.Hosting, "") : new(BucketWebsite.Redirect, redirect);
    }

    public static BucketVersioning? Versioning(XElement? document) => document?.Text("Status") switch
    {
        "Enabled" => BucketVersioning.Enabled,
        "Suspended" => BucketVersioning.Suspended,
        _ => BucketVersioning.Unversioned,
    };

    public static EncryptionSetting Encryption(XElement? document)
    {
        var setting = document?.All("Rule", "ApplyServerSideEncryptionByDefault").FirstOrDefault();
        return new(setting?.Text("SSEAlgorithm") ?? "", setting?.Text("KMSMasterKeyID") ?? "");
    }

    public static LogTarget LogTarget(XElement? document)
    {
        var setting = document?.All("LoggingEnabled").FirstOrDefault();
        return new(setting?.Text("TargetBucket") ?? "", setting?.Text("TargetPrefix") ?? "");
    }
}
