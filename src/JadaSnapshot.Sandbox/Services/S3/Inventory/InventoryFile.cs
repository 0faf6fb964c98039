using System.IO.Compression;
using System.Text;

namespace JadaSnapshot.Sandbox.Services.S3.Inventory;

/// <summary>Writes a data file of a report.</summary>
internal static class InventoryFile
{
    /// <summary>Rows of a report, each field in quotes; the same for the same rows.</summary>
    public static byte[] Make(Bucket source, IReadOnlyList<string> fields, Func<long, InventoryRow> rowAt, long from, long to, string owner)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(bytes, CompressionLevel.Fastest), new UTF8Encoding(false), 1 << 16) { NewLine = "\n" })
            for (var number = from; number < to; number++)
            {
                var row = rowAt(number);
                for (var field = 0; field < fields.Count; field++)
                {
                    writer.Write(field == 0 ? "\"" : ",\"");
                    writer.Write(InventoryFields.Value(fields[field], source, row, owner).Replace("\"", "\"\"", StringComparison.Ordinal));
                    writer.Write('"');
                }
                writer.WriteLine();
            }
        return bytes.ToArray();
    }
}

/// <summary>The bytes of an object that are made when they are read.</summary>
/// <param name="make">Makes them, the same each time.</param>
/// <param name="isKept">Whether they are made once and kept.</param>
internal sealed class SegmentOnDemand(Func<byte[]> make, bool isKept) : IReadOnlyList<ReadOnlyMemory<byte>>
{
    private readonly byte[]? _kept = isKept ? make() : null;

    public int Count => 1;

    public ReadOnlyMemory<byte> this[int index] => index == 0 ? _kept ?? make() : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
    {
        yield return this[0];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
