using System.Buffers;
using System.Net;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Reads the body of an answer that holds an object, or a stretch of one.</summary>
internal static class ObjectBody
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The length that the answer promises.</summary>
    /// <exception cref="CorruptBodyException">It promises none.</exception>
    public static long LengthOf(HttpResponseMessage response) => response.Content.Headers.ContentLength
        ?? throw new CorruptBodyException("NoLength", "The answer does not say how long the object is.");

    /// <summary>Makes sure that an answer is the stretch that was asked for, of the object that was asked for.</summary>
    /// <exception cref="CorruptBodyException">It is something else.</exception>
    public static void RequireStretch(HttpResponseMessage response, string etag, long from, long to, long size)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode != HttpStatusCode.PartialContent || range is null
            || range.From != from || range.To != to - 1 || (range.HasLength && range.Length != size) || LengthOf(response) != to - from)
            throw new CorruptBodyException("WrongRange", "The answer is another part of the object than was asked for.");
        if (new ObjectHeaders(response).ETag != etag)
            throw new CorruptBodyException("WrongETag", "The answer is part of another object than was asked for.");
    }

    /// <summary>Reads so many bytes, handing them on by the buffer: a small object in one piece. What came before a cut is handed on as well.</summary>
    public static async Task ReadAsync(HttpResponseMessage response, long count, BytesSeen received, StallTimer timer, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(count, 1, BufferSize));
        var filled = 0;
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancel);
            while (count > 0)
            {
                var wanted = (int)Math.Min(buffer.Length, count);
                while (filled < wanted)
                {
                    var read = await body.ReadAsync(buffer.AsMemory(filled, wanted - filled), cancel);
                    if (read == 0) throw new HttpIOException(HttpRequestError.ResponseEnded, "The body ended before its time.");
                    timer.Moved();
                    filled += read;
                }
                filled = 0;
                received(buffer.AsSpan(0, wanted));
                count -= wanted;
            }
        }
        catch (Exception exception) when (filled > 0 && exception is IOException or HttpRequestException)
        {
            received(buffer.AsSpan(0, filled));
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
