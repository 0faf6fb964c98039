using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Sandbox.Estate.S3;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Makes buckets with every setting in a sandbox.</summary>
internal static class BucketWorld
{
    private const string Account = SandboxWorld.EstateAccount, Region = "us-west-2";
    private const string Full = "jada-full", Locked = "jada-locked";

    // What cannot be taken away comes with another document instead.
    private static readonly (string Query, string Document, string? Changed)[] Settings =
    [
        ("publicAccessBlock", BucketDocuments.PublicAccessBlock(closed: true), null),
        ("ownershipControls", BucketDocuments.OwnedBy("BucketOwnerPreferred"), null),
        ("encryption", BucketDocuments.EncryptedBy($"arn:aws:kms:{Region}:{Account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"), BucketDocuments.EncryptedByS3),
        ("tagging", BucketDocuments.Tags(("owner", "crew")), null),
        ("policy", BucketDocuments.TlsOnly(Full), null),
        ("website", BucketDocuments.WebsiteWithRules, null),
        ("cors", BucketDocuments.Cors("sailjada.com"), null),
        ("requestPayment", BucketDocuments.RequesterPays, BucketDocuments.RequesterPays.Replace("Requester", "BucketOwner", StringComparison.Ordinal)),
        ("accelerate", BucketDocuments.Accelerated, BucketDocuments.Accelerated.Replace("Enabled", "Suspended", StringComparison.Ordinal)),
        ("logging", BucketDocuments.LogTo(Locked, "logs/"), BucketDocuments.LogTo(Locked, "other/")),
        ("analytics&id=age", BucketDocuments.Analytics("age"), null),
        ("intelligent-tiering&id=cold", BucketDocuments.Tiering("cold", 180), null),
        ("inventory&id=all", BucketDocuments.Inventory("all", Locked), null),
        ("metrics&id=site", BucketDocuments.Metrics("site", "site/"), null),
        ("lifecycle", BucketDocuments.MoveToCheaper, BucketDocuments.ExpireAfter("tmp/", 14)),
        ("replication", BucketDocuments.ReplicateTo(Locked, $"arn:aws:iam::{Account}:role/jada-operator"), null),
        ("notification", BucketDocuments.Notify($"arn:aws:lambda:{Region}:{Account}:function:tides", ".jpg"), BucketDocuments.Notify($"arn:aws:lambda:{Region}:{Account}:function:tides", ".png")),
    ];

    public static async Task MakeAsync(SandboxHost host)
    {
        await S3Async(host, "PUT", Locked, BucketDocuments.Location(Region), KeyValuePair.Create("x-amz-bucket-object-lock-enabled", "true"));
        await S3Async(host, "PUT", Full, BucketDocuments.Location(Region));
        await SetAsync(host, Full, "versioning", BucketDocuments.Versioning("Enabled"));
        foreach (var (query, document, _) in Settings) await SetAsync(host, Full, query, document);
    }

    /// <summary>Changes every setting, or takes it away.</summary>
    public static async Task ChangeAsync(SandboxHost host)
    {
        foreach (var (query, _, changed) in Settings)
            await SetAsync(host, Full, query, changed);
        await SetAsync(host, Full, "versioning", BucketDocuments.Versioning("Suspended"));
    }

    /// <summary>Gives the other bucket settings that the snapshot does not have.</summary>
    public static async Task AddAsync(SandboxHost host)
    {
        foreach (var (query, document, changed) in Settings)
            if (changed is null && query is not ("policy" or "replication")) await SetAsync(host, Locked, query, document);
        await SetAsync(host, Locked, "policy", BucketDocuments.TlsOnly(Locked));
        await SetAsync(host, Locked, "lifecycle", BucketDocuments.ExpireAfter("tmp/", 14));
        await SetAsync(host, Locked, "replication", BucketDocuments.ReplicateTo(Full, $"arn:aws:iam::{Account}:role/jada-operator"));
    }

    private static Task<JsonObject> SetAsync(SandboxHost host, string bucket, string query, string? document) => S3Async(host, document is null ? "DELETE" : "PUT", $"{bucket}?{query}", document ?? "");

    private static Task<JsonObject> S3Async(SandboxHost host, string method, string target, string document, params KeyValuePair<string, string>[] headers) =>
        host.CallAsync("s3", Region, method, "/" + target, document, headers);
}
