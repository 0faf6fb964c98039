using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace JadaSnapshot.Engine.Store;

/// <summary>Short digests of paths: the first bytes of the SHA-256 of their UTF-8.</summary>
internal static class PathHash
{
    /// <summary>64 bits of a path; with a salt that others cannot know, nobody can make two paths agree.</summary>
    internal static ulong Of(ReadOnlySpan<char> path, ReadOnlySpan<byte> salt = default)
    {
        var size = salt.Length + Encoding.UTF8.GetMaxByteCount(path.Length);
        byte[]? rented = null;
        var bytes = size <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(size);
        salt.CopyTo(bytes);
        var length = salt.Length + Encoding.UTF8.GetBytes(path, bytes[salt.Length..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], digest);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>The first eight hexadecimal digits.</summary>
    internal static string Digits(string text) => (Of(text) >> 32).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A set of 64-bit digests at 8 bytes a slot and at most three quarters full.</summary>
internal sealed class PathHashSet
{
    private ulong[] _slots = new ulong[1024];

    internal int Count { get; private set; }

    internal bool Contains(ulong hash) => _slots[Slot(_slots, hash |= hash == 0 ? 1u : 0)] == hash;

    /// <summary>Adds a digest; false where it was there.</summary>
    internal bool Add(ulong hash)
    {
        hash |= hash == 0 ? 1u : 0;
        var slot = Slot(_slots, hash);
        if (_slots[slot] == hash) return false;
        _slots[slot] = hash;
        if (++Count * 4L > _slots.Length * 3L) Grow();
        return true;
    }

    private static int Slot(ulong[] slots, ulong hash)
    {
        var slot = (int)hash & slots.Length - 1;
        while (slots[slot] != 0 && slots[slot] != hash) slot = slot + 1 & slots.Length - 1;
        return slot;
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        foreach (var hash in _slots)
            if (hash != 0) slots[Slot(slots, hash)] = hash;
        _slots = slots;
    }
}
