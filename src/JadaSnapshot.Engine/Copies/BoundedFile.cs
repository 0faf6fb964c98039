using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>A file that takes no more bytes than its manifest states, whatever a store sends.</summary>
internal sealed class BoundedFile(IReceivedFile file, long size) : IReceivedFile
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
        if (end > size) throw new StoreException(StoreFault.Damaged, $"More bytes come than the {size:N0} that were captured.");
    }
}
