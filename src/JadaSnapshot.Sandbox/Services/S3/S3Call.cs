using System.Globalization;
using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>One request to S3, with its address read.</summary>
internal sealed partial class S3Call(S3Store store, SandboxRequest request, S3Address address)
{
    public S3Store Store => store;
    public SandboxRequest Request => request;
    public SandboxWorld World => store.World;
    public string BucketName => address.Bucket!;
    public string Key => address.Key!;

    /// <summary>The bucket, if it is there and in the region that the request was signed for.</summary>
    public Bucket Bucket
    {
        get
        {
            var bucket = AnyRegionBucket;
            if (bucket.Region == request.Region || request.Region.Length == 0) return bucket;
            if (RegionName().IsMatch(request.Region)) throw S3Errors.PermanentRedirect(bucket);
            throw new SandboxException(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; the region '{request.Region}' is wrong; expecting '{bucket.Region}'")
            {
                Details = [new("Region", bucket.Region)],
                Headers = [new("x-amz-bucket-region", bucket.Region)],
            };
        }
    }

    public Bucket AnyRegionBucket
    {
        get
        {
            if (Header("x-amz-expected-bucket-owner") is { } owner && owner != World.Account) throw new SandboxException(403, "AccessDenied", "Access Denied");
            return store.Find(BucketName) ?? throw S3Errors.NoSuchBucket(BucketName);
        }
    }

    public string? Parameter(string name) => request.Parameter(name);

    /// <summary>A parameter whose being empty is as good as its absence.</summary>
    public string? Given(string name) => request.Parameter(name) is { Length: > 0 } value ? value : null;

    public string? Header(string name) => request.Headers[name] is { Count: > 0 } value ? value.ToString() : null;

    /// <summary>A parameter that limits a page; more than the service grants is taken for what it grants.</summary>
    public int PageSize(string name, int most)
    {
        if (Given(name) is not { } text) return most;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? Math.Min(size, most)
            : throw S3Errors.InvalidArgument($"Provided {name} not an integer or within integer range", name, text);
    }

    /// <summary>The version that the request names, or the latest; a delete marker is an absence, which says that it is one.</summary>
    public ObjectVersion Version(Bucket bucket)
    {
        var id = Given("versionId");
        var version = id is null ? bucket.Latest(Key) : bucket.Versions(Key).FirstOrDefault(version => version.VersionId == id);
        if (version is { IsDeleteMarker: false }) return version;
        if (version is null) throw id is null ? S3Errors.NoSuchKey(Key) : S3Errors.NoSuchVersion(Key, id);
        var refusal = id is null ? S3Errors.NoSuchKey(Key) : S3Errors.MethodNotAllowed(request.Method, "DeleteMarker");
        throw new SandboxException(refusal.Status, refusal.Code, refusal.Message)
        {
            Details = refusal.Details,
            Headers = [new("x-amz-delete-marker", "true"), new("x-amz-version-id", version.VersionId)],
        };
    }

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]+$")]
    private static partial Regex RegionName();
}
