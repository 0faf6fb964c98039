namespace JadaSnapshot.Engine.Transfer;

/// <summary>A file that takes no more bytes than its manifest states, whatever a store sends.</summary>
/// <param name="file">The file.</param>
/// <param name="size">The bytes that it may have.</param>
/// <param name="tooLong">What is thrown where more come.</param>
internal sealed class BoundedFile(IReceivedFile file, long size, Func<Exception> tooLong) : IReceivedFile
{
    public long Length => file.Length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Require(file.Length + bytes.Length);
        file.Write(bytes);
    }

    public void WriteAhead(long offset, ReadOnlySpan<byte> bytes)
    {
        Require(offset + bytes.Length);
        file.WriteAhead(offset, bytes);
    }

    public void TakeIn(long count, BytesSeen seen) => file.TakeIn(count, seen);

    public void Show(BytesSeen seen) => file.Show(seen);

    public void Reset() => file.Reset();

    private void Require(long end)
    {
        if (end > size) throw tooLong();
    }
}
