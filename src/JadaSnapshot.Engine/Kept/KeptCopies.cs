using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Transfer;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Kept;

/// <summary>Asks for what a snapshot does not know of objects that it keeps in S3: their headers, and their bytes where nothing else decides.</summary>
/// <param name="connect">Says who calls; asked when it is first needed. Null where nobody does.</param>
internal sealed class KeptCopies(Func<AwsConnection>? connect) : IDisposable
{
    private const int AtOnce = 32;

    private readonly Lazy<S3Client> _s3 = new(() => new(connect?.Invoke() ?? throw NobodyCalls(), AtOnce));
    private readonly WorkPool _places = new(AtOnce);

    /// <summary>An object as a side of a comparison.</summary>
    public SideObject ToObject(KeptObject kept) => new()
    {
        Key = kept.Key,
        Size = kept.Size,
        ETag = kept.ETag,
        LastModified = kept.LastModified,
        Kept = kept,
        // Only an ETag that is made of the bytes alone is the copy's as well.
        Md5 = kept.ETag == kept.Copy.ETag && kept.ETag.Length == 32 ? kept.ETag : null,
        // The copy has the object's bytes, headers, metadata and tags.
        DescribeAsync = async cancel => (await _s3.Value.HeadAsync(kept.Copy.Bucket, Listed(kept), cancel)) with { Key = kept.Key },
        DigestAsync = cancel => new ObjectDownload(_s3.Value, _places).DigestAsync(kept.Copy.Bucket, Listed(kept), cancel),
    };

    public void Dispose()
    {
        if (_s3.IsValueCreated) _s3.Value.Dispose();
        _places.Dispose();
    }

    private static ListedObject Listed(KeptObject kept) => new(kept.Copy.Key, kept.Size, kept.Copy.ETag, kept.LastModified, "", kept.Copy.VersionId);

    private static ServiceException NobodyCalls() =>
        new("The objects are kept in S3, and nobody was called who could look at them.") { Kind = FailureKind.NoCredentials, Code = "CopiesUnseen", Service = "s3", Operation = "HeadObject" };
}
