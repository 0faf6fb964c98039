using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Layers.Route53.ZoneFiles;

/// <summary>The values of records as master files write them, field by field; whatever is not what its type demands is not written at all.</summary>
internal static partial class RecordData
{
    /// <summary>Takes what it needs of the fields, and writes it; null where they are not what they should be.</summary>
    private delegate string? Field(RecordFields fields);

    private static readonly FrozenDictionary<string, Field[]> Forms = new Dictionary<string, Field[]>(StringComparer.Ordinal)
    {
        ["A"] = [Address(AddressFamily.InterNetwork)],
        ["AAAA"] = [Address(AddressFamily.InterNetworkV6)],
        ["CAA"] = [Number(byte.MaxValue), Word, String],
        ["CNAME"] = [Name],
        ["DS"] = [Number(ushort.MaxValue), Number(byte.MaxValue), Number(byte.MaxValue), Digits],
        ["HTTPS"] = [Number(ushort.MaxValue), Name, Parameters],
        ["MX"] = [Number(ushort.MaxValue), Name],
        ["NAPTR"] = [Number(ushort.MaxValue), Number(ushort.MaxValue), String, String, String, Name],
        ["NS"] = [Name],
        ["PTR"] = [Name],
        ["SOA"] = [Name, Name, .. Enumerable.Repeat(Number(uint.MaxValue), 5)],
        ["SPF"] = [Strings],
        ["SRV"] = [Number(ushort.MaxValue), Number(ushort.MaxValue), Number(ushort.MaxValue), Name],
        ["SSHFP"] = [Number(byte.MaxValue), Number(byte.MaxValue), Digits],
        ["SVCB"] = [Number(ushort.MaxValue), Name, Parameters],
        ["TLSA"] = [Number(byte.MaxValue), Number(byte.MaxValue), Number(byte.MaxValue), Digits],
        ["TXT"] = [Strings],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A value of a type; null where it cannot be one.</summary>
    public static string? Write(string type, string value)
    {
        if (!Forms.TryGetValue(type, out var form)) return null;
        var fields = new RecordFields(value);
        if (!fields.IsWhole) return null;
        List<string> written = [];
        foreach (var field in form)
        {
            if (field(fields) is not { } text) return null;
            if (text.Length > 0) written.Add(text);
        }
        return fields.IsEmpty ? string.Join(' ', written) : null;
    }

    private static string? Name(RecordFields fields) => fields.Next() is { } name ? MasterText.Name(name) : null;

    private static Field Number(uint most) => fields =>
        uint.TryParse(fields.Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number.ToString(CultureInfo.InvariantCulture) : null;

    private static Field Address(AddressFamily family) => fields =>
        fields.Next() is { } text && AddressLetters().IsMatch(text) && IPAddress.TryParse(text, out var address) && address.AddressFamily == family
        && (family != AddressFamily.InterNetwork || text.Count(letter => letter == '.') == 3) ? address.ToString() : null;

    private static string? Word(RecordFields fields) => fields.Next() is { } word && word.All(char.IsAsciiLetterOrDigit) ? word : null;

    private static string? Digits(RecordFields fields) => string.Concat(fields.Rest()) is { Length: > 0 } digits && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? digits : null;

    private static string? String(RecordFields fields) => fields.Next() is { } text ? MasterText.Quoted(Unquoted(text)) : null;

    private static string? Strings(RecordFields fields) =>
        fields.Rest() is { Count: > 0 } texts ? string.Join(' ', texts.Select(text => MasterText.Strings([.. Unquoted(text)]))) : null;

    private static string? Parameters(RecordFields fields)
    {
        var parameters = fields.Rest();
        return parameters.All(parameter => ServiceParameter().IsMatch(parameter)) ? string.Join(' ', parameters) : null;
    }

    private static IEnumerable<byte> Unquoted(string text) => MasterText.Octets(text).Where(octet => octet is not ((byte)'"', false)).Select(octet => octet.Octet);

    [GeneratedRegex(@"\A[0-9A-Fa-f:.]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressLetters();

    /// <summary>A key of RFC 9460, and its value with the escapes of that document.</summary>
    [GeneratedRegex("""\A[a-z0-9-]+(=("([ !#-\[\]-~]|\\[ -~])*"|([!#-'*-:<-\[\]-~]|\\[!-~])*))?\z""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceParameter();
}
