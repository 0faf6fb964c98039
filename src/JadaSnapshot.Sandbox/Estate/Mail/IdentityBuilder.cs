using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Services.SesV2;

namespace JadaSnapshot.Sandbox.Estate.Mail;

/// <summary>The three sites, whose zones have the records of their DKIM, and two addresses.</summary>
internal static class IdentityBuilder
{
    public const string Transactional = "jada-transactional";

    /// <summary>An address whose owner has confirmed it.</summary>
    public const string Captain = "captain@" + EstateNames.Sail;

    /// <summary>An address whose owner has not.</summary>
    public const string Partner = "office+sails@harborcam.example";

    public static string TopicArn(EstateScript script, string topic) => $"arn:aws:sns:{EstateNames.West}:{script.World.Account}:{topic}";

    public static async Task BuildAsync(EstateScript script)
    {
        foreach (var site in EstateNames.Sites) await CreateDomainAsync(script, site);
        await script.SesV2Async("POST", "identities", new JsonObject { ["EmailIdentity"] = Captain });
        script.World.Get<SesV2Service>().Confirm(EstateNames.West, Captain);
        await script.SesV2Async("POST", "identities", new JsonObject { ["EmailIdentity"] = Partner });
    }

    private static async Task CreateDomainAsync(EstateScript script, string site)
    {
        script.Clock.Pass(TimeSpan.FromDays(3));
        await script.SesV2Async("POST", "identities", new JsonObject
        {
            ["EmailIdentity"] = site,
            ["ConfigurationSetName"] = Transactional,
            ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "site", ["Value"] = site }),
        });
        if (site == EstateNames.Sale) return;
        await script.SesV2Async("PUT", $"identities/{site}/mail-from", new JsonObject { ["MailFromDomain"] = $"mail.{site}", ["BehaviorOnMxFailure"] = "USE_DEFAULT_VALUE" });
        await script.SesV2Async("PUT", $"identities/{site}/feedback", new JsonObject { ["EmailForwardingEnabled"] = false });
        foreach (var kind in new[] { "Bounce", "Complaint" })
        {
            await script.SesAsync("SetIdentityNotificationTopic", new("Identity", site), new("NotificationType", kind), new("SnsTopic", TopicArn(script, "mail-bounces")));
            await script.SesAsync("SetIdentityHeadersInNotificationsEnabled", new("Identity", site), new("NotificationType", kind), new("Enabled", "true"));
        }
        await script.SesV2Async("POST", $"identities/{site}/policies/partner", new JsonObject
        {
            ["Policy"] = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{script.World.Account}}"},"Action":"ses:SendEmail","Resource":"arn:aws:ses:{{EstateNames.West}}:{{script.World.Account}}:identity/{{site}}"}]}""",
        });
    }
}
