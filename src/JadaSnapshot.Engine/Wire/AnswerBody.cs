using System.Globalization;
using System.IO.Compression;
using Amazon.Runtime.Internal.Transform;

namespace JadaSnapshot.Engine.Wire;

/// <summary>Reads the body of an answer: bounded in size and in patience, checked where the service sent a checksum.</summary>
internal static class AnswerBody
{
    private const int Largest = 256 * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(IHttpResponseBody body, Dictionary<string, string> headers, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await using var stream = await body.OpenResponseAsync();
            var bytes = await ReadAsync(stream, patience);
            CheckCrc32(bytes, headers);
            if (!headers.TryGetValue("Content-Encoding", out var coding) || !coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)) return bytes;
            headers.Remove("Content-Encoding");
            await using var plain = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return await ReadAsync(plain, patience);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The answer stopped arriving.");
        }
        catch (IOException e) when (e is not CorruptAnswerException && !cancel.IsCancellationRequested)
        {
            throw new CorruptAnswerException("Truncated", $"The answer broke off: {e.Message}");
        }
        catch (InvalidDataException e)
        {
            throw new CorruptAnswerException("Undecodable", $"The answer says it is compressed, and is not: {e.Message}");
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationTokenSource patience)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (true)
        {
            patience.CancelAfter(WireHttpClientFactory.Patience);
            var read = await stream.ReadAsync(buffer, patience.Token);
            if (read == 0) return bytes.ToArray();
            if (bytes.Length + read > Largest) throw new CorruptAnswerException("TooLarge", $"The answer is larger than {Largest / 1024 / 1024} MiB.");
            bytes.Write(buffer, 0, read);
        }
    }

    // DynamoDB sends it with every answer, over the bytes as they travel.
    private static void CheckCrc32(byte[] bytes, Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("x-amz-crc32", out var value) || !uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)) return;
        var crc = Crc.Crc32();
        crc.Append(bytes);
        if (crc.Value != expected) throw new CorruptAnswerException("ChecksumMismatch", "The answer does not match the CRC-32 that came with it.");
    }
}
