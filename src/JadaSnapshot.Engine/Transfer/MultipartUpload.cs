using System.Globalization;
using System.Xml.Linq;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>A part that S3 has.</summary>
/// <param name="ETag">Its ETag.</param>
/// <param name="Checksum">The checksum that was sent with it; null where none was.</param>
internal readonly record struct SentPart(string ETag, ServiceChecksum? Checksum = null);

/// <summary>
/// Makes an object of parts that come side by side (<see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html"/>). Of
/// one that fails nothing stays.
/// </summary>
/// <param name="s3">Who calls.</param>
/// <param name="target">A call about the object.</param>
/// <param name="mostHelpers">How many may help with the parts.</param>
/// <param name="places">Where they come from.</param>
internal sealed class MultipartUpload(S3Client s3, S3Call target, int mostHelpers, WorkPool places)
{
    /// <summary>The most parts that an object may have.</summary>
    public const int MostParts = 10_000;

    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(10);

    // S3 answers when the object is made, and gigabytes take it minutes.
    private static readonly TimeSpan CompletionPatience = TimeSpan.FromMinutes(10);
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>What is sent when the upload begins: all that the object is to have besides its bytes.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>What is sent when it ends, besides its size.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CompletionHeaders { get; init; } = [];

    /// <summary>Makes the object.</summary>
    /// <param name="size">The object's size in bytes.</param>
    /// <param name="count">The number of parts.</param>
    /// <param name="sendAsync">Sends a part, counted from 0, with the query that says of which upload it is.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<MadeObject> RunAsync(long size, int count, Func<int, string, CancellationToken, Task<SentPart>> sendAsync, CancellationToken cancel)
    {
        var begin = Call("CreateMultipartUpload", HttpMethod.Post, S3Path.Query(("uploads", ""))) with { Headers = () => Headers };
        var upload = await s3.ChangeAsync(begin, (_, document) => CopyCall.Text(document, "UploadId"), cancel);
        try
        {
            var sent = new SentPart[count];
            await new PartedWork(0, count, mostHelpers, places, async (part, token) => sent[part] = await sendAsync(part, QueryOf(upload, part), token)).RunAsync(cancel);
            return await CompleteAsync(upload, size, sent, cancel);
        }
        catch
        {
            await AbortAsync(upload);
            throw;
        }
    }

    private static string QueryOf(string upload, int part) => S3Path.Query(("partNumber", (part + 1).ToString(CultureInfo.InvariantCulture)), ("uploadId", upload));

    private Task<MadeObject> CompleteAsync(string upload, long size, IEnumerable<SentPart> sent, CancellationToken cancel)
    {
        var call = Call("CompleteMultipartUpload", HttpMethod.Post, S3Path.Query(("uploadId", upload))) with
        {
            Headers = () => [new("x-amz-mp-object-size", size.ToString(CultureInfo.InvariantCulture)), .. CompletionHeaders],
            Body = new XElement(Namespace + "CompleteMultipartUpload", sent.Select(ToXml)).ToBody(),
            Patience = CompletionPatience,
        };
        return s3.ChangeAsync(call, MadeObject.Read, cancel);
    }

    private static XElement ToXml(SentPart sent, int part) => new(
        Namespace + "Part", new XElement(Namespace + "ETag", $"\"{sent.ETag}\""),
        sent.Checksum is { } checksum ? new XElement(Namespace + ("Checksum" + checksum.Algorithm), checksum.Value) : null, new XElement(Namespace + "PartNumber", part + 1));

    // Parts of an upload that is never completed cost as much as objects do, and no listing shows them.
    private async Task AbortAsync(string upload)
    {
        using var grace = new CancellationTokenSource(AbortGrace);
        try
        {
            await s3.ChangeAsync(Call("AbortMultipartUpload", HttpMethod.Delete, S3Path.Query(("uploadId", upload))), grace.Token);
        }
        catch (Exception exception) when (exception is Wire.ServiceException or OperationCanceledException or ObjectDisposedException)
        {
            // What failed before is what is told.
        }
    }

    private S3Call Call(string operation, HttpMethod method, string query) => target with { Operation = operation, Method = method, Query = query };
}
