using System.Buffers.Binary;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>
/// The reflected CRCs that S3 keeps of objects, eight bytes a step. The framework has them only in a package that is not
/// everywhere to be had.
/// </summary>
internal sealed class Crc
{
    private static readonly ulong[][] Crc32Tables = Tables(0xEDB88320);
    private static readonly ulong[][] Crc32CTables = Tables(0x82F63B78);
    private static readonly ulong[][] Crc64NvmeTables = Tables(0x9A6C9329AC4BC9B5);

    private readonly ulong[][] _tables;
    private readonly int _bytes;
    private readonly ulong _mask;
    private ulong _value;

    private Crc(ulong[][] tables, int bytes)
    {
        _tables = tables;
        _bytes = bytes;
        _mask = bytes == 8 ? ulong.MaxValue : uint.MaxValue;
        _value = _mask;
    }

    /// <summary>CRC-32 (ISO-HDLC), as in zip and gzip.</summary>
    public static Crc Crc32() => new(Crc32Tables, 4);

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static Crc Crc32C() => new(Crc32CTables, 4);

    /// <summary>CRC-64/NVME, S3's default.</summary>
    public static Crc Crc64Nvme() => new(Crc64NvmeTables, 8);

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (value, tables) = (_value, _tables);
        var (t0, t1, t2, t3, t4, t5, t6, t7) = (tables[0], tables[1], tables[2], tables[3], tables[4], tables[5], tables[6], tables[7]);
        while (bytes.Length >= 8)
        {
            var x = value ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            value = t7[(byte)x] ^ t6[(byte)(x >> 8)] ^ t5[(byte)(x >> 16)] ^ t4[(byte)(x >> 24)]
                  ^ t3[(byte)(x >> 32)] ^ t2[(byte)(x >> 40)] ^ t1[(byte)(x >> 48)] ^ t0[(byte)(x >> 56)];
            bytes = bytes[8..];
        }
        foreach (var b in bytes) value = (value >> 8) ^ t0[(byte)(value ^ b)];
        _value = value;
    }

    /// <summary>The checksum, in the big-endian base64 in which S3 states it.</summary>
    public string ToBase64()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _value ^ _mask);
        return Convert.ToBase64String(bytes[(8 - _bytes)..]);
    }

    private static ulong[][] Tables(ulong polynomial)
    {
        var tables = new ulong[8][];
        for (var t = 0; t < 8; t++) tables[t] = new ulong[256];
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
            tables[0][i] = value;
        }
        for (var t = 1; t < 8; t++)
            for (var i = 0; i < 256; i++)
                tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][(byte)tables[t - 1][i]];
        return tables;
    }
}
