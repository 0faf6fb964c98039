using JadaSnapshot.Engine.Kept;

namespace JadaSnapshot.Engine.Compare;

/// <summary>A file of a resource on one side: a document, or anything else that is no object of a bucket.</summary>
/// <param name="Path">Its path in a snapshot.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest, in lower-case hexadecimal digits.</param>
/// <param name="Read">Reads it; null where its bytes were not kept.</param>
internal sealed record SideFile(string Path, long Size, string Sha256, Func<byte[]>? Read)
{
    /// <summary>Whether it is a document: items, which are kept compressed, may be more than memory holds.</summary>
    public bool IsText => Read is not null && !Path.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>As what a snapshot holds it, which has to be required before it is read (<see cref="IEstateSide.RequireAsync"/>); null where nothing has to be.</summary>
    public ManifestEntry? Captured { get; init; }
}

/// <summary>A resource on one side.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="IsWhole">Whether all of it could be read: of one that was not, nothing can be said to be missing.</param>
/// <param name="Files">Its files that say something of their own, in the order of their paths.</param>
internal sealed record SideResource(Resource Resource, bool IsWhole, IReadOnlyList<SideFile> Files);

/// <summary>An object on one side.</summary>
internal sealed record SideObject
{
    /// <summary>The exact key, or what is left of it below the prefix that is compared.</summary>
    public required string Key { get; init; }

    /// <summary>The size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The ETag, without the quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The digest of its bytes, where they were read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>All that is said of it, where that is known without a request.</summary>
    public ObjectRecord? Record { get; init; }

    /// <summary>The file that holds its bytes, where a snapshot does.</summary>
    public ManifestEntry? Captured { get; init; }

    /// <summary>Its copy in S3, where a snapshot keeps it so.</summary>
    public KeptObject? Kept { get; init; }

    /// <summary>The MD5 of its bytes, where that is known without a request.</summary>
    public string? Md5 { get; init; }

    /// <summary>Whether it is as a snapshot has it.</summary>
    public bool IsCaptured => Record is not null || Kept is not null;

    /// <summary>Asks for it.</summary>
    public required Func<CancellationToken, Task<ObjectRecord>> DescribeAsync { get; init; }

    /// <summary>The SHA-256 of its bytes, which are read for it where they were not.</summary>
    public required Func<CancellationToken, Task<string>> DigestAsync { get; init; }
}

/// <summary>One of two sides of a comparison of estates.</summary>
internal interface IEstateSide
{
    /// <summary>What people call it: a snapshot's name, or <c>live</c>.</summary>
    string Name { get; }

    /// <summary>The layers that it has anything to say about.</summary>
    IReadOnlyList<string> Layers { get; }

    /// <summary>The resources, in the ordinal order of their keys, with their files.</summary>
    Task<IReadOnlyList<SideResource>> ReadAsync(Action<Problem> onProblem, CancellationToken cancel);

    /// <summary>Whether everything that a layer has is among them. Where it is not, nothing of that layer can be said to be missing.</summary>
    bool IsListed(string layer);

    /// <summary>Whether a resource was not to be looked at: then its absence says nothing.</summary>
    bool LeavesOut(Resource resource) => false;

    /// <summary>Makes sure that files of its resources can be read.</summary>
    Task RequireAsync(IEnumerable<SideFile> required, CancellationToken cancel);

    /// <summary>The objects of a bucket in the binary order of their keys.</summary>
    IAsyncEnumerable<SideObject> ObjectsAsync(Resource bucket, CancellationToken cancel);
}
