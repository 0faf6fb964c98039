namespace JadaSnapshot.Engine.Transfer;

/// <summary>Is shown bytes of a file, in their order.</summary>
public delegate void BytesSeen(ReadOnlySpan<byte> bytes);

/// <summary>A file while its bytes arrive: one after the other, or in parts that are under way at the same time.</summary>
public interface IReceivedFile
{
    /// <summary>The number of bytes that are in the file without a gap.</summary>
    long Length { get; }

    /// <summary>Appends bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Writes bytes that belong further on; several threads may do so at once. They count once <see cref="TakeIn"/> has reached them.</summary>
    void WriteAhead(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Appends the next bytes as they were written ahead, reading them back.</summary>
    /// <param name="count">How many; all of them must have been written.</param>
    /// <param name="seen">Is shown each of them once.</param>
    void TakeIn(long count, BytesSeen seen);

    /// <summary>Shows the bytes that are in the file without a gap once more, from its beginning.</summary>
    void Show(BytesSeen seen);

    /// <summary>Throws away what was written so far.</summary>
    void Reset();
}
