using System.Globalization;
using System.Text;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>Names as Route 53 writes them: lower case, other characters as octal escapes (<c>\052</c>), a dot at the end.</summary>
internal static class DnsName
{
    /// <exception cref="Hosting.SandboxException">The name is too long, or has an empty label.</exception>
    public static string Normalize(string name, string code = "InvalidDomainName")
    {
        var bytes = Encoding.UTF8.GetBytes(name.EndsWith('.') ? name[..^1] : name);
        if (bytes.Length == 0) return name == "." ? "." : throw Invalid(name, code, "EmptyName");
        var (normal, label, total) = (new StringBuilder(), 0, 0);
        for (var i = 0; i < bytes.Length; i++, total++)
        {
            var letter = bytes[i];
            if (letter == '.')
            {
                if (label == 0) throw Invalid(name, code, "EmptyLabel");
                label = 0;
                normal.Append('.');
                continue;
            }
            if (letter == '\\' && Octal(bytes, i) is { } code8)
            {
                letter = code8;
                i += 3;
            }
            if (++label > 63) throw Invalid(name, code, "DomainLabelTooLong");
            var lower = char.ToLowerInvariant((char)letter);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_') normal.Append(lower);
            else normal.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0'));
        }
        if (label == 0) throw Invalid(name, code, "EmptyLabel");
        if (total > 253) throw Invalid(name, code, "DomainNameTooLong");
        return normal.Append('.').ToString();
    }

    /// <summary>The labels from the right, which is the order in which Route 53 lists names.</summary>
    public static string Reversed(string normalName) => string.Join('.', normalName.TrimEnd('.').Split('.').Reverse()) + ".";

    public static bool LiesIn(string normalName, string zone) => normalName == zone || normalName.EndsWith("." + zone, StringComparison.Ordinal);

    private static byte? Octal(byte[] bytes, int at)
    {
        if (at + 3 >= bytes.Length) return null;
        var digits = bytes.AsSpan(at + 1, 3);
        if (digits[0] is < (byte)'0' or > (byte)'3' || digits.ContainsAnyExceptInRange((byte)'0', (byte)'7')) return null;
        return (byte)(((digits[0] - '0') * 64) + ((digits[1] - '0') * 8) + (digits[2] - '0'));
    }

    private static Hosting.SandboxException Invalid(string name, string code, string why) =>
        new(400, code, string.Create(CultureInfo.InvariantCulture, $"FATAL problem: {why} encountered with '{name}'"));
}
