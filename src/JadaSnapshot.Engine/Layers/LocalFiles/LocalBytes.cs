using System.Buffers;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Secrets;

namespace JadaSnapshot.Engine.Layers.LocalFiles;

/// <summary>What became of the bytes of a file.</summary>
/// <param name="Modified">The time of last change of what was read.</param>
/// <param name="Size">The size of what was read.</param>
/// <param name="Secret">What it looks like, where that is a secret; then nothing was written.</param>
internal sealed record LocalTaken(DateTimeOffset Modified, long Size, string? Secret);

/// <summary>Takes the bytes of files into a snapshot: one that is unchanged is linked from what is there, and one that looks like a secret is not taken.</summary>
internal sealed class LocalBytes(ISnapshotSink sink)
{
    private const int PieceSize = 256 << 10;
    private const int Attempts = 3;
    private const int SealLength = 32 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its path in the snapshot.</param>
    /// <param name="mayBeSecret">Whether to look for secrets in it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="LocalFileException">It cannot be read, or does not stay the same.</exception>
    public async Task<LocalTaken> TakeAsync(string source, string target, bool mayBeSecret, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                if (attempt > 1) await Task.Delay(Pause * attempt, cancel);
                var reader = new LocalFileReader(source, buffer);
                var scan = mayBeSecret ? new SecretScan() : null;
                if (!reader.Read(piece => scan?.Add(piece), cancel)) continue;
                if (scan?.Found is not null || await PutAsync(reader, target, cancel)) return new(reader.Modified, reader.Length, scan?.Found);
            }
            throw new LocalFileException("ChangedWhileRead", $"{source} changed each time while it was read.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: mayBeSecret);
        }
    }

    /// <summary>Keeps a file sealed.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="LocalFileException">It cannot be read, or is too large to be sealed in memory.</exception>
    public async Task SealAsync(string source, string target, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        new LocalFileReader(source, new byte[PieceSize]).Read(piece =>
        {
            if (content.Length + piece.Length > SealLength) throw new LocalFileException("TooLargeToSeal", $"{source} looks like a secret and is larger than the {SealLength >> 20} MiB that can be sealed.");
            content.Write(piece);
        }, cancel);
        await sink.SealAsync(target, content.ToArray(), cancel);
    }

    private async Task<bool> PutAsync(LocalFileReader reader, string target, CancellationToken cancel)
    {
        if (sink.TryKeep(target, entry => entry.Sha256 == reader.Sha256 ? entry : null, cancel)) return true;
        using var file = sink.Create(target);
        if (reader.IsBuffered) file.Write(reader.Buffered);
        else if (!reader.ReadAgain(file.Write, cancel)) return false;
        await file.CommitAsync(null, cancel);
        return true;
    }
}
