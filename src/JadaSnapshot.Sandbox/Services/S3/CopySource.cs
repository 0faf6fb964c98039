using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>The object that <c>x-amz-copy-source</c> names, in whatever region it is.</summary>
internal static class CopySource
{
    /// <summary>What a header names.</summary>
    public readonly record struct Name(string Bucket, string Key, string? VersionId);

    /// <exception cref="SandboxException">It names no object.</exception>
    public static Name Read(string header)
    {
        var mark = header.IndexOf('?', StringComparison.Ordinal);
        var id = mark >= 0 && header.AsSpan(mark).StartsWith("?versionId=") ? RequestTarget.Decode(header.AsSpan(mark + "?versionId=".Length)) : null;
        var path = RequestTarget.Decode(mark < 0 ? header : header.AsSpan(0, mark));
        if (path.StartsWith('/')) path = path[1..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash + 1 == path.Length) throw S3Errors.InvalidArgument("Invalid copy source object key", "x-amz-copy-source", header);
        return new(path[..slash], path[(slash + 1)..], id);
    }

    public static (Bucket Bucket, ObjectVersion Version) Find(S3Call call)
    {
        var (name, key, id) = Read(call.Header("x-amz-copy-source")!);
        var bucket = call.Store.Find(name) ?? throw S3Errors.NoSuchBucket(name);
        ObjectVersion? version;
        lock (bucket.Lock) version = id is null ? bucket.Latest(key) : bucket.Versions(key).FirstOrDefault(version => version.VersionId == id);
        if (version is null) throw id is null ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, id);
        if (version.IsDeleteMarker)
            throw id is null ? S3Errors.NoSuchKey(key) : S3Errors.InvalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");
        Conditions.CheckCopySource(call, version);
        if (version.Headers.IsArchived && !(version.RestoredUntil > call.World.Now))
            throw new SandboxException(403, "ObjectNotInActiveTierError", "The source object of the COPY action is not in the active tier and is only stored in Amazon S3 Glacier.");
        return (bucket, version);
    }
}
