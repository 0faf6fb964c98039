using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Services.SesV2;

namespace JadaSnapshot.Sandbox.Estate.Zones;

/// <summary>What every zone of a site has: mail, its policies, certificates, distributions.</summary>
internal static class CommonRecords
{
    public static IEnumerable<RecordSet> Of(string domain, ZoneSurroundings around) =>
    [
        new(domain, "MX", "1 aspmx.l.google.com.", "5 alt1.aspmx.l.google.com.", "10 alt3.aspmx.l.google.com.") { Ttl = 3600 },
        new(domain, "TXT", "\"v=spf1 include:_spf.google.com include:amazonses.com ~all\"", "\"google-site-verification=8Zk-sailing-San_Diego\""),
        new(domain, "CAA", "0 issue \"amazon.com\"", "0 issue \"letsencrypt.org\"", "0 iodef \"mailto:captain@sailjada.com\"") { Ttl = 86400 },
        new($"_dmarc.{domain}", "TXT", $"\"v=DMARC1; p=quarantine; rua=mailto:dmarc@{domain}\""),
        new($"google._domainkey.{domain}", "TXT", LongText(domain)) { Ttl = 3600 },
        .. IdentityDetail.TokensOf(SandboxWorld.EstateAccount, EstateNames.West, domain).Select(token => new RecordSet($"{token}._domainkey.{domain}", "CNAME", $"{token}.dkim.amazonses.com") { Ttl = 1800 }),
        new($"_3639ac514e785e898d2646601fa951d5.{domain}", "CNAME", "_98d2646601fa951d53639ac514e785e8.acm-validations.aws."),
        .. around.Distributions.Where(each => each.Key == domain || each.Key.EndsWith($".{domain}", StringComparison.Ordinal))
            .Where(each => !each.Key.StartsWith("staging.", StringComparison.Ordinal) || each.Key == $"staging.{domain}")
            .Where(each => !IsServedOtherwise(each.Key))
            .SelectMany(each => RecordSet.Distribution(each.Key, each.Value)),
    ];

    /// <summary>A key of 2,048 bits does not fit one string of 255 bytes.</summary>
    private static string LongText(string domain)
    {
        var key = new Dice(0, $"dkim/{domain}").Bytes(294);
        var text = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key)}";
        return $"\"{text[..255]}\" \"{text[255..]}\"";
    }

    /// <summary>These names go to a website endpoint, or by a routing policy, and not straight to their distribution.</summary>
    private static bool IsServedOtherwise(string name) => name is "fireworks.queenofsandiego.com" or "live.sailjada.com" or "auction.salejada.com";
}
