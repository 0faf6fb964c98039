using System.Text;

namespace JadaSnapshot.Engine.Transfer;

/// <summary>Writes paths and queries of S3 requests as S3 signs them: every byte outside the unreserved characters is escaped, once.</summary>
internal static class S3Path
{
    /// <summary>The path of a bucket or an object, in path style: names with dots have no certificate in the other form.</summary>
    public static string Of(string? bucket, string? key = null)
    {
        if (bucket is null) return "/";
        var path = new StringBuilder("/", bucket.Length + (key?.Length ?? 0) + 16);
        Append(path, bucket, keepSlashes: false);
        if (key is null) return path.ToString();
        path.Append('/');
        Append(path, key, keepSlashes: true);
        return path.ToString();
    }

    /// <summary>A key as it stands in a path.</summary>
    public static string OfKey(string key)
    {
        var path = new StringBuilder(key.Length + 16);
        Append(path, key, keepSlashes: true);
        return path.ToString();
    }

    /// <summary>A canonical query: parameters in order of name, each with its equals sign.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var present = new List<(string Name, string Value)>(parameters.Length);
        foreach (var (name, value) in parameters)
            if (value is not null) present.Add((name, value));
        present.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var query = new StringBuilder();
        foreach (var (name, value) in present)
        {
            if (query.Length > 0) query.Append('&');
            Append(query, name, keepSlashes: false);
            query.Append('=');
            Append(query, value, keepSlashes: false);
        }
        return query.ToString();
    }

    private static void Append(StringBuilder target, string text, bool keepSlashes)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '-' or '.' or '_' or '~' || (keepSlashes && rune.Value == '/')))
            {
                target.Append((char)rune.Value);
                continue;
            }
            var length = rune.EncodeToUtf8(bytes);
            for (var i = 0; i < length; i++) target.Append('%').Append(bytes[i].ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
