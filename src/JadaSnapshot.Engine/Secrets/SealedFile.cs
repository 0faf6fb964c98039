using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Unicode;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.LocalFiles;

namespace JadaSnapshot.Engine.Secrets;

/// <summary>A sealed document on disk, beside the one without secrets; or a file that is a secret as a whole, which has nothing beside it.</summary>
public sealed class SealedFile
{
    internal static readonly string[] Extensions = [CertificateSealer.FileExtension, KmsSealer.FileExtension];

    private SealedFile(string path) => Path = path;

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The document without secrets.</summary>
    public string DocumentPath => Path[..^Extensions.Single(extension => Path.EndsWith(extension, StringComparison.Ordinal)).Length];

    /// <summary>Whether it is a local file, of which nothing else is kept.</summary>
    public bool IsWholeFile => !File.Exists(DocumentPath) && LocalPaths.IsSealed(Path);

    /// <summary>The sealed documents at a place: a file, or a folder and all below it. Links are not followed.</summary>
    /// <exception cref="FileNotFoundException">There is nothing there.</exception>
    public static IEnumerable<SealedFile> Find(string path)
    {
        if (File.Exists(path)) return IsSealed(path) ? [new(path)] : throw new FileNotFoundException($"{path} is not a sealed document: its name ends in none of {string.Join(", ", Extensions)}.", path);
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path}.", path);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(path, "*", options).Where(IsSealed).Order(StringComparer.Ordinal).Select(file => new SealedFile(file)).Where(file => file.IsWholeFile || File.Exists(file.DocumentPath));
    }

    /// <summary>Opens it and gives its secrets. Of a whole file that is its content, as it stands where that is UTF-8, else in Base64.</summary>
    /// <param name="keys">Certificates with private keys to try besides those of the user's own store.</param>
    /// <param name="connect">Gives the connection for what is sealed under a KMS key.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Nothing opens it.</exception>
    /// <exception cref="InvalidDataException">It is not what was sealed of the document beside it.</exception>
    /// <exception cref="Wire.ServiceException">KMS refuses.</exception>
    public async Task<IReadOnlyList<(string Name, string Value, string Fingerprint)>> OpenAsync(X509Certificate2Collection keys, Func<AwsConnection> connect, CancellationToken cancel)
    {
        var opened = await ReadAsync(keys, connect, cancel);
        if (IsWholeFile) return [Utf8.IsValid(opened) ? ("content", Encoding.UTF8.GetString(opened), "") : ("content in Base64", Convert.ToBase64String(opened), "")];
        return SealedDocument.Secrets(DocumentPath, await File.ReadAllBytesAsync(DocumentPath, cancel), opened);
    }

    /// <summary>Opens it and gives what was sealed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Nothing opens it.</exception>
    /// <exception cref="Wire.ServiceException">KMS refuses.</exception>
    internal async Task<byte[]> ReadAsync(X509Certificate2Collection keys, Func<AwsConnection> connect, CancellationToken cancel)
    {
        var content = await File.ReadAllBytesAsync(Path, cancel);
        return Path.EndsWith(KmsSealer.FileExtension, StringComparison.Ordinal) ? await KmsSealer.OpenAsync(connect(), content, cancel) : CertificateSealer.Open(content, keys);
    }

    /// <summary>Whether a file is one by its name.</summary>
    internal static bool IsSealed(string path) => Extensions.Any(extension => path.EndsWith(extension, StringComparison.Ordinal));
}
