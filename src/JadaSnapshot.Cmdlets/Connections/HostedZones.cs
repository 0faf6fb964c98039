namespace JadaSnapshot.Connections;

/// <summary>The forms in which people and AWS.Tools name a zone.</summary>
internal static class HostedZones
{
    private const string Prefix = "/hostedzone/";

    /// <summary>Names without the final dot, and ids without the path before them.</summary>
    public static string[]? ToZoneNames(this string[]? names) =>
        names is null ? null : [.. names.Select(name => (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name).TrimEnd('.'))];
}
