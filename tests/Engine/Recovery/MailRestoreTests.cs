using System.Text;
using JadaSnapshot.Engine.Layers.Ses;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Recovery;

public sealed class MailRestoreTests : RestoreTest
{
    [Fact]
    public async Task Mail_comes_back_elsewhere_and_says_what_people_have_to_do()
    {
        await using var host = await EmptyAsync();
        await MakeAsync(host);
        await using var target = await EmptyAsync(Elsewhere);
        var notes = (await RestoreWhollyAsync(target, await SnapshotAsync(host, "ses"))).SelectMany(result => result.Notes).ToList();

        Assert.Contains(notes, note => note.Contains("._domainkey.sailjada.com CNAME ", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.StartsWith("SES has written to captain@sailjada.com", StringComparison.Ordinal));
        var rules = (await FirstAsync(target, "DescribeActiveReceiptRuleSet")).Xml().All("DescribeActiveReceiptRuleSetResult", "Rules", "member").Select(rule => rule.Text("Name"));
        Assert.Equal(["first", "second"], rules);
        var identity = await SecondAsync(target, "GET", "identities/sailjada.com");
        Assert.Contains($":{Elsewhere}:identity/sailjada.com", identity.Json().Member("Policies").Text("partner"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_put_back()
    {
        await using var host = await EmptyAsync();
        await MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "ses");
        Assert.Empty(ToDo(await PlanAsync(host, snapshot)));

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

        Assert.Equal(
            ["contact-list guests", "configuration-set orders", "identity sailjada.com", "template survey", "receipt-rule-set inbound", "account us-west-2"],
            (await PlanAsync(host, snapshot)).Where(step => step.Action == RestoreAction.Update).Select(step => $"{step.Kind} {step.Name}").Distinct().OrderBy(name => name.Split(' ')[1], StringComparer.Ordinal).OrderBy(name => Array.IndexOf(["guests", "orders", "sailjada.com", "survey", "inbound", "us-west-2"], name.Split(' ')[1])));
        await RestoreWhollyAsync(host, snapshot);
    }

    [Fact]
    public async Task Answers_that_are_lost_make_nothing_twice()
    {
        await using var host = await EmptyAsync();
        await MakeAsync(host);
        var snapshot = await SnapshotAsync(host, "ses");
        await using var target = await EmptyAsync(Elsewhere);
        foreach (var service in (string[])["ses", "sesv2"]) target.Faults.Add(Fault.Parse($"service={service},operation=Create*,kind=reset,every=2"));
        await RestoreWhollyAsync(target, snapshot);
    }

    private static async Task MakeAsync(SandboxHost host)
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
        await FirstAsync(host, "CreateReceiptRuleSet", ("RuleSetName", "inbound"));
        foreach (var (name, after) in new[] { ("first", ""), ("second", "first") })
            await FirstAsync(host, "CreateReceiptRule", [("RuleSetName", "inbound"), .. after.Length == 0 ? [] : ((string, string)[])[("After", after)], ("Rule.Name", name), ("Rule.Enabled", "true"), ("Rule.Recipients.member.1", "crew@sailjada.com"), ("Rule.Actions.member.1.AddHeaderAction.HeaderName", "X-Site"), ("Rule.Actions.member.1.AddHeaderAction.HeaderValue", name), ("Rule.Actions.member.2.StopAction.Scope", "RuleSet")]);
        await FirstAsync(host, "CreateReceiptFilter", ("Filter.Name", "spammers"), ("Filter.IpFilter.Policy", "Block"), ("Filter.IpFilter.Cidr", "198.51.100.0/24"));
        await FirstAsync(host, "SetActiveReceiptRuleSet", ("RuleSetName", "inbound"));
    }

    private static Task<WireResponse> SecondAsync(SandboxHost host, string method, string path, string? body = null) =>
        CallAsync(host, SesService.Second, new() { Operation = "Any", Method = method, Path = $"/v2/email/{path}", Body = body is null ? default : Encoding.UTF8.GetBytes(body) });

    private static Task<WireResponse> FirstAsync(SandboxHost host, string operation, params (string Name, string Value)[] parameters) =>
        CallAsync(host, SesService.First, new() { Operation = operation, Parameters = [.. parameters.Select(each => KeyValuePair.Create(each.Name, each.Value))] });
}
