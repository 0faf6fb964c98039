using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Sandbox.Estate;

/// <summary>Chance that is the same for the same seed and purpose, on every machine and in whatever order the estate is built.</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(int seed, string purpose)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}"));
        _state = BinaryPrimitives.ReadUInt64LittleEndian(digest) | 1;
    }

    public int Next(int below) => (int)((Next() >> 33) % (ulong)below);

    public int Next(int from, int below) => from + Next(below - from);

    public T Pick<T>(IReadOnlyList<T> among) => among[Next(among.Count)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[(length + 7) / 8 * 8];
        foreach (ref var word in MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan())) word = Next();
        return bytes.Length == length ? bytes : bytes[..length];
    }

    public string Hex(int length) => Convert.ToHexStringLower(Bytes((length + 1) / 2))[..length];

    private ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1DUL;
    }
}
