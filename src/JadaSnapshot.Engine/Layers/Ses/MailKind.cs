using JadaSnapshot.Engine.Store;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>One kind of what SES keeps: how it is listed, and the documents that tell all of one.</summary>
/// <param name="Name">The kind, as in the manifest.</param>
/// <param name="Folder">The folder of all of the kind, below that of the region.</param>
/// <param name="Documents">The documents.</param>
internal sealed record MailKind(string Name, string Folder, params IReadOnlyList<MailDocument> Documents)
{
    private const string Root = "/v2/email/";

    public static MailKind Identity { get; } = new("identity", "identities",
        new("identity.json", "GetEmailIdentity") { Path = Root + "identities/{}" },
        new("notifications.xml", "GetIdentityNotificationAttributes") { Parameter = "Identities.member.1" })
    {
        List = new("ListEmailIdentities", Root + "identities", "EmailIdentities", "IdentityName"),
    };

    /// <summary>The account's settings in a region; there is one of it.</summary>
    public static MailKind Account { get; } = new("account", "account",
        new("account.json", "GetAccount") { Path = Root + "account" },
        new("receipt-filters.xml", "ListReceiptFilters"),
        new("active-receipt-rule-set.xml", "DescribeActiveReceiptRuleSet"));

    /// <summary>Known to the first version of the API alone, which lists it in its own way.</summary>
    public static MailKind ReceiptRuleSet { get; } = new("receipt-rule-set", "receipt-rule-sets",
        new MailDocument("receipt-rule-set.xml", "DescribeReceiptRuleSet") { Parameter = "RuleSetName" });

    public static IReadOnlyList<MailKind> All { get; } =
    [
        Identity,
        new("template", "templates", new MailDocument("template.json", "GetEmailTemplate") { Path = Root + "templates/{}" })
        {
            List = new("ListEmailTemplates", Root + "templates", "TemplatesMetadata", "TemplateName") { PageSize = "100" },
        },
        new("verification-template", "verification-templates", new MailDocument("template.json", "GetCustomVerificationEmailTemplate") { Path = Root + "custom-verification-email-templates/{}" })
        {
            List = new("ListCustomVerificationEmailTemplates", Root + "custom-verification-email-templates", "CustomVerificationEmailTemplates", "TemplateName") { PageSize = "50" },
        },
        new("configuration-set", "configuration-sets",
            new("configuration-set.json", "GetConfigurationSet") { Path = Root + "configuration-sets/{}" },
            new("event-destinations.json", "GetConfigurationSetEventDestinations") { Path = Root + "configuration-sets/{}/event-destinations" })
        {
            List = new("ListConfigurationSets", Root + "configuration-sets", "ConfigurationSets", null),
        },
        new("contact-list", "contact-lists", new MailDocument("contact-list.json", "GetContactList") { Path = Root + "contact-lists/{}" })
        {
            List = new("ListContactLists", Root + "contact-lists", "ContactLists", "ContactListName"),
        },
        ReceiptRuleSet,
        Account,
    ];

    /// <summary>How the second version of the API lists the kind; null where it does not.</summary>
    public MailList? List { get; private init; }

    public static MailKind Of(Resource resource) => All.FirstOrDefault(kind => kind.Name == resource.Kind) ?? throw new ArgumentException($"SES has no {resource.Kind}.", nameof(resource));

    /// <summary>Where the files of a resource lie.</summary>
    public string FolderOf(Resource resource)
    {
        var folder = $"aws-configs/ses/{PathNames.FromName(resource.Region)}/{Folder}/";
        return this == Account ? folder : $"{folder}{PathNames.FromName(resource.Name)}/";
    }
}
