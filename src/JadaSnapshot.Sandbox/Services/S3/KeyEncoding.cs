using System.Text;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>How keys stand in a listing: as they are, or escaped as <c>encoding-type=url</c> asks for.</summary>
internal readonly struct KeyEncoding
{
    private readonly bool _url;

    public KeyEncoding(S3Call call)
    {
        var type = call.Given("encoding-type");
        _url = type switch
        {
            null => false,
            "url" => true,
            _ => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type),
        };
    }

    public string? Type => _url ? "url" : null;

    public string Write(string key) => _url ? Url(key) : key;

    /// <summary>A key as <c>encoding-type=url</c> and reports of S3 Inventory have it: a blank is a plus sign.</summary>
    public static string Url(string key)
    {
        if (key.All(IsPlain)) return key;
        var text = new StringBuilder(key.Length * 2);
        foreach (var octet in Encoding.UTF8.GetBytes(key))
            if (IsPlain((char)octet)) text.Append((char)octet);
            else if (octet == ' ') text.Append('+');
            else text.Append('%').Append(octet.ToString("X2", null));
        return text.ToString();
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '*' or '/';
}
