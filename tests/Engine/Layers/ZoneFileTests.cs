using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using JadaSnapshot.Engine.Layers.Route53.ZoneFiles;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Layers;

public sealed class ZoneFileTests
{
    [Theory]
    [InlineData("A", "192.0.2.1", "192.0.2.1")]
    [InlineData("AAAA", "2001:DB8::1", "2001:db8::1")]
    [InlineData("CNAME", "us.tickets.example", "us.tickets.example.")]
    [InlineData("CNAME", @"\052.guests.example.", "*.guests.example.")]
    [InlineData("NS", "ns-1.ops.example.", "ns-1.ops.example.")]
    [InlineData("PTR", "host_1.example", "host_1.example.")]
    [InlineData("MX", "10 mail.example", "10 mail.example.")]
    [InlineData("MX", "0 .", "0 .")]
    [InlineData("SRV", "10  60 5060\tphone.example", "10 60 5060 phone.example.")]
    [InlineData("SOA", "ns.example. hostmaster.example. 1 7200 900 1209600 86400", "ns.example. hostmaster.example. 1 7200 900 1209600 86400")]
    [InlineData("CAA", "0 issue \"letsencrypt.org; validationmethods=dns-01\"", "0 issue \"letsencrypt.org; validationmethods=dns-01\"")]
    [InlineData("CAA", "0 issue \";\"", "0 issue \";\"")]
    [InlineData("NAPTR", "100 10 \"S\" \"SIP+D2U\" \"!^.*$!sip:a@b.example!\" _sip._udp.example.", "100 10 \"S\" \"SIP+D2U\" \"!^.*$!sip:a@b.example!\" _sip._udp.example.")]
    [InlineData("DS", "12345 13 2 D4B7 D520", "12345 13 2 D4B7D520")]
    [InlineData("SSHFP", "4 2 1234AB", "4 2 1234AB")]
    [InlineData("TLSA", "3 1 1 d2ab", "3 1 1 d2ab")]
    [InlineData("HTTPS", "1 . alpn=\"h2,h3\" port=443", "1 . alpn=\"h2,h3\" port=443")]
    [InlineData("SVCB", "0 phone.example", "0 phone.example.")]
    [InlineData("SPF", "\"v=spf1 -all\"", "\"v=spf1 -all\"")]
    [InlineData("TXT", "\"one\" \"two; three\"", "\"one\" \"two; three\"")]
    [InlineData("TXT", @"""ex\344mple \""quoted\"" back\\slash""", @"""ex\228mple \""quoted\"" back\\slash""")]
    [InlineData("TXT", "\"é\n\"", @"""\195\169\010""")]
    [InlineData("TXT", "\"\"", "\"\"")]
    public void Values_are_written_as_master_files_have_them(string type, string value, string written) => Assert.Equal(written, RecordData.Write(type, value));

    [Theory]
    [InlineData("A", "192.0.2")]
    [InlineData("A", "::1")]
    [InlineData("AAAA", "fe80::1%eth0")]
    [InlineData("MX", "mail.example")]
    [InlineData("MX", "10 mail.example extra")]
    [InlineData("MX", "70000 mail.example")]
    [InlineData("CNAME", "a..example")]
    [InlineData("CNAME", "")]
    [InlineData("TXT", "\"unfinished")]
    [InlineData("TXT", "")]
    [InlineData("DS", "1 13 2 XYZ")]
    [InlineData("DS", "1 13 2 ABC")]
    [InlineData("HTTPS", "1 . alpn=\"h2\" ) $INCLUDE")]
    [InlineData("LOC", "52 22 23.000 N")]
    public void What_is_not_of_its_type_is_not_written(string type, string value) => Assert.Null(RecordData.Write(type, value));

    [Fact]
    public void Texts_of_more_than_255_octets_become_several_strings()
    {
        var written = RecordData.Write("TXT", $"\"{new string('x', 300)}\"")!;
        Assert.Equal($"\"{new string('x', 255)}\" \"{new string('x', 45)}\"", written);
    }

    [Fact]
    public void A_name_is_absolute_and_its_octal_escapes_become_decimal() =>
        Assert.Equal(@"*.a\064b\046c.1/25._x.example.", MasterText.Name(@"\052.a\100b\056c.1\05725._x.example"));

    [Theory]
    [InlineData("<AliasTarget><DNSName>d1.cloudfront.net.</DNSName></AliasTarget>", "alias")]
    [InlineData("<SetIdentifier>one</SetIdentifier><Weight>1</Weight><AliasTarget/>", "alias, weighted")]
    [InlineData("<SetIdentifier>one</SetIdentifier><Weight>1</Weight>", "weighted")]
    [InlineData("<SetIdentifier>one</SetIdentifier><Region>us-west-2</Region>", "latency")]
    [InlineData("<SetIdentifier>one</SetIdentifier><GeoLocation><CountryCode>US</CountryCode></GeoLocation>", "geolocation")]
    [InlineData("<SetIdentifier>one</SetIdentifier><GeoProximityLocation><Bias>1</Bias></GeoProximityLocation>", "geoproximity")]
    [InlineData("<SetIdentifier>one</SetIdentifier><Failover>PRIMARY</Failover>", "failover")]
    [InlineData("<SetIdentifier>one</SetIdentifier><MultiValueAnswer>true</MultiValueAnswer>", "multivalue")]
    [InlineData("<SetIdentifier>one</SetIdentifier><CidrRoutingConfig><LocationName>dock</LocationName></CidrRoutingConfig>", "CIDR")]
    [InlineData("<TrafficPolicyInstanceId>1</TrafficPolicyInstanceId>", "traffic policy")]
    [InlineData("<SetIdentifier>one</SetIdentifier><FuturePolicy/>", "not readable as a record of its type")]
    public void What_a_zone_file_cannot_say_is_reported_with_the_reason(string policy, string reason)
    {
        var file = Of(Set("a.example.", "A", policy, "192.0.2.1"));
        var loss = JsonElement.Parse(Assert.Single(Lines(file.Losses)));
        Assert.Equal(("a.example.", "A", reason), (loss.GetProperty("name").GetString(), loss.GetProperty("type").GetString(), loss.GetProperty("reason").GetString()));
        Assert.Equal(policy.Contains("<SetIdentifier>", StringComparison.Ordinal) ? "one" : null, loss.TryGetProperty("setIdentifier", out var identifier) ? identifier.GetString() : null);
        Assert.DoesNotContain("192.0.2.1", Encoding.UTF8.GetString(file.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_begins_with_its_origin_and_the_SOA_and_says_how_much_is_missing()
    {
        var file = Of(
            Set("example.", "NS", "", "ns.other."), Set("example.", "SOA", "", "ns.other. host.other. 1 2 3 4 5"),
            Set(@"\052.example.", "CNAME", "", "example."), Set("w.example.", "A", "<SetIdentifier>x</SetIdentifier><Weight>1</Weight>", "192.0.2.1"));
        Assert.Equal(
        [
            "; example. as it was in the hosted zone Z1: 3 of 4 record sets.", "; zone-losses.jsonl names the 1 that no zone file can say.", "$ORIGIN example.",
            "example.\t300\tIN\tSOA\tns.other. host.other. 1 2 3 4 5", "example.\t300\tIN\tNS\tns.other.", "*.example.\t300\tIN\tCNAME\texample.",
        ], Lines(file.Text));
    }

    [Fact]
    public void One_value_that_cannot_be_read_keeps_its_whole_record_set_out()
    {
        var file = Of(Set("a.example.", "A", "", "192.0.2.1", "not an address"));
        Assert.Single(Lines(file.Losses));
        Assert.DoesNotContain("192.0.2.1", Encoding.UTF8.GetString(file.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void No_value_can_add_a_line_a_directive_or_a_comment()
    {
        string[] types = ["A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];
        var letters = Gen.Elements([.. "ab1 09.\\\"\n\r\t;()$@é\0=,*".Select(letter => letter.ToString())]);
        var values = letters.ListOf().Select(string.Concat);
        Check.QuickThrowOnFailure(Prop.ForAll(values.ToArbitrary(), value =>
        {
            foreach (var type in types)
            {
                if (RecordData.Write(type, value) is not { } written) continue;
                Assert.DoesNotContain(written, letter => letter is < ' ' or > '~');
                var outside = OutsideStrings(written);
                Assert.DoesNotContain(outside, letter => letter is ';' or '(' or ')' or '@' or '$');
            }
        }));
    }

    [Fact]
    public void A_text_that_is_written_reads_as_the_same_octets()
    {
        Assert.Equal([(byte)' '], ReadDecimal(RecordData.Write("TXT", "\" \"")!));
        var octets = Gen.Choose(0, 255).Select(octet => (byte)octet).ListOf();
        Check.QuickThrowOnFailure(Prop.ForAll(octets.ToArbitrary(), list =>
        {
            var asked = $"\"{string.Concat(list.Select(octet => $"\\{Convert.ToString(octet, 8).PadLeft(3, '0')}"))}\"";
            Assert.Equal(list, ReadDecimal(RecordData.Write("TXT", asked)!));
        }));
    }

    private static ZoneFile Of(params XElement[] sets) => ZoneFile.Of("example", "Z1", RecordSet.In(new("ListResourceRecordSetsResponse", new XElement("ResourceRecordSets", sets))));

    private static XElement Set(string name, string type, string policy, params string[] values) => XElement.Parse(
        $"<ResourceRecordSet><Name>{name}</Name><Type>{type}</Type>{policy}<TTL>300</TTL><ResourceRecords>{string.Concat(values.Select(value => $"<ResourceRecord><Value>{value}</Value></ResourceRecord>"))}</ResourceRecords></ResourceRecordSet>");

    private static string[] Lines(byte[] text) => Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string OutsideStrings(string written)
    {
        var (outside, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '\\') i++;
            else if (written[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted) outside.Append(written[i]);
        }
        Assert.False(isQuoted);
        return outside.ToString();
    }

    /// <summary>Reads strings as RFC 1035 says, without the code that is tested.</summary>
    private static List<byte> ReadDecimal(string written)
    {
        List<byte> octets = [];
        var isQuoted = false;
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '"')
            {
                isQuoted = !isQuoted;
                continue;
            }
            if (!isQuoted) continue;
            if (written[i] != '\\') octets.Add((byte)written[i]);
            else if (char.IsAsciiDigit(written[i + 1]))
            {
                octets.Add(byte.Parse(written.AsSpan(i + 1, 3), null));
                i += 3;
            }
            else octets.Add((byte)written[++i]);
        }
        return octets;
    }
}
