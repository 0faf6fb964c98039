using System.Globalization;
using System.Xml.Linq;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Sandbox.Services.Route53;

/// <summary>The four name servers of a zone. Each of the four domains has 512 of them, in groups of eight; private zones all have the first.</summary>
internal static class NameServers
{
    private static readonly string[] Domains = ["com", "net", "org", "co.uk"];

    public static IReadOnlyList<string> Of(string? id) => [.. Domains.Select((domain, index) => NameServer(id, domain, index))];

    public static XElement Render(IReadOnlyList<string> servers) => new("NameServers", servers.Select(server => new XElement("NameServer", server)));

    private static string NameServer(string? id, string domain, int index)
    {
        var number = id is null ? 0 : int.Parse(SandboxWorld.HashId(id + domain, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 512;
        return string.Create(CultureInfo.InvariantCulture, $"ns-{(512 * index) + number}.awsdns-{number / 8:D2}.{domain}");
    }
}
