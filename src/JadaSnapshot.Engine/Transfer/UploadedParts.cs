using System.Globalization;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// Where the parts end in which an object was uploaded. A HEAD tells it of one part
/// (<see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html"/>), to whoever may read the object. Should the object
/// be another one by then, its bytes will not agree, and are read anew.
/// </summary>
internal sealed class UploadedParts(S3Client s3, S3Call whole, string? versionId, long size, int count)
{
    private const int AtOnce = 8;

    /// <summary>Why they cannot be known: an error code; null as long as nothing speaks against it.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Their sizes if, as in nearly every upload, all are as long as the first and the last takes what is left; null where that cannot be.</summary>
    public async Task<long[]?> GuessAsync(CancellationToken cancel)
    {
        var first = await AskAsync(1, cancel);
        var last = size - (first * (count - 1));
        return Refusal is null && last >= 0 && last <= first ? [.. Enumerable.Repeat(first, count - 1), last] : null;
    }

    /// <summary>Their sizes, one asked for after the other; null where they cannot be known.</summary>
    public async Task<long[]?> AskAsync(CancellationToken cancel)
    {
        var sizes = new long[count];
        await Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (number, token) => sizes[number - 1] = await AskAsync(number, token));
        if (sizes.Sum() != size) Refusal ??= "PartsUnknown";
        return Refusal is null ? sizes : null;
    }

    private async Task<long> AskAsync(int number, CancellationToken cancel)
    {
        if (Refusal is not null) return 0;
        var call = whole with
        {
            Operation = "HeadObject",
            Method = HttpMethod.Head,
            Query = S3Path.Query(("partNumber", number.ToString(CultureInfo.InvariantCulture)), ("versionId", versionId)),
            Headers = null,
            Progress = null,
        };
        try
        {
            return await s3.CallAsync(call, (response, _, _) => Task.FromResult(SizeOf(response)), cancel);
        }
        catch (ServiceException exception) when (exception.Kind is FailureKind.Denied or FailureKind.Invalid or FailureKind.Other)
        {
            Refusal = exception.Code;
            return 0;
        }
    }

    private long SizeOf(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentLength is { } length && length <= size
            && response.Headers.NonValidated.TryGetValues("x-amz-mp-parts-count", out var parts) && parts.ToString() == count.ToString(CultureInfo.InvariantCulture))
            return length;
        Refusal = "PartsUnknown";
        return 0;
    }
}
