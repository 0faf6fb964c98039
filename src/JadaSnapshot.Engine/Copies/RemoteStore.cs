using System.Runtime.CompilerServices;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Copies;

/// <summary>Reads what snapshots in S3 say of themselves. As on disk, one without <c>snapshot.json</c> is not finished.</summary>
public static class RemoteStore
{
    private const int AtOnce = 16;

    /// <summary>The snapshot that lies at a place, or else those that lie in it, in order of name.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.InvalidName"/>: it is no address.</exception>
    /// <exception cref="ServiceException">The bucket cannot be read.</exception>
    public static async IAsyncEnumerable<Snapshot> ListAsync(AwsConnection connection, string address, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var s3 = new S3Client(connection, AtOnce);
        var place = S3Place.Parse(address);
        if (place.Prefix.Length > 0 && await TryReadAsync(s3, place, cancel) is { } itself)
        {
            yield return itself;
            yield break;
        }
        var names = await s3.ListFoldersAsync(place.Bucket, place.Prefix, cancel).ToListAsync(cancel);
        if (place.Prefix.Length > 0 && names.Intersect(SnapshotLayout.Tops).Any()) yield return Unfinished(place);
        else await foreach (var snapshot in ReadAllAsync(s3, place, names, cancel)) yield return snapshot;
    }

    /// <summary>The snapshot at a place.</summary>
    /// <exception cref="StoreException">There is none, or it is no address.</exception>
    /// <exception cref="ServiceException">The bucket cannot be read.</exception>
    public static async Task<Snapshot> ReadAsync(AwsConnection connection, string address, CancellationToken cancel)
    {
        using var s3 = new S3Client(connection, AtOnce);
        var place = S3Place.Parse(address);
        if (await TryReadAsync(s3, place, cancel) is { } found) return found;
        await foreach (var _ in s3.ListObjectsAsync(place.Bucket, cancel, place.Prefix)) return Unfinished(place);
        throw new StoreException(StoreFault.NotASnapshot, $"There is no snapshot at {place}: nothing lies there.");
    }

    /// <summary>The resources of a snapshot, as they were called when it was taken, for whoever types a name: they are not held against the manifest. None where it does not say them.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.InvalidName"/>: it is no address.</exception>
    /// <exception cref="ServiceException">The bucket cannot be read.</exception>
    public static async Task<IReadOnlyCollection<Resource>> ReadResourcesAsync(AwsConnection connection, string address, CancellationToken cancel)
    {
        using var s3 = new S3Client(connection, AtOnce);
        return await TryGetAsync(s3, S3Place.Parse(address).Of(ResourceList.File), cancel) is { } document ? [.. ResourceList.Parse(document).Values] : [];
    }

    /// <summary>The snapshots in a store.</summary>
    internal static async IAsyncEnumerable<Snapshot> ListAsync(S3Client s3, S3Place store, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var snapshot in ReadAllAsync(s3, store, await s3.ListFoldersAsync(store.Bucket, store.Prefix, cancel).ToListAsync(cancel), cancel)) yield return snapshot;
    }

    private static async IAsyncEnumerable<Snapshot> ReadAllAsync(S3Client s3, S3Place store, IEnumerable<string> names, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in names.Where(name => SnapshotLayout.Fault(name) is null).Chunk(AtOnce))
            foreach (var snapshot in await Task.WhenAll(some.Select(name => ReadAsync(s3, store.Below(name), cancel)))) yield return snapshot;
    }

    private static async Task<Snapshot> ReadAsync(S3Client s3, S3Place place, CancellationToken cancel) => await TryReadAsync(s3, place, cancel) ?? Unfinished(place);

    /// <summary>What <c>snapshot.json</c> says; null where there is none.</summary>
    internal static async Task<Snapshot?> TryReadAsync(S3Client s3, S3Place place, CancellationToken cancel)
    {
        if (await TryGetAsync(s3, place.Of(SnapshotLayout.Description), cancel) is not { } document) return null;
        var (name, store) = Split(place);
        return SnapshotDescription.TryParse(document, out var remark) is { } description
            ? description.ToSnapshot(name) with { Path = $"{place}", Store = store }
            : new() { Name = name, Path = $"{place}", Store = store, Status = SnapshotStatus.Damaged, Remark = $"{SnapshotLayout.Description} {remark}." };
    }

    private static async Task<byte[]?> TryGetAsync(S3Client s3, ObjectPlace place, CancellationToken cancel)
    {
        try
        {
            return await s3.GetDocumentAsync(new() { Operation = "GetObject", Bucket = place.Bucket, Key = place.Key }, cancel);
        }
        catch (ServiceException exception) when (exception.Code == "NoSuchKey")
        {
            return null;
        }
        catch (ServiceException exception) when (exception.Kind == FailureKind.Denied)
        {
            // Who may list only below a prefix is told that the object is denied also where there is none.
            if (await s3.ListObjectsAsync(place.Bucket, cancel, place.Key).AnyAsync(listed => listed.Key == place.Key, cancel)) throw;
            return null;
        }
    }

    private static Snapshot Unfinished(S3Place place)
    {
        var (name, store) = Split(place);
        return new() { Name = name, Path = $"{place}", Store = store, Status = SnapshotStatus.Unfinished };
    }

    private static (string Name, string Store) Split(S3Place place)
    {
        var parts = place.Prefix.TrimEnd('/').Split('/');
        return (parts[^1], $"{place with { Prefix = string.Concat(parts.SkipLast(1).Select(part => part + "/")) }}");
    }
}
