using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace JadaSnapshot.Engine.Wire;

/// <summary>
/// The reflected CRCs that services send with what they send: by carry-less multiplication where the processor can, else eight bytes a step.
/// The framework has them only in a package that is not everywhere to be had.
/// </summary>
internal sealed class Crc
{
    private static readonly Kind Crc32Kind = new(0xEDB88320, 4);
    private static readonly Kind Crc32CKind = new(0x82F63B78, 4);
    private static readonly Kind Crc64NvmeKind = new(0x9A6C9329AC4BC9B5, 8);

    private readonly Kind _kind;
    private ulong _value;

    private Crc(Kind kind)
    {
        _kind = kind;
        _value = kind.Mask;
    }

    /// <summary>CRC-32 (ISO-HDLC), as in zip and gzip.</summary>
    public static Crc Crc32() => new(Crc32Kind);

    /// <summary>CRC-32C (Castagnoli).</summary>
    public static Crc Crc32C() => new(Crc32CKind);

    /// <summary>CRC-64/NVME, S3's default.</summary>
    public static Crc Crc64Nvme() => new(Crc64NvmeKind);

    /// <summary>Takes in bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (CrcFolding.IsSupported && bytes.Length >= CrcFolding.Shortest)
        {
            var folded = _kind.Folding.Fold(_value, ref bytes);
            _value = Step(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in folded)));
        }
        _value = Step(_value, bytes);
    }

    private ulong Step(ulong value, ReadOnlySpan<byte> bytes)
    {
        var tables = _kind.Tables;
        var (t0, t1, t2, t3, t4, t5, t6, t7) = (tables[0], tables[1], tables[2], tables[3], tables[4], tables[5], tables[6], tables[7]);
        while (bytes.Length >= 8)
        {
            var x = value ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            value = t7[(byte)x] ^ t6[(byte)(x >> 8)] ^ t5[(byte)(x >> 16)] ^ t4[(byte)(x >> 24)]
                  ^ t3[(byte)(x >> 32)] ^ t2[(byte)(x >> 40)] ^ t1[(byte)(x >> 48)] ^ t0[(byte)(x >> 56)];
            bytes = bytes[8..];
        }
        foreach (var b in bytes) value = (value >> 8) ^ t0[(byte)(value ^ b)];
        return value;
    }

    /// <summary>The checksum.</summary>
    public ulong Value => _value ^ _kind.Mask;

    /// <summary>The checksum, in the order of bytes in which services state it: the highest first.</summary>
    public byte[] ToBytes()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return bytes[(8 - _kind.Bytes)..].ToArray();
    }

    private sealed class Kind(ulong polynomial, int bytes)
    {
        public int Bytes => bytes;

        public ulong Mask { get; } = bytes == 8 ? ulong.MaxValue : uint.MaxValue;

        public ulong[][] Tables { get; } = MakeTables(polynomial);

        public CrcFolding Folding { get; } = new(polynomial, bytes * 8);

        private static ulong[][] MakeTables(ulong polynomial)
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
}
