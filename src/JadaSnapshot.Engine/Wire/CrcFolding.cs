using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace JadaSnapshot.Engine.Wire;

/// <summary>
/// Shortens what a reflected CRC is taken of, by the processor's carry-less multiplication, to 16 bytes with the same remainder
/// (<see href="https://www.intel.com/content/dam/www/public/us/en/documents/white-papers/fast-crc-computation-generic-polynomials-pclmulqdq-paper.pdf"/>).
/// </summary>
internal sealed class CrcFolding
{
    /// <summary>The fewest bytes that can be folded.</summary>
    public const int Shortest = 4 * Block;

    private const int Block = 16;

    private readonly Vector128<ulong> _overOne;
    private readonly Vector128<ulong> _overFour;

    /// <param name="polynomial">The polynomial, reflected.</param>
    /// <param name="bits">Its degree.</param>
    public CrcFolding(ulong polynomial, int bits)
    {
        _overOne = Factors(Block * 8);
        _overFour = Factors(4 * Block * 8);

        // The product of two reflected words comes out one place short, so that each power is one less than the distance.
        Vector128<ulong> Factors(int distance) => Vector128.Create(Power(distance + 63), Power(distance - 1));

        ulong Power(int exponent)
        {
            var value = 1UL << (bits - 1);
            for (var i = 0; i < exponent; i++) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
            return value << (64 - bits);
        }
    }

    /// <summary>Whether the processor can.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported || ArmAes.IsSupported;

    /// <summary>Folds all whole blocks of 16 bytes into one, and leaves the rest.</summary>
    /// <param name="value">The CRC of what came before.</param>
    /// <param name="bytes">At least <see cref="Shortest"/> bytes; after it, those that were not folded.</param>
    public Vector128<ulong> Fold(ulong value, ref ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        bytes = bytes[(blocks.Length * Block)..];
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar(value), blocks[1], blocks[2], blocks[3]);
        for (blocks = blocks[4..]; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Over(a, _overFour) ^ blocks[0];
            b = Over(b, _overFour) ^ blocks[1];
            c = Over(c, _overFour) ^ blocks[2];
            d = Over(d, _overFour) ^ blocks[3];
        }
        a = Over(Over(Over(a, _overOne) ^ b, _overOne) ^ c, _overOne) ^ d;
        foreach (var block in blocks) a = Over(a, _overOne) ^ block;
        return a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Over(Vector128<ulong> block, Vector128<ulong> factors) => Pclmulqdq.IsSupported
        ? Pclmulqdq.CarrylessMultiply(block, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, factors, 0x11)
        : ArmAes.PolynomialMultiplyWideningLower(block.GetLower(), factors.GetLower()) ^ ArmAes.PolynomialMultiplyWideningUpper(block, factors);
}
