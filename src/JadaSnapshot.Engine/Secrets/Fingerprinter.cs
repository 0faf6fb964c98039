using System.Security.Cryptography;
using System.Text;
using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>
/// Makes keyed fingerprints of secrets: equal secrets have equal fingerprints within a store, and without the store's key
/// nothing can be guessed from one, however short the secret is.
/// </summary>
public sealed class Fingerprinter
{
    private const string Prefix = "jada:hmac-sha256:";

    /// <summary>The name of the file in a store that holds its key.</summary>
    internal const string KeyFile = ".fingerprint-key";

    private const int KeyLength = 32;

    private static readonly byte[] Utf8Prefix = Encoding.UTF8.GetBytes(Prefix);

    private readonly byte[] _key;

    private Fingerprinter(byte[] key) => _key = key;

    /// <summary>Opens the key of a store, or makes it. The file is readable by its owner alone and belongs to no snapshot.</summary>
    /// <exception cref="StoreException">The key cannot be read, written, or is none.</exception>
    public static Fingerprinter Open(string store)
    {
        var path = Path.Combine(store, KeyFile);
        try
        {
            if (!File.Exists(path)) Make(store, path);
            var key = File.ReadAllBytes(path);
            return key.Length == KeyLength ? new(key) : throw new StoreException(StoreFault.Damaged, $"{path} does not hold a key of {KeyLength} bytes. Without the right one, fingerprints of this store's snapshots cannot be compared.");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StoreException(StoreFault.StoreNotWritable, $"The store's key {path} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a store has its key.</summary>
    internal static bool IsIn(string store) => File.Exists(Path.Combine(store, KeyFile));

    /// <summary>One with a key that nobody keeps: its fingerprints are equal to those that it made itself alone.</summary>
    internal static Fingerprinter Unkept() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The fingerprint of a secret: <c>jada:hmac-sha256:</c> and 64 hexadecimal digits.</summary>
    public string Of(string secret) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a text stands for a secret.</summary>
    internal static bool IsFingerprint(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && Sha256Text.IsDigest(text[Prefix.Length..]);

    /// <summary>Whether a text stands for a secret in a document, perhaps.</summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> document) => document.IndexOf(Utf8Prefix) >= 0;

    private static void Make(string store, string path)
    {
        var temporary = Path.Combine(store, KeyFile + "." + Guid.NewGuid().ToString("n"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyLength));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another run was first: its key is the store's.
            File.Delete(temporary);
        }
    }
}
