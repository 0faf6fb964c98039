using JadaSnapshot.Engine.Compare;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Batch;

/// <summary>An object that a job is to copy.</summary>
internal sealed record PlannedCopy
{
    /// <summary>What is left of its key below the prefix.</summary>
    public required string Key { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its ETag.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Why it is copied.</summary>
    public required ChangeReason Reason { get; init; }

    /// <summary>The ETag of what lay in its place; null for nothing.</summary>
    public string? Replaces { get; init; }

    /// <summary>When that was written.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }
}

/// <summary>
/// The objects that a job is to copy, on disk, however many they are: for ourselves, and as the manifest that S3 reads
/// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html"/>).
/// </summary>
internal sealed class CopyPlan : IDisposable
{
    private readonly BucketPlace _source;
    private readonly LineFile _lines;
    private readonly LineFile _manifest;

    public CopyPlan(BucketPlace source)
    {
        _source = source;
        StoreFiles.MakeFolder(Folder);
        (_lines, _manifest) = (new(Path.Combine(Folder, "plan.tmp")), new(Path.Combine(Folder, "manifest.tmp")));
    }

    /// <summary>A folder of its own, which goes with it.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"jada-{Guid.NewGuid():n}");

    /// <summary>The number of objects.</summary>
    public long Count { get; private set; }

    private string LinesPath => Path.Combine(Folder, "plan.jsonl");

    private string ManifestPath => Path.Combine(Folder, "manifest.csv");

    /// <summary>Takes in the next object, in the order of keys.</summary>
    public void Add(SideObject source, SideObject? there, ChangeReason reason)
    {
        PlannedCopy planned = new()
        {
            Key = source.Key,
            Size = source.Size,
            ETag = source.ETag,
            LastModified = source.LastModified,
            Reason = reason,
            Replaces = there?.ETag,
            ReplacedAt = there?.LastModified,
        };
        _lines.Append(planned, StoreJson.Lines.PlannedCopy);
        _manifest.Append($"{_source.BucketName},{S3Path.OfKey(_source.Prefix + source.Key)}");
        Count++;
    }

    /// <summary>Ends the plan and puts the manifest into its place; what comes back is its ETag.</summary>
    public async Task<string> UploadAsync(S3Client s3, WorkPool places, ObjectPlace manifest, CancellationToken cancel)
    {
        _lines.MoveTo(LinesPath);
        var (size, sha256) = _manifest.MoveTo(ManifestPath);
        ObjectRecord record = new()
        {
            Key = manifest.Key,
            ETag = "",
            Checksum = $"SHA256:{Convert.ToBase64String(Convert.FromHexString(sha256))}",
            Headers = new Dictionary<string, string> { ["content-type"] = "text/csv" },
        };
        // Batch Operations reads no manifest of this kind that is encrypted with a key of KMS.
        var uploads = new ObjectUpload(s3, places) { Plan = UploadPlan.ForFile, Further = [new("x-amz-server-side-encryption", "AES256")] };
        await uploads.UploadAsync(new(ManifestPath, size, sha256, record), manifest, WriteCondition.Any, cancel);
        return (await s3.ReadHeadersAsync(manifest.Bucket, manifest.Key, cancel)).ETag;
    }

    /// <summary>Every object, in the order of keys.</summary>
    public IEnumerable<PlannedCopy> Read()
    {
        using LineReader lines = new(LinesPath);
        while (lines.Read() is { } line) yield return JsonLine.Parse(line.Span, StoreJson.Lines.PlannedCopy) ?? throw new InvalidDataException("The plan of the job has changed on disk.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _manifest.Dispose();
        StoreFiles.DeleteTree(Folder);
    }
}
