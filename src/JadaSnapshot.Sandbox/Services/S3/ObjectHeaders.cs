using System.Text;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>What was said of an object when it was put, and is said again when it is read.</summary>
internal sealed record ObjectHeaders
{
    private static readonly string[] Content = ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    private static readonly string[] Kept =
    [
        "x-amz-website-redirect-location", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled",
        "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-server-side-encryption-customer-algorithm", CustomerKey,
    ];

    public const string CustomerKey = "x-amz-server-side-encryption-customer-key-MD5";

    public string ContentType { get; init; } = "binary/octet-stream";
    public string StorageClass { get; init; } = "STANDARD";
    public string Encryption { get; init; } = "AES256";
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public bool IsArchived => StorageClass is "GLACIER" or "DEEP_ARCHIVE";
    public string? CustomerKeyHash => Fields.FirstOrDefault(static pair => pair.Key == CustomerKey).Value;

    public static ObjectHeaders Read(IHeaderDictionary headers, string defaultEncryption)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var name in (ReadOnlySpan<string>)[.. Content, .. Kept])
            if (headers[name] is { Count: > 0 } value && Stored(name, value.ToString()) is { Length: > 0 } stored)
                fields.Add(new(name, stored));
        var encrypted = headers["x-amz-server-side-encryption"].ToString();
        return new()
        {
            ContentType = headers.ContentType is { Count: > 0 } type ? type.ToString() : "binary/octet-stream",
            StorageClass = StorageClassOf(headers),
            Encryption = encrypted.Length > 0 ? encrypted : defaultEncryption,
            Fields = fields,
            Metadata = [.. MetadataOf(headers)],
        };
    }

    public IEnumerable<KeyValuePair<string, string>> Write()
    {
        foreach (var field in Fields) yield return field;
        foreach (var (name, value) in Metadata) yield return new("x-amz-meta-" + name, MailSafe(value));
        if (CustomerKeyHash is null) yield return new("x-amz-server-side-encryption", Encryption);
        if (StorageClass != "STANDARD") yield return new("x-amz-storage-class", StorageClass);
    }

    public static string StorageClassOf(IHeaderDictionary headers) => headers["x-amz-storage-class"].ToString() switch
    {
        "" => "STANDARD",
        "STANDARD" or "REDUCED_REDUNDANCY" or "STANDARD_IA" or "ONEZONE_IA" or "INTELLIGENT_TIERING" or "GLACIER" or "DEEP_ARCHIVE" or "GLACIER_IR" or "EXPRESS_ONEZONE" or "SNOW" or "OUTPOSTS"
            => headers["x-amz-storage-class"].ToString(),
        _ => throw new SandboxException(400, "InvalidStorageClass", "The storage class you specified is not valid"),
    };

    private static IEnumerable<KeyValuePair<string, string>> MetadataOf(IHeaderDictionary headers)
    {
        foreach (var (name, value) in headers)
            if (name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
                yield return new(name["x-amz-meta-".Length..].ToLowerInvariant(), Decoded(value.ToString()));
    }

    private static string Stored(string name, string value) => name == "Content-Encoding"
        ? string.Join(',', value.Split(',', StringSplitOptions.TrimEntries).Where(coding => coding != "aws-chunked"))
        : value;

    /// <summary>Undoes RFC 2047, and takes octets beyond ASCII for the UTF-8 that clients mean by them.</summary>
    private static string Decoded(string value)
    {
        if (value.StartsWith("=?UTF-8?B?", StringComparison.OrdinalIgnoreCase) && value.EndsWith("?=", StringComparison.Ordinal))
        {
            var base64 = value["=?UTF-8?B?".Length..^2];
            var bytes = new byte[base64.Length];
            if (Convert.TryFromBase64String(base64, bytes, out var length)) return Encoding.UTF8.GetString(bytes, 0, length);
        }
        if (Ascii.IsValid(value) || value.Any(letter => letter > 0xFF)) return value;
        try
        {
            return new UTF8Encoding(false, true).GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    private static string MailSafe(string value) =>
        value.All(letter => letter is >= ' ' and < '\x7F') ? value : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
