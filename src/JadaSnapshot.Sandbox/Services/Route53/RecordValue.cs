using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Whether a value is one of its record type.</summary>
internal static partial class RecordValue
{
    private const int MostLetters = 4000;
    private const int LongestString = 255;

    public static string? Problem(string type, string value)
    {
        if (value.Length is 0 or > MostLetters) return Fatal("InvalidLength", "Value has a length that is not permitted", value);
        return type switch
        {
            "A" when !IsAddress(value, AddressFamily.InterNetwork) => Fatal("ARRDATAIllegalIPv4Address", "Value is not a valid IPv4 address", value),
            "AAAA" when !IsAddress(value, AddressFamily.InterNetworkV6) => Fatal("AAAARRDATAIllegalIPv6Address", "Value is not a valid IPv6 address", value),
            "TXT" or "SPF" => Text(value),
            "MX" when !Fields(value, 1, 2) => Fatal("MXRRDATANotTwoFields", "MX record doesn't have 2 fields", value),
            "SRV" when !Fields(value, 3, 4) => Fatal("SRVRRDATANotFourFields", "SRV record doesn't have 4 fields", value),
            "CAA" when !CaaPattern().IsMatch(value) => Fatal("CAARRDATANotThreeFields", "CAA record doesn't have 3 fields", value),
            "CNAME" or "NS" or "PTR" when value.Any(char.IsWhiteSpace) => Fatal("DomainNameIllegalCharacter", "Value contains spaces", value),
            "DS" or "TLSA" when !Fields(value, 3, 4) => Fatal("NotFourFields", "Record doesn't have 4 fields", value),
            "SSHFP" when !Fields(value, 2, 3) => Fatal("NotThreeFields", "Record doesn't have 3 fields", value),
            _ => null,
        };
    }

    private static bool IsAddress(string value, AddressFamily family) =>
        IPAddress.TryParse(value, out var address) && address.AddressFamily == family && (family != AddressFamily.InterNetwork || value.Count(letter => letter == '.') == 3);

    /// <summary>So many numbers first, and so many fields in all.</summary>
    private static bool Fields(string value, int numbers, int count)
    {
        var fields = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == count && fields.Take(numbers).All(field => ushort.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private static string? Text(string value)
    {
        if (!QuotedPattern().IsMatch(value)) return Fatal("InvalidCharacterString", "Value should be enclosed in quotation marks", value);
        return StringPattern().Matches(value).Any(match => EscapePattern().Replace(match.Value[1..^1], "x").Length > LongestString)
            ? Fatal("CharacterStringTooLong", "Value is too long", value)
            : null;
    }

    private static string Fatal(string problem, string words, string value) => $"Invalid Resource Record: 'FATAL problem: {problem} ({words}) encountered with '{value}''";

    [GeneratedRegex("""^\s*"([^"\\]|\\.)*"(\s+"([^"\\]|\\.)*")*\s*$""", RegexOptions.NonBacktracking)]
    private static partial Regex QuotedPattern();

    [GeneratedRegex("""
        "([^"\\]|\\.)*"
        """)]
    private static partial Regex StringPattern();

    [GeneratedRegex(@"\\([0-7]{3}|.)")]
    private static partial Regex EscapePattern();

    [GeneratedRegex("""^\d{1,3}\s+[a-zA-Z0-9]+\s+".*"$""")]
    private static partial Regex CaaPattern();
}
