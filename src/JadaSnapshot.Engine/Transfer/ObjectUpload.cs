using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>An object as it was captured.</summary>
/// <param name="Path">The full path of the file that holds its bytes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Their SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="Record">What S3 said of it.</param>
internal sealed record CapturedObject(string Path, long Size, string Sha256, ObjectRecord Record);

/// <summary>What has to be in an object's place for it to be written there.</summary>
internal readonly record struct WriteCondition
{
    private readonly KeyValuePair<string, string>? _header;

    private WriteCondition(string name, string value) => _header = new(name, value);

    /// <summary>Whatever there is.</summary>
    public static WriteCondition Any => default;

    /// <summary>Nothing.</summary>
    public static WriteCondition Nothing => new("if-none-match", "*");

    /// <summary>The header that says so.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => _header is { } header ? [header] : [];

    /// <summary>An object with this ETag.</summary>
    public static WriteCondition ETag(string etag) => new("if-match", $"\"{etag}\"");
}

/// <summary>
/// Puts captured objects into buckets, with all that was captured of them. A file is held against its digest before any of it is sent; what is
/// sent is signed with its digest, and the checksum that S3 stated of the object goes with it.
/// </summary>
internal sealed class ObjectUpload(S3Client s3, WorkPool places)
{
    private const int Tries = 4;

    /// <summary>Which objects go in parts, where they did not come to S3 in parts themselves.</summary>
    public PartRule Parts { get; init; } = new();

    /// <summary>Whether an object is encrypted as it was, which takes the same keys; otherwise as its bucket has it.</summary>
    public bool KeepsEncryption { get; init; } = true;

    /// <summary>In which parts an object goes; null where it goes whole. As it came, unless said otherwise.</summary>
    public Func<CapturedObject, PartRule, UploadPlan?> Plan { get; init; } = UploadPlan.For;

    /// <summary>What is sent with every object besides what was captured of it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Further { get; init; } = [];

    /// <summary>Uploads an object.</summary>
    /// <param name="source">The object.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="condition">What has to be there.</param>
    /// <param name="cancel">Ends it. Nothing of it stays then.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Damaged"/>: the file is not what was captured.</exception>
    /// <exception cref="ServiceException">It cannot be written; with status 412 because what is there is something else.</exception>
    /// <exception cref="InvalidDataException">What was captured of it is nothing that can be sent.</exception>
    public async Task UploadAsync(CapturedObject source, ObjectPlace destination, WriteCondition condition, CancellationToken cancel)
    {
        var target = new S3Call { Operation = "PutObject", Method = HttpMethod.Put, Bucket = destination.Bucket, Key = destination.Key };
        KeyValuePair<string, string>[] headers =
            [.. SentHeaders.OfContent(source.Record), .. SentHeaders.OfStorage(source.Record), .. KeepsEncryption ? SentHeaders.OfEncryption(source.Record) : [], .. Further];
        for (var tried = 1; ; tried++)
        {
            try
            {
                if (Plan(source, Parts) is { } plan) await new PartedUpload(s3, target, source, plan, Parts.MostHelpers, places).RunAsync(headers, condition, cancel);
                else await UploadWholeAsync(source, target, [.. headers, .. condition.Headers], cancel);
                return;
            }
            catch (ServiceException exception) when (tried < Tries && exception.Code is "ConditionalRequestConflict" or "OperationAborted" or "NoSuchUpload")
            {
                // Others write there as well, or it was completed and only the answer was lost: the condition tells.
            }
            await Task.Delay(s3.FirstPause * tried, cancel);
        }
    }

    private Task UploadWholeAsync(CapturedObject source, S3Call target, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancel)
    {
        CapturedFile.RequireBytes(source.Path, source.Size, source.Sha256, cancel);
        var stated = ServiceChecksum.For(source.Record.Checksum, "", etagMayBeMd5: false);
        return s3.ChangeAsync(target with
        {
            File = new(source.Path, 0, source.Size, source.Sha256),
            Headers = () => stated is { PartCount: null } ? [.. headers, SentHeaders.Checksum(stated)] : headers,
        }, cancel);
    }
}
