using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Kms;

/// <summary>A ciphertext blob: a mark, the key's id, nonce, tag, and what AES-256-GCM made of the plaintext, bound to the encryption context.</summary>
internal static class Ciphertext
{
    private const byte Mark = 1;
    private const int IdAt = 1, NonceAt = IdAt + 16, TagAt = NonceAt + 12, TextAt = TagAt + 16;

    public static byte[] Seal(Key key, ReadOnlySpan<byte> plaintext, IReadOnlyDictionary<string, string> context)
    {
        var blob = new byte[TextAt + plaintext.Length];
        blob[0] = Mark;
        Guid.Parse(key.Id).TryWriteBytes(blob.AsSpan(IdAt));
        RandomNumberGenerator.Fill(blob.AsSpan(NonceAt, TagAt - NonceAt));
        using var cipher = key.OpenCipher();
        cipher.Encrypt(blob.AsSpan(NonceAt, TagAt - NonceAt), plaintext, blob.AsSpan(TextAt), blob.AsSpan(TagAt, TextAt - TagAt), Bytes(context));
        return blob;
    }

    /// <summary>The id of the key that a blob was made under.</summary>
    /// <exception cref="SandboxException">It is no blob.</exception>
    public static string KeyId(ReadOnlySpan<byte> blob) =>
        blob.Length >= TextAt && blob[0] == Mark ? new Guid(blob[IdAt..NonceAt]).ToString() : throw Invalid();

    /// <exception cref="SandboxException">The blob was tampered with, or is bound to another context.</exception>
    public static byte[] Open(Key key, ReadOnlySpan<byte> blob, IReadOnlyDictionary<string, string> context)
    {
        var plaintext = new byte[blob.Length - TextAt];
        using var cipher = key.OpenCipher();
        try
        {
            cipher.Decrypt(blob[NonceAt..TagAt], blob[TextAt..], blob[TagAt..TextAt], plaintext, Bytes(context));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Invalid();
        }
    }

    public static SandboxException Invalid() => new(400, "InvalidCiphertextException", "");

    private static byte[] Bytes(IReadOnlyDictionary<string, string> context)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var (name, value) in context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(value);
        }
        return bytes.ToArray();
    }
}
