using System.Text.Json.Nodes;

namespace JadaSnapshot.Sandbox.Estate.Mail;

/// <summary>Sets up how the sites send mail, and what they receive.</summary>
internal static class MailBuilder
{
    public static async Task BuildAsync(EstateScript script)
    {
        script.Clock.Set(700);
        await ConfigureAccountAsync(script);
        await CreateConfigurationSetsAsync(script);
        await IdentityBuilder.BuildAsync(script);
        foreach (var (name, content) in MailTemplates.All)
        {
            script.Clock.Pass(TimeSpan.FromDays(11));
            await script.SesV2Async("POST", "templates", new JsonObject { ["TemplateName"] = name, ["TemplateContent"] = content.DeepClone() });
        }
        await script.SesV2Async("POST", "custom-verification-email-templates", MailTemplates.Verification());
        await script.SesV2Async("POST", "contact-lists", Newsletter());
        await ReceiptBuilder.BuildAsync(script);
    }

    private static async Task ConfigureAccountAsync(EstateScript script)
    {
        await script.SesV2Async("PUT", "account/suppression", new JsonObject { ["SuppressedReasons"] = new JsonArray("BOUNCE", "COMPLAINT") });
        await script.SesV2Async("POST", "account/details", new JsonObject
        {
            ["MailType"] = "TRANSACTIONAL",
            ["WebsiteURL"] = $"https://{EstateNames.Sail}",
            ["ContactLanguage"] = "EN",
            ["AdditionalContactEmailAddresses"] = new JsonArray($"captain@{EstateNames.Sail}"),
        });
    }

    private static async Task CreateConfigurationSetsAsync(EstateScript script)
    {
        await script.SesV2Async("POST", "configuration-sets", new JsonObject
        {
            ["ConfigurationSetName"] = IdentityBuilder.Transactional,
            ["DeliveryOptions"] = new JsonObject { ["TlsPolicy"] = "REQUIRE" },
            ["ReputationOptions"] = new JsonObject { ["ReputationMetricsEnabled"] = true },
            ["SendingOptions"] = new JsonObject { ["SendingEnabled"] = true },
            ["SuppressionOptions"] = new JsonObject { ["SuppressedReasons"] = new JsonArray("BOUNCE", "COMPLAINT") },
            ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "owner", ["Value"] = "crew" }),
        });
        await TellAsync(script, IdentityBuilder.Transactional, "bounces", ["BOUNCE", "COMPLAINT"], "SnsDestination", new() { ["TopicArn"] = IdentityBuilder.TopicArn(script, "mail-bounces") });
        await TellAsync(script, IdentityBuilder.Transactional, "metrics", ["SEND", "DELIVERY"], "CloudWatchDestination", new()
        {
            ["DimensionConfigurations"] = new JsonArray(new JsonObject { ["DimensionName"] = "site", ["DimensionValueSource"] = "MESSAGE_TAG", ["DefaultDimensionValue"] = "none" }),
        });
        await script.SesV2Async("POST", "configuration-sets", new JsonObject
        {
            ["ConfigurationSetName"] = "jada-newsletter",
            ["TrackingOptions"] = new JsonObject { ["CustomRedirectDomain"] = $"click.{EstateNames.Sail}", ["HttpsPolicy"] = "REQUIRE" },
        });
        await TellAsync(script, "jada-newsletter", "bus", ["OPEN", "CLICK"], "EventBridgeDestination",
            new() { ["EventBusArn"] = $"arn:aws:events:{EstateNames.West}:{script.World.Account}:event-bus/default" });
    }

    private static Task TellAsync(EstateScript script, string set, string name, string[] events, string kind, JsonObject destination) =>
        script.SesV2Async("POST", $"configuration-sets/{set}/event-destinations", new JsonObject
        {
            ["EventDestinationName"] = name,
            ["EventDestination"] = new JsonObject { ["Enabled"] = true, ["MatchingEventTypes"] = new JsonArray([.. events.Select(each => (JsonNode)each)]), [kind] = destination },
        });

    private static JsonObject Newsletter() => new()
    {
        ["ContactListName"] = "jada-guests",
        ["Description"] = "Guests who want to hear from us",
        ["Topics"] = new JsonArray(
            new JsonObject { ["TopicName"] = "sails", ["DisplayName"] = "Sails", ["Description"] = "New sails and seats left", ["DefaultSubscriptionStatus"] = "OPT_OUT" },
            new JsonObject { ["TopicName"] = "boats", ["DisplayName"] = "Boats for sale", ["DefaultSubscriptionStatus"] = "OPT_OUT" }),
        ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "owner", ["Value"] = "crew" }),
    };
}
