using System.Buffers;
using System.Net;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Bytes of a file that a call sends.</summary>
/// <param name="Path">The file.</param>
/// <param name="From">Where they begin.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Sha256">Their SHA-256, in lower-case hexadecimal digits. The signature speaks of it, so that S3 takes no others.</param>
internal sealed record FileStretch(string Path, long From, long Length, string Sha256);

/// <summary>Sends a stretch of a file by the block, as often as it takes.</summary>
internal sealed class FileStretchContent(FileStretch stretch, StallTimer timer) : HttpContent
{
    private const int BlockSize = 256 << 10;

    protected override bool TryComputeLength(out long length)
    {
        length = stretch.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (stretch.Length == 0) return;
        using var file = File.OpenHandle(stretch.Path);
        var block = ArrayPool<byte>.Shared.Rent((int)Math.Min(stretch.Length, BlockSize));
        try
        {
            for (long sent = 0; sent < stretch.Length;)
            {
                var read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, stretch.Length - sent)), stretch.From + sent);
                if (read == 0) throw CapturedFile.Damaged(stretch.Path);
                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken);
                timer.Moved();
                sent += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
