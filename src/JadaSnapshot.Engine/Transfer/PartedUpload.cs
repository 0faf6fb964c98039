using System.Buffers;
using System.Security.Cryptography;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Puts a captured object into a bucket part by part. It is read twice: what is sent has to be what agreed with the digest of the whole.</summary>
internal sealed class PartedUpload(S3Client s3, S3Call target, CapturedObject source, UploadPlan plan, int mostHelpers, WorkPool places)
{
    private const int BlockSize = 256 << 10;

    /// <summary>Uploads it. Of an upload that fails nothing stays.</summary>
    /// <param name="headers">What is sent with it.</param>
    /// <param name="condition">What has to be in its place.</param>
    /// <param name="cancel">Ends it.</param>
    public Task RunAsync(IEnumerable<KeyValuePair<string, string>> headers, WriteCondition condition, CancellationToken cancel)
    {
        var digests = Digest(cancel);
        var stated = ServiceChecksum.For(source.Record.Checksum, "", etagMayBeMd5: false);
        var upload = new MultipartUpload(s3, target, mostHelpers, places)
        {
            Headers = [.. headers, .. SentHeaders.Checksums(plan.Algorithm, plan.IsComposite)],
            CompletionHeaders = [.. condition.Headers, .. stated is { PartCount: null } && stated.Algorithm == plan.Algorithm && !plan.IsComposite ? [SentHeaders.Checksum(stated)] : Array.Empty<KeyValuePair<string, string>>()],
        };
        return upload.RunAsync(source.Size, plan.Count, (part, query, token) => SendAsync(part, digests[part], query, token), cancel);
    }

    private Task<SentPart> SendAsync(int part, PartDigest digest, string query, CancellationToken cancel)
    {
        var call = target with
        {
            Operation = "UploadPart",
            Query = query,
            File = new(source.Path, part * plan.PartSize, LengthOf(part), digest.Sha256),
            Headers = () => [SentHeaders.Checksum(digest.Checksum)],
        };
        return s3.CallAsync(call, (response, _, _) => Task.FromResult(new SentPart(new ObjectHeaders(response).ETag, digest.Checksum)), cancel);
    }

    /// <summary>The digests of the parts of a file that is, as a whole, what was captured.</summary>
    private PartDigest[] Digest(CancellationToken cancel)
    {
        CapturedFile.RequireLength(source.Path, source.Size);
        using var file = File.OpenHandle(source.Path, options: FileOptions.SequentialScan);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using Digest sha256 = new("SHA256"), checksum = new(plan.Algorithm);
        var digests = new PartDigest[plan.Count];
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            for (var part = 0; part < plan.Count; part++)
            {
                for (long at = 0, length = LengthOf(part); at < length;)
                {
                    cancel.ThrowIfCancellationRequested();
                    var read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, length - at)), part * plan.PartSize + at);
                    if (read == 0) throw CapturedFile.Damaged(source.Path);
                    var bytes = block.AsSpan(0, read);
                    whole.AppendData(bytes);
                    sha256.Append(bytes);
                    checksum.Append(bytes);
                    at += read;
                }
                digests[part] = new(Convert.ToHexStringLower(sha256.Finish()), new(plan.Algorithm, Convert.ToBase64String(checksum.Finish()), null));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return Convert.ToHexStringLower(whole.GetHashAndReset()) == source.Sha256 ? digests : throw CapturedFile.Damaged(source.Path);
    }

    private long LengthOf(int part) => Math.Min(plan.PartSize, source.Size - part * plan.PartSize);

    private readonly record struct PartDigest(string Sha256, ServiceChecksum Checksum);
}
