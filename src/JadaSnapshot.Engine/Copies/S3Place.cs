using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Copies;

/// <summary>A folder in a bucket, as <c>s3://bucket/prefix</c> names it.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">What the keys begin with: nothing, or what ends in a slash.</param>
public sealed partial record S3Place(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";
    private const int LongestKey = 1024;
    private const int LongestPrefix = 768;

    /// <summary>Where files lie whose paths, behind the prefix, would be longer than a key may be: each under the SHA-256 of its path.</summary>
    internal const string LongPaths = ".long-paths/";

    /// <summary>Whether a text means a place in S3 rather than a path.</summary>
    public static bool IsMeant(string text) => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.InvalidName"/>: it is none.</exception>
    public static S3Place Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = IsMeant(text) ? text[Scheme.Length..].TrimEnd('/') : "";
        var (bucket, prefix) = rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (rest[..slash], rest[(slash + 1)..]) : (rest, "");
        if (!BucketName().IsMatch(bucket) || Encoding.UTF8.GetByteCount(prefix) > LongestPrefix || (prefix.Length > 0 && !SnapshotLayout.IsLegal(prefix)))
            throw new StoreException(StoreFault.InvalidName, $"'{text}' is not a place in S3. Give it as s3://bucket or s3://bucket/prefix.");
        return new(bucket, prefix.Length == 0 ? "" : prefix + "/");
    }

    /// <summary>Whether a text is an address.</summary>
    internal static bool IsPlace(string text)
    {
        try
        {
            return text == Parse(text).ToString();
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>A folder in this one.</summary>
    public S3Place Below(string name) => this with { Prefix = $"{Prefix}{name}/" };

    /// <inheritdoc/>
    public override string ToString() => $"{Scheme}{Bucket}/{Prefix}".TrimEnd('/');

    /// <summary>Whether a path cannot be a key here.</summary>
    internal bool IsLong(string path) => Encoding.UTF8.GetByteCount(Prefix) + Encoding.UTF8.GetByteCount(path) > LongestKey;

    /// <summary>Where a file of a snapshot that lies here has its object.</summary>
    internal ObjectPlace Of(string path) => new(Bucket, Prefix + (IsLong(path) ? LongName(path) : path));

    internal static string LongName(string path) => LongPaths + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
