using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>How mail comes back: configuration sets, which identities name, then identities, templates and lists.</summary>
internal sealed class SesRunbook : IRunbookPart
{
    public string Layer => SesLayer.LayerName;

    public RunbookStage Stage => RunbookStage.Mail;

    public void Write(RunbookSource source, RunbookPage page)
    {
        page.Layer(Layer);
        page.Shell(shell =>
        {
            Each(shell, "configuration-set", "configuration-set.json", "create-configuration-set",
                ["ConfigurationSetName", "TrackingOptions", "DeliveryOptions", "ReputationOptions", "SendingOptions", "Tags", "SuppressionOptions", "VdmOptions", "ArchivingOptions"]);
            Each(shell, "template", "template.json", "create-email-template", ["TemplateName", "TemplateContent", "Tags"]);
            Each(shell, "verification-template", "template.json", "create-custom-verification-email-template",
                ["TemplateName", "FromEmailAddress", "TemplateSubject", "TemplateContent", "SuccessRedirectionURL", "FailureRedirectionURL", "Tags"]);
            Each(shell, "contact-list", "contact-list.json", "create-contact-list", ["ContactListName", "Topics", "Description", "Tags"]);
        });
        foreach (var identity in source.Of(Layer, MailKind.Identity.Name)) WriteIdentity(identity, source, page);
        page.Hints(source.Resources.Where(resource => resource.Layer == Layer && (resource.Kind == MailKind.ReceiptRuleSet.Name || resource.Kind == MailKind.Account.Name))
            .Select(resource => (MailKind.Of(resource).FolderOf(resource), resource.Kind == MailKind.Account.Name ? "`aws sesv2 put-account-…-attributes`; `aws ses set-active-receipt-rule-set`" : "`aws ses create-receipt-rule-set`, `create-receipt-rule` for each rule in its order"))
            .Concat(source.Of(Layer, "configuration-set").Select(set => (MailKind.Of(set).FolderOf(set) + "event-destinations.json", "`aws sesv2 create-configuration-set-event-destination`"))));

        void Each(ShellBlock shell, string kind, string file, string operation, string[] members)
        {
            foreach (var resource in source.Of(Layer, kind))
                if (MailKind.Of(resource).FolderOf(resource) + file is var path && source.Has(path))
                    shell.Send(source.Json(path).Pick(members), System.Runtime.CompilerServices.FormattableStringFactory.Create($"request aws sesv2 {operation} --region {{0}}", resource.Region));
        }
    }

    private static void WriteIdentity(Resource identity, RunbookSource source, RunbookPage page)
    {
        var described = source.Json(MailKind.Of(identity).FolderOf(identity) + "identity.json");
        page.Heading("Identity", identity.Name, identity.Region);
        page.Restore("Restore-JadaEmailIdentity", "EmailIdentity", identity.Name);
        page.Shell(shell =>
        {
            shell.Send(described.Pick("ConfigurationSetName", "Tags").With("EmailIdentity", identity.Name), $"request aws sesv2 create-email-identity --region {identity.Region}");
            if (described.Member("MailFromAttributes").Text("MailFromDomain") is { } domain)
                shell.Add($"aws sesv2 put-email-identity-mail-from-attributes --region {identity.Region} --email-identity {identity.Name} --mail-from-domain {domain} --behavior-on-mx-failure {described.Member("MailFromAttributes").Text("BehaviorOnMxFailure") ?? "USE_DEFAULT_VALUE"}");
            foreach (var (name, policy) in described.Member("Policies").Texts())
                shell.Send(RunbookRequest.Of(("EmailIdentity", identity.Name), ("PolicyName", name), ("Policy", policy)), $"request aws sesv2 create-email-identity-policy --region {identity.Region}");
            if (described.Flag("FeedbackForwardingStatus") == false)
                shell.Add($"aws sesv2 put-email-identity-feedback-attributes --region {identity.Region} --email-identity {identity.Name} --no-email-forwarding-enabled");
        });
    }
}
