using System.Text.RegularExpressions;

namespace JadaSnapshot.Engine.Layers.Lambda;

/// <summary>
/// What a value looks like, and the part of it that says where it leads. Whatever could be a password gives no reference:
/// of an address only scheme, host and port are taken, and only where it is beyond doubt which part is the host.
/// </summary>
internal static partial class ValueShape
{
    public const string Arn = "arn", Url = "url", Address = "address", Dynamic = "dynamic-reference";

    public static (string? LooksLike, string? Reference) Of(string value)
    {
        if (ArnPattern().IsMatch(value)) return (Arn, value);
        if (DynamicPattern().Match(value) is { Success: true } resolved) return (Dynamic, resolved.Groups["id"].Value);
        if (UrlPattern().Match(value) is { Success: true } url) return (Url, $"{url.Groups["scheme"]}://{url.Groups["host"]}");
        if (AnyUrlPattern().IsMatch(value)) return (Url, null);
        return AddressPattern().IsMatch(value) ? (Address, null) : (null, null);
    }

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:[A-Za-z0-9_+=,.@:/*$-]{1,512}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ArnPattern();

    // An ARN has colons of its own; of a name, what stands behind the first one names a part of the secret, or a version.
    [GeneratedRegex(@"\A\{\{resolve:(secretsmanager|ssm|ssm-secure):(?<id>arn:[^:{}\s]+:[^:{}\s]+:[^:{}\s]*:[^:{}\s]*:[^:{}\s]+:[^:{}\s]+|[^:{}\s]+)[^{}]*\}\}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DynamicPattern();

    // Nothing behind the host may hold an @: else a password with a slash in it would pass for a path, and its user for a host.
    [GeneratedRegex(@"\A(?<scheme>[a-z][a-z0-9+.-]{0,30})://([^/?#@\s]*@)?(?<host>([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?(:\d{1,5})?)([/?#][^@]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9+.-]{0,30}://", RegexOptions.CultureInvariant)]
    private static partial Regex AnyUrlPattern();

    [GeneratedRegex(@"\A[^@\s]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
