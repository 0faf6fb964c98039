using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Layers.Route53.ZoneFiles;
using JadaSnapshot.Engine.Tests.Capture;
using JadaSnapshot.Sandbox.Estate;
using Xunit;

namespace JadaSnapshot.Peers.Tests;

/// <summary>Zone files, as BIND reads them.</summary>
public sealed partial class ZoneFileTests(SandboxFixture estate)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Named_loads_every_zone_file_of_the_estate_and_the_losses_are_exactly_what_is_not_in_it()
    {
        await PeerTools.RequireNamedCheckzoneAsync();
        using var store = new TemporaryStore();
        using var connection = AwsConnection.Open(new() { EndpointUrl = estate.Sandbox.Endpoint, AccessKey = estate.Sandbox.AccessKey, SecretKey = estate.Sandbox.SecretKey, Region = "us-west-2", UseBudgets = false });
        var snapshot = await new CaptureRun(connection, new() { Store = store.Path, Name = "v1.0", Layers = ["route53"] }).RunAsync(problem => Assert.Fail($"{problem}"), Cancel);

        string[] files = [.. Directory.EnumerateFiles(snapshot.Path, "zone.txt", SearchOption.AllDirectories)];
        Assert.Equal(EstateCounts.Zones, files.Length);
        foreach (var file in files)
        {
            var folder = Path.GetDirectoryName(file)!;
            var loaded = await LoadAsync(Path.GetFileName(Path.GetDirectoryName(folder))!, file);
            var lost = (await File.ReadAllLinesAsync(Path.Combine(folder, "zone-losses.jsonl"), Cancel)).Select(line => JsonElement.Parse(line))
                .Select(loss => (Text(loss, "name"), Text(loss, "type"), Text(loss, "setIdentifier")));
            Assert.Equal(RecordSets(folder).ToHashSet(), lost.Concat(loaded.Select(record => (record.Name, record.Type, ""))).ToHashSet());
        }
    }

    [Fact]
    public async Task Named_reads_odd_texts_and_names_as_they_were_meant()
    {
        await PeerTools.RequireNamedCheckzoneAsync();
        RecordSet[] sets =
        [
            Simple("odd.example.", "SOA", "ns.other.example. host.other.example. 1 7200 900 1209600 86400"),
            Simple("odd.example.", "NS", "ns.other.example"),
            Simple(@"a\040b\056c.odd.example.", "TXT", """
                "semi;colon \"quote\" back\\slash ex\344mple $ORIGIN ( @"
                """),
            Simple("long.odd.example.", "TXT", $"\"{new string('x', 300)}\""),
            Simple("caa.odd.example.", "CAA", "128 iodef \"mailto:captain@sailjada.com\""),
            Simple("svc.odd.example.", "HTTPS", "1 . alpn=\"h2,h3\" ipv4hint=192.0.2.1"),
            Simple("naptr.odd.example.", "NAPTR", "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:info@example.com!\" ."),
        ];
        using var folder = new TemporaryStore();
        var file = Path.Combine(folder.Path, "zone.txt");
        var zone = ZoneFile.Of("odd.example", "Z1", sets);
        Assert.Empty(zone.Losses);
        await File.WriteAllBytesAsync(file, zone.Text, Cancel);
        var loaded = await LoadAsync("odd.example", file);
        Assert.Equal(sets.Length, loaded.Count);
        Assert.Equal("""
            "semi;colon \"quote\" back\\slash ex\228mple $ORIGIN ( @"
            """.Trim(), loaded.Single(record => record.Name.StartsWith(@"a\032b\.c", StringComparison.Ordinal)).Data);
    }

    private static RecordSet Simple(string name, string type, string value) => new(name, type, null, 300, [value.Trim()], []);

    private static async Task<IReadOnlyList<(string Name, string Type, string Data)>> LoadAsync(string zone, string file)
    {
        // Hosts outside the zone are not to be asked for: the tests speak to loopback alone.
        var result = await Tool.RunAsync(PeerTools.NamedCheckzone, ["-i", "local", "-D", "-o", "-", zone, file], Tool.NoVariables, null, Cancel);
        Assert.True(result.Code == 0, result.Error + result.Output);
        return [.. result.Output.Split('\n').Select(line => Dumped().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["name"].Value, match.Groups["type"].Value, match.Groups["data"].Value))];
    }

    private static IEnumerable<(string, string, string)> RecordSets(string folder) =>
        from page in Directory.EnumerateFiles(folder, "record-sets-*.xml")
        from set in XElement.Load(page).Descendants()
        where set.Name.LocalName == "ResourceRecordSet"
        select (Child(set, "Name"), Child(set, "Type"), Child(set, "SetIdentifier")) into set
        select (set.Item3.Length > 0 ? set : (set.Item1, set.Item2, ""));

    private static string Child(XElement set, string name) => (set.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "").Replace(@"\052", "*", StringComparison.Ordinal);

    private static string Text(JsonElement loss, string member) => loss.TryGetProperty(member, out var value) ? value.GetString()!.Replace(@"\052", "*", StringComparison.Ordinal) : "";

    [GeneratedRegex(@"\A(?<name>\S+)\s+\d+\s+IN\s+(?<type>\S+)\s+(?<data>.+)\z")]
    private static partial Regex Dumped();
}
