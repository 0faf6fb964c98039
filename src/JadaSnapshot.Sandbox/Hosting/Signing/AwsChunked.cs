using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Hosting.Signing;

/// <summary>Takes the <c>aws-chunked</c> framing off a body, in place, and checks the signatures of its chunks and trailer.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and sigv4-streaming-trailers.html</remarks>
internal static class AwsChunked
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>How chunks are signed.</summary>
    internal readonly record struct Seal(Authorization Authorization, byte[] Key, string Mode)
    {
        public bool SignsChunks => Mode.StartsWith("STREAMING-AWS4-HMAC-SHA256", StringComparison.Ordinal);
        public bool HasTrailer => Mode.EndsWith("-TRAILER", StringComparison.Ordinal);
    }

    public static SandboxRequest Unwrap(SandboxRequest request, byte[] wire, Seal seal)
    {
        if (seal.Mode is not ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD" or "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" or "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))
            throw new SandboxException(400, "InvalidRequest", "The value of x-amz-content-sha256 header is invalid.");
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers) headers[name] = value;
        var length = Unwrap(wire, seal, headers);
        if (headers["x-amz-decoded-content-length"] is { Count: > 0 } declared && declared.ToString() != length.ToString(CultureInfo.InvariantCulture))
            throw new SandboxException(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
        return new()
        {
            Method = request.Method,
            RawPath = request.RawPath,
            Query = request.Query,
            Headers = headers,
            Body = wire.AsMemory(0, length),
            Region = request.Region,
            Endpoint = request.Endpoint,
            RequestId = request.RequestId,
            Caller = request.Caller,
        };
    }

    private static int Unwrap(byte[] wire, Seal seal, HeaderDictionary headers)
    {
        var (read, written, previous) = (0, 0, seal.Authorization.Signature);
        while (true)
        {
            var line = Line(wire, ref read);
            var semicolon = line.IndexOf(';', StringComparison.Ordinal);
            if (!int.TryParse(semicolon < 0 ? line : line.AsSpan(0, semicolon), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size)
                || size < 0 || size > wire.Length - read)
                throw Incomplete();
            var chunk = wire.AsSpan(read, size);
            if (seal.SignsChunks) previous = CheckChunk(seal, line, previous, chunk);
            if (size == 0) break;
            chunk.CopyTo(wire.AsSpan(written));
            (read, written) = (read + size, written + size);
            if (Line(wire, ref read).Length != 0) throw Incomplete();
        }
        if (seal.HasTrailer) ReadTrailer(wire, read, seal, previous, headers);
        return written;
    }

    private static void ReadTrailer(byte[] wire, int read, Seal seal, string previous, HeaderDictionary headers)
    {
        var canonical = new StringBuilder();
        string? signature = null;
        while (read < wire.Length && Line(wire, ref read) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw new SandboxException(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == "x-amz-trailer-signature") signature = value;
            else
            {
                headers[name] = value;
                canonical.Append(name).Append(':').Append(value).Append('\n');
            }
        }
        foreach (var name in headers["x-amz-trailer"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (!headers.ContainsKey(name)) throw new SandboxException(400, "MalformedTrailerError", $"The trailer {name} is missing.");
        if (!seal.SignsChunks) return;
        var expected = Sign(seal, "AWS4-HMAC-SHA256-TRAILER", $"{previous}\n{HashOf(Encoding.UTF8.GetBytes(canonical.ToString()))}");
        if (signature != expected) throw Mismatch();
    }

    private static string CheckChunk(Seal seal, string line, string previous, ReadOnlySpan<byte> chunk)
    {
        const string Extension = ";chunk-signature=";
        var expected = Sign(seal, "AWS4-HMAC-SHA256-PAYLOAD", $"{previous}\n{EmptyHash}\n{HashOf(chunk)}");
        var at = line.IndexOf(Extension, StringComparison.Ordinal);
        return at >= 0 && line.AsSpan(at + Extension.Length).SequenceEqual(expected) ? expected : throw Mismatch();
    }

    private static string Sign(Seal seal, string algorithm, string rest) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(seal.Key, Encoding.UTF8.GetBytes($"{algorithm}\n{seal.Authorization.Timestamp}\n{seal.Authorization.Scope}\n{rest}")));

    private static string HashOf(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private static string Line(byte[] wire, ref int read)
    {
        var length = wire.AsSpan(read).IndexOf("\r\n"u8);
        if (length < 0) throw Incomplete();
        var line = Encoding.Latin1.GetString(wire, read, length);
        read += length + 2;
        return line;
    }

    private static SandboxException Incomplete() => new(400, "IncompleteBody", "The request body terminated unexpectedly");

    private static SandboxException Mismatch() =>
        new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
}
