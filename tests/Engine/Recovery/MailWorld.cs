using System.Text;
using JadaSnapshot.Engine.Layers.Ses;
using JadaSnapshot.Engine.Tests.Sandbox;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;

namespace JadaSnapshot.Engine.Tests.Recovery;

/// <summary>Makes something of everything that SES has in a sandbox.</summary>
internal static class MailWorld
{
    /// <summary>Makes one of each.</summary>
    public static async Task MakeAsync(SandboxHost host)
    {
        var account = host.Options.Account;
        await SecondAsync(host, "POST", "configuration-sets", """{"ConfigurationSetName":"orders","DeliveryOptions":{"TlsPolicy":"REQUIRE"},"Tags":[{"Key":"owner","Value":"crew"}]}""");
        await SecondAsync(host, "POST", "configuration-sets/orders/event-destinations", $$$$"""{"EventDestinationName":"bounces","EventDestination":{"Enabled":true,"MatchingEventTypes":["BOUNCE"],"SnsDestination":{"TopicArn":"arn:aws:sns:us-west-2:{{{{account}}}}:bounces"}}}""");
        await SecondAsync(host, "POST", "identities", """{"EmailIdentity":"sailjada.com","ConfigurationSetName":"orders","Tags":[{"Key":"site","Value":"sailjada.com"}],"DkimSigningAttributes":{"NextSigningKeyLength":"RSA_2048_BIT"}}""");
        await SecondAsync(host, "POST", "identities", """{"EmailIdentity":"captain@sailjada.com"}""");
        await SecondAsync(host, "PUT", "identities/sailjada.com/feedback", """{"EmailForwardingEnabled":false}""");
        await SecondAsync(host, "PUT", "identities/sailjada.com/mail-from", """{"MailFromDomain":"mail.sailjada.com","BehaviorOnMxFailure":"USE_DEFAULT_VALUE"}""");
        await SecondAsync(host, "POST", "identities/sailjada.com/policies/partner", $$"""{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ses:SendEmail\",\"Resource\":\"arn:aws:ses:us-west-2:{{account}}:identity/sailjada.com\"}]}"}""");
        await FirstAsync(host, "SetIdentityNotificationTopic", ("Identity", "sailjada.com"), ("NotificationType", "Bounce"), ("SnsTopic", $"arn:aws:sns:us-west-2:{account}:bounces"));
        await FirstAsync(host, "SetIdentityHeadersInNotificationsEnabled", ("Identity", "sailjada.com"), ("NotificationType", "Bounce"), ("Enabled", "true"));
        await SecondAsync(host, "POST", "templates", """{"TemplateName":"survey","TemplateContent":{"Subject":"How was it?","Text":"Well?"}}""");
        await SecondAsync(host, "POST", "custom-verification-email-templates", """{"TemplateName":"crew","FromEmailAddress":"captain@sailjada.com","TemplateSubject":"Yours?","TemplateContent":"<p>Yours?</p>","SuccessRedirectionURL":"https://sailjada.com/yes","FailureRedirectionURL":"https://sailjada.com/no"}""");
        await SecondAsync(host, "POST", "contact-lists", """{"ContactListName":"guests","Description":"Guests","Topics":[{"TopicName":"sails","DisplayName":"Sails","DefaultSubscriptionStatus":"OPT_OUT"}],"Tags":[{"Key":"owner","Value":"crew"}]}""");
        await SecondAsync(host, "PUT", "account/suppression", """{"SuppressedReasons":["BOUNCE","COMPLAINT"]}""");
        await SecondAsync(host, "POST", "account/details", """{"MailType":"TRANSACTIONAL","WebsiteURL":"https://sailjada.com"}""");
        await FirstAsync(host, "CreateReceiptRuleSet", ("RuleSetName", "inbound"));
        foreach (var (name, after) in new[] { ("first", ""), ("second", "first") })
            await FirstAsync(host, "CreateReceiptRule", [("RuleSetName", "inbound"), .. after.Length == 0 ? [] : ((string, string)[])[("After", after)], ("Rule.Name", name), ("Rule.Enabled", "true"), ("Rule.Recipients.member.1", "crew@sailjada.com"), ("Rule.Actions.member.1.AddHeaderAction.HeaderName", "X-Site"), ("Rule.Actions.member.1.AddHeaderAction.HeaderValue", name), ("Rule.Actions.member.2.StopAction.Scope", "RuleSet")]);
        await FirstAsync(host, "CreateReceiptFilter", ("Filter.Name", "spammers"), ("Filter.IpFilter.Policy", "Block"), ("Filter.IpFilter.Cidr", "198.51.100.0/24"));
        await FirstAsync(host, "SetActiveReceiptRuleSet", ("RuleSetName", "inbound"));
    }

    /// <summary>Changes something of each by hand.</summary>
    public static async Task ChangeAsync(SandboxHost host)
    {
        await SecondAsync(host, "PUT", "identities/sailjada.com/feedback", """{"EmailForwardingEnabled":true}""");
        await SecondAsync(host, "PUT", "identities/sailjada.com/mail-from", """{"MailFromDomain":"post.sailjada.com","BehaviorOnMxFailure":"REJECT_MESSAGE"}""");
        await SecondAsync(host, "DELETE", "identities/sailjada.com/policies/partner");
        await FirstAsync(host, "SetIdentityNotificationTopic", ("Identity", "sailjada.com"), ("NotificationType", "Bounce"));
        await SecondAsync(host, "PUT", "templates/survey", """{"TemplateContent":{"Subject":"Changed","Text":"Changed"}}""");
        await SecondAsync(host, "PUT", "configuration-sets/orders/sending", """{"SendingEnabled":false}""");
        await SecondAsync(host, "DELETE", "configuration-sets/orders/event-destinations/bounces");
        await SecondAsync(host, "PUT", "contact-lists/guests", """{"Topics":[]}""");
        await SecondAsync(host, "PUT", "account/suppression", """{"SuppressedReasons":["BOUNCE"]}""");
        await FirstAsync(host, "DeleteReceiptRule", ("RuleSetName", "inbound"), ("RuleName", "first"));
        await FirstAsync(host, "DeleteReceiptFilter", ("FilterName", "spammers"));
        await FirstAsync(host, "SetActiveReceiptRuleSet");
    }

    /// <summary>Changes the rest, and adds to each.</summary>
    public static async Task AddAsync(SandboxHost host)
    {
        await SecondAsync(host, "PUT", "identities/sailjada.com/dkim", """{"SigningEnabled":false}""");
        await SecondAsync(host, "PUT", "identities/sailjada.com/dkim/signing", """{"SigningAttributesOrigin":"AWS_SES","SigningAttributes":{"NextSigningKeyLength":"RSA_1024_BIT"}}""");
        await SecondAsync(host, "PUT", "identities/sailjada.com/configuration-set", "{}");
        await SecondAsync(host, "PUT", "identities/sailjada.com/policies/partner", """{"Policy":"{}"}""");
        await SecondAsync(host, "POST", "identities/sailjada.com/policies/extra", """{"Policy":"{}"}""");
        await FirstAsync(host, "SetIdentityHeadersInNotificationsEnabled", ("Identity", "sailjada.com"), ("NotificationType", "Bounce"), ("Enabled", "false"));
        var account = host.Options.Account;
        await SecondAsync(host, "POST", "tags", $$"""{"ResourceArn":"arn:aws:ses:us-west-2:{{account}}:identity/sailjada.com","Tags":[{"Key":"site","Value":"changed"},{"Key":"extra","Value":"1"}]}""");
        await SecondAsync(host, "PUT", "custom-verification-email-templates/crew", """{"FromEmailAddress":"captain@sailjada.com","TemplateSubject":"Changed","TemplateContent":"<p>Yours?</p>","SuccessRedirectionURL":"https://sailjada.com/yes","FailureRedirectionURL":"https://sailjada.com/no"}""");
        foreach (var (path, body) in new[]
        {
            ("tracking-options", """{"CustomRedirectDomain":"click.sailjada.com"}"""), ("delivery-options", """{"TlsPolicy":"OPTIONAL"}"""), ("reputation-options", """{"ReputationMetricsEnabled":true}"""),
            ("suppression-options", """{"SuppressedReasons":["BOUNCE"]}"""), ("vdm-options", """{"VdmOptions":{"DashboardOptions":{"EngagementMetrics":"ENABLED"}}}"""), ("archiving-options", """{"ArchiveArn":"arn:aws:ses:us-west-2:123456789012:mailmanager-archive/a-1"}"""),
        })
            await SecondAsync(host, "PUT", $"configuration-sets/orders/{path}", body);
        await SecondAsync(host, "PUT", "configuration-sets/orders/event-destinations/bounces", $$$$"""{"EventDestination":{"Enabled":false,"MatchingEventTypes":["BOUNCE"],"SnsDestination":{"TopicArn":"arn:aws:sns:us-west-2:{{{{account}}}}:other"}}}""");
        await SecondAsync(host, "POST", "configuration-sets/orders/event-destinations", $$$$"""{"EventDestinationName":"extra","EventDestination":{"Enabled":true,"MatchingEventTypes":["SEND"],"SnsDestination":{"TopicArn":"arn:aws:sns:us-west-2:{{{{account}}}}:other"}}}""");
        await SecondAsync(host, "PUT", "account/sending", """{"SendingEnabled":false}""");
        await SecondAsync(host, "PUT", "account/vdm", """{"VdmAttributes":{"VdmEnabled":"ENABLED"}}""");
        await SecondAsync(host, "POST", "account/details", """{"MailType":"MARKETING","WebsiteURL":"https://other.example"}""");
        await FirstAsync(host, "SetReceiptRulePosition", ("RuleSetName", "inbound"), ("RuleName", "first"), ("After", "second"));
        await FirstAsync(host, "UpdateReceiptRule", ("RuleSetName", "inbound"), ("Rule.Name", "second"), ("Rule.Enabled", "false"));
        await FirstAsync(host, "CreateReceiptRule", ("RuleSetName", "inbound"), ("Rule.Name", "extra"));
        await FirstAsync(host, "CreateReceiptFilter", ("Filter.Name", "extra"), ("Filter.IpFilter.Policy", "Block"), ("Filter.IpFilter.Cidr", "203.0.113.0/24"));
    }

    public static Task<WireResponse> SecondAsync(SandboxHost host, string method, string path, string? body = null) =>
        host.CallAsync(SesService.Second, new() { Operation = "Any", Method = method, Path = $"/v2/email/{path}", Body = body is null ? default : Encoding.UTF8.GetBytes(body) });

    public static Task<WireResponse> FirstAsync(SandboxHost host, string operation, params (string Name, string Value)[] parameters) =>
        host.CallAsync(SesService.First, new() { Operation = operation, Parameters = [.. parameters.Select(each => KeyValuePair.Create(each.Name, each.Value))] });
}
