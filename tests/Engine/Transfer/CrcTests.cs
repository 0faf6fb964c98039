using System.Buffers.Binary;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Transfer;

public sealed class CrcTests
{
    public static TheoryData<string, ulong, int> Algorithms => new()
    {
        { nameof(Crc.Crc32), 0xEDB88320, 32 },
        { nameof(Crc.Crc32C), 0x82F63B78, 32 },
        { nameof(Crc.Crc64Nvme), 0x9A6C9329AC4BC9B5, 64 },
    };

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Any_length_gives_what_the_definition_gives_bit_by_bit(string algorithm, ulong polynomial, int bits)
    {
        var bytes = new byte[1_000];
        new Random(bits).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length = length < 300 ? length + 1 : length + 97)
            Assert.Equal(ByDefinition(polynomial, bits, bytes.AsSpan(0, length)), Sum(algorithm, bytes.AsSpan(0, length)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Long_pieces_and_short_ones_join(string algorithm, ulong polynomial, int bits)
    {
        var bytes = new byte[100_003];
        new Random(bits).NextBytes(bytes);
        var expected = ByDefinition(polynomial, bits, bytes);
        Assert.Equal(expected, Sum(algorithm, bytes));
        Assert.Equal(expected, Sum(algorithm, bytes, 7, 40_000, 63, 64, 65, 1, 12_345));
    }

    private static string Sum(string algorithm, ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> pieces)
    {
        var crc = algorithm switch { nameof(Crc.Crc32) => Crc.Crc32(), nameof(Crc.Crc32C) => Crc.Crc32C(), _ => Crc.Crc64Nvme() };
        foreach (var piece in pieces)
        {
            crc.Append(bytes[..piece]);
            bytes = bytes[piece..];
        }
        crc.Append(bytes);
        return Convert.ToBase64String(crc.ToBytes());
    }

    private static string ByDefinition(ulong polynomial, int bits, ReadOnlySpan<byte> bytes)
    {
        var mask = ulong.MaxValue >> (64 - bits);
        var value = mask;
        foreach (var b in bytes)
        {
            value ^= b;
            for (var bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        }
        var sum = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(sum, value ^ mask);
        return Convert.ToBase64String(sum, 8 - (bits / 8), bits / 8);
    }
}
