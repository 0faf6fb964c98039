using System.Collections.Concurrent;
using System.Text;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Inventory;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Tests.Permissions;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Capture;

public sealed class CaptureRunTests(EstateFixture estate) : IClassFixture<EstateFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_estate_is_captured_with_the_permissions_of_the_documents_and_verifies()
    {
        using var store = new TemporaryStore();
        var problems = new ConcurrentQueue<Problem>();
        DocumentedPolicy policy = new(estate.Host, "permissions.md", "Taking a snapshot");
        using var connection = policy.Open();
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", AllVersions = true, IncludeData = true }).RunAsync(problems.Enqueue, Cancel);
        policy.RequireUsed();

        Assert.Empty(problems);
        Assert.Equal(SnapshotStatus.Complete, snapshot.Status);
        Assert.Equal([.. LayerCatalog.Names, SnapshotLayout.OwnLayer], snapshot.Layers.Select(layer => layer.Name));
        Assert.Equal(await CountAsync(connection), snapshot.Layers.SkipLast(1).ToDictionary(layer => layer.Name, layer => layer.ResourceCount));
        Assert.Equal(VerificationResult.Whole, (await SnapshotVerifier.VerifyAsync(snapshot.Path, null, Cancel)).Result);
    }

    [Fact]
    public async Task No_call_is_made_twice()
    {
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(estate.Options);
        connection.Calls.RememberKeys(10_000);
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0" }).RunAsync(_ => { }, Cancel);
        Assert.InRange(connection.Calls.Total, 3000, 10_000);
        Assert.Empty(connection.Calls.Repeated);
    }

    [Fact]
    public async Task Planted_secrets_and_download_links_are_nowhere_in_the_snapshot()
    {
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(estate.Options);
        await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0" }).RunAsync(_ => { }, Cancel);
        var planted = EstateBuilder.PlantedSecrets(estate.Host.Options.Seed).Append("X-Amz-Signature").Append(estate.Host.SecretKey).Select(Encoding.UTF8.GetBytes).ToList();
        Assert.True(planted.Count > 20);
        foreach (var file in Directory.EnumerateFiles(store.Path, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            foreach (var secret in planted) Assert.False(bytes.AsSpan().IndexOf(secret) >= 0, $"{Encoding.UTF8.GetString(secret)} stands in {file}");
        }
    }

    [Fact]
    public async Task Every_object_comes_back_from_its_path_with_its_exact_key()
    {
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(estate.Options);
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["s3"] }).RunAsync(_ => { }, Cancel);
        var seen = 0;
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path))
        {
            if (entry.Object is null) continue;
            seen++;
            Assert.Equal(entry.Object.Key, PathNames.ToKey(string.Join('/', entry.Path.Split('/').Skip(2))));
        }
        var counted = 0L;
        await foreach (var bucket in new BucketInventoryRun(connection, new()).RunAsync(problem => Assert.Fail($"{problem}"), Cancel)) counted += bucket.ObjectCount!.Value;
        Assert.True(seen >= 1500);
        Assert.Equal(counted, seen);
    }

    [Fact]
    public async Task Left_out_keys_are_not_captured()
    {
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(estate.Options);
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["s3"], ExcludeKeys = ["logs/*", "previous-snapshots/*", ".git/*"] }).RunAsync(_ => { }, Cancel);
        await foreach (var entry in SnapshotReader.ReadManifestAsync(snapshot.Path))
            Assert.False(entry.Object?.Key is { } key && (key.StartsWith("logs/", StringComparison.Ordinal) || key.StartsWith(".git/", StringComparison.Ordinal)), entry.Path);
        Assert.Equal(["logs/*", "previous-snapshots/*", ".git/*"], snapshot.ExcludeKeys);
    }

    [Fact]
    public async Task An_unknown_layer_is_named_with_those_that_there_are()
    {
        using var connection = AwsConnection.Open(estate.Options);
        var exception = Assert.Throws<ArgumentException>(() => new CaptureRun(connection, new() { Store = "x", Name = "v1.0", Layers = ["s4"] }));
        Assert.Contains("'s4'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("route53", exception.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
    }

    /// <summary>What the inventory lists, by layer.</summary>
    private static async Task<Dictionary<string, long>> CountAsync(AwsConnection connection)
    {
        var counts = LayerCatalog.Names.ToDictionary(name => name, _ => 0L);
        await foreach (var resource in new EstateInventory(connection).ListAsync([], problem => Assert.Fail(problem.Message), Cancel)) counts[resource.Layer]++;
        return counts;
    }
}
