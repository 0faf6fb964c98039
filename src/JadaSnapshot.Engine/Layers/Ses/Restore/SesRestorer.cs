using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Recovery;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>
/// Brings back what mail is sent with: configuration sets, identities, templates, contact lists
/// (<see href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Operations.html"/>).
/// </summary>
internal sealed class SesRestorer : Restorer
{
    private const string IdentityKind = "identity", Template = "template", VerificationTemplate = "verification-template", ConfigurationSet = "configuration-set", ContactList = "contact-list";
    private const string Identities = "/v2/email/identities", Templates = "/v2/email/templates", VerificationTemplates = "/v2/email/custom-verification-email-templates", Sets = "/v2/email/configuration-sets", Lists = "/v2/email/contact-lists";
    private const string IdentityDocument = "identity.json", SetDocument = "configuration-set.json", ListDocument = "contact-list.json", TemplateDocument = "template.json";

    // Each group of options is put by itself.
    private static readonly (string Group, string Operation, string Path)[] Options =
    [
        ("TrackingOptions", "PutConfigurationSetTrackingOptions", "tracking-options"), ("DeliveryOptions", "PutConfigurationSetDeliveryOptions", "delivery-options"),
        ("ReputationOptions", "PutConfigurationSetReputationOptions", "reputation-options"), ("SendingOptions", "PutConfigurationSetSendingOptions", "sending"),
        ("SuppressionOptions", "PutConfigurationSetSuppressionOptions", "suppression-options"), ("ArchivingOptions", "PutConfigurationSetArchivingOptions", "archiving-options"),
    ];

    private static readonly string[] Notifications = ["Bounce", "Complaint", "Delivery"];

    public override string Layer => SesLayer.LayerName;

    public override IReadOnlyList<string> Kinds => [ConfigurationSet, IdentityKind, Template, VerificationTemplate, ContactList];

    public override RestorePhase Phase => RestorePhase.Mail;

    public override IReadOnlyList<RestorePart> Parts =>
    [
        new(IdentityDocument, PutIdentityAsync),
        new("notifications.xml", PutNotificationsAsync),
        new(TemplateDocument, (work, cancel) => work.Resource.Kind == Template ? PutTemplateAsync(work, cancel) : PutVerificationTemplateAsync(work, cancel)) { IsInCreate = true },
        new(SetDocument, PutSetAsync) { IsInCreate = true },
        new("event-destinations.json", PutDestinationsAsync),
        new(ListDocument, PutListAsync) { IsInCreate = true },
    ];

    public override IReadOnlyList<Loss> Losses =>
    [
        new(IdentityDocument, "Verif*", "is found out by SES from the records in the DNS, or when the owner of an address confirms it"),
        new(IdentityDocument, "DkimAttributes.Status", "is found out by SES from the records in the DNS"),
        new(IdentityDocument, "DkimAttributes.LastKeyGenerationTimestamp", "is the time at which SES made the keys"),
        new(IdentityDocument, "DkimAttributes.CurrentSigningKeyLength", "is that of the keys that are in use"),
        new(IdentityDocument, "MailFromAttributes.MailFromDomainStatus", "is found out by SES from the records in the DNS"),
        new(ListDocument, "CreatedTimestamp", "is the time at which it was made"),
    ];

    public override int Rank(string kind) => kind switch
    {
        ConfigurationSet => 0,
        VerificationTemplate => 2,
        _ => 1,
    };

    public override Naming Naming(string kind) => kind == IdentityKind ? Recovery.Naming.Fixed : Recovery.Naming.Chosen;

    public override bool CanDelete(string kind) => true;

    // The records of a domain's DKIM are called by them.
    public override IReadOnlyList<string> OtherIdentifiers(Resource resource, ResourceDocuments documents) => resource.Kind == IdentityKind ? Tokens(documents.Json(IdentityDocument)) : [];

    public override string? WhyFixed(string kind, string document, string path) => (document, path) switch
    {
        (IdentityDocument, "DkimAttributes.SigningAttributesOrigin") => "whose DKIM key it is can be changed only with the private key, which SES never shows: aws sesv2 put-email-identity-dkim-signing-attributes",
        (IdentityDocument, _) when path.StartsWith("DkimAttributes.Tokens", StringComparison.Ordinal) => "the names of DKIM keys are given by SES, or go with a private key that it never shows",
        _ => null,
    };

    public override Task CreateAsync(RestoreWork work, CancellationToken cancel) => work.Resource.Kind switch
    {
        IdentityKind => CreateIdentityAsync(work, cancel),
        Template => CreateAsync(work, "CreateEmailTemplate", Templates, work.Documents.Json(TemplateDocument), () => PutTemplateAsync(work, cancel), [], cancel),
        VerificationTemplate => CreateAsync(work, "CreateCustomVerificationEmailTemplate", VerificationTemplates, work.Documents.Json(TemplateDocument), () => PutVerificationTemplateAsync(work, cancel), [], cancel),
        ConfigurationSet => CreateAsync(work, "CreateConfigurationSet", Sets, work.Documents.Json(SetDocument), () => PutSetAsync(work, cancel), [], cancel),
        _ => CreateAsync(work, "CreateContactList", Lists, work.Documents.Json(ListDocument), () => PutListAsync(work, cancel), ["CreatedTimestamp", "LastUpdatedTimestamp"], cancel),
    };

    public override Task DeleteAsync(RestoreWork work, CancellationToken cancel)
    {
        var (operation, path) = work.Resource.Kind switch
        {
            IdentityKind => ("DeleteEmailIdentity", Identities),
            Template => ("DeleteEmailTemplate", Templates),
            VerificationTemplate => ("DeleteCustomVerificationEmailTemplate", VerificationTemplates),
            ConfigurationSet => ("DeleteConfigurationSet", Sets),
            _ => ("DeleteContactList", Lists),
        };
        return new MailCalls(work, cancel).SendAsync(operation, "DELETE", WirePath.Of(path + "/{}", work.RequiredId));
    }

    private static async Task CreateAsync(RestoreWork work, string operation, string path, JsonElement document, Func<Task> put, IReadOnlyList<string> without, CancellationToken cancel)
    {
        var isNew = await MailCalls.OnceAsync(() => new MailCalls(work, cancel).SendAsync(operation, "POST", path, document, without));
        work.Created(work.Name);
        if (!isNew) await put();
    }

    private static async Task CreateIdentityAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var identity = work.Documents.Json(IdentityDocument);
        var isOwn = identity.Member("DkimAttributes").Text("SigningAttributesOrigin") == "EXTERNAL";
        await MailCalls.OnceAsync(() => calls.SendAsync("CreateEmailIdentity", "POST", Identities, json =>
        {
            json.WriteString("EmailIdentity", work.Name);
            json.WriteVerbatim("Tags", identity.Member("Tags"));
            if (identity.Text("ConfigurationSetName") is { } set) json.WriteString("ConfigurationSetName", set);
        }));
        var made = await calls.GetAsync("GetEmailIdentity", WirePath.Of(Identities + "/{}", work.Name));
        var tokens = Tokens(made);
        work.Created(work.Name, null, isOwn ? [] : tokens);
        if (identity.Text("IdentityType") == "EMAIL_ADDRESS") work.Note($"SES has written to {work.Name}: its owner has to follow the link in that mail before it can send.");
        else if (tokens.Count > 0)
            work.Note($"The DNS of {work.Name} has to have {string.Join(", ", tokens.Select(token => $"{token}._domainkey.{work.Name} CNAME {token}.dkim.amazonses.com"))}; the records of a zone that is restored with it are written so.");
        if (isOwn) work.Note($"{work.Name} was signed with a DKIM key of its owner's, which SES never shows. SES has made keys of its own; give it the other by aws sesv2 put-email-identity-dkim-signing-attributes.");
    }

    private static async Task PutIdentityAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var path = WirePath.Of(Identities + "/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json(IdentityDocument), await calls.GetAsync("GetEmailIdentity", path));
        var (dkim, signs) = (wanted.Member("DkimAttributes"), live.Member("DkimAttributes"));
        if (dkim.Flag("SigningEnabled") is { } isSigning && isSigning != signs.Flag("SigningEnabled"))
            await calls.SendAsync("PutEmailIdentityDkimAttributes", "PUT", $"{path}/dkim", json => json.WriteBoolean("SigningEnabled", isSigning));
        if (dkim.Text("NextSigningKeyLength") is { } length && length != signs.Text("NextSigningKeyLength"))
            await calls.SendAsync("PutEmailIdentityDkimSigningAttributes", "PUT", $"{path}/dkim/signing", json =>
            {
                json.WriteString("SigningAttributesOrigin", "AWS_SES");
                json.WriteStartObject("SigningAttributes");
                json.WriteString("NextSigningKeyLength", length);
                json.WriteEndObject();
            });
        var (mailFrom, had) = (wanted.Member("MailFromAttributes"), live.Member("MailFromAttributes"));
        if (mailFrom.Text("MailFromDomain") != had.Text("MailFromDomain") || mailFrom.Text("BehaviorOnMxFailure") != had.Text("BehaviorOnMxFailure"))
            await calls.SendAsync("PutEmailIdentityMailFromAttributes", "PUT", $"{path}/mail-from", mailFrom, "MailFromDomainStatus");
        if (wanted.Flag("FeedbackForwardingStatus") is { } forwards && forwards != live.Flag("FeedbackForwardingStatus"))
            await calls.SendAsync("PutEmailIdentityFeedbackAttributes", "PUT", $"{path}/feedback", json => json.WriteBoolean("EmailForwardingEnabled", forwards));
        if (wanted.Text("ConfigurationSetName") != live.Text("ConfigurationSetName"))
            await calls.SendAsync("PutEmailIdentityConfigurationSetAttributes", "PUT", $"{path}/configuration-set", json =>
            {
                if (wanted.Text("ConfigurationSetName") is { } set) json.WriteString("ConfigurationSetName", set);
            });
        var (policies, were) = (wanted.Member("Policies").Texts(), live.Member("Policies").Texts());
        foreach (var (name, policy) in policies)
        {
            if (were.GetValueOrDefault(name) == policy) continue;
            await MailCalls.OnceAsync(() => calls.SendAsync(were.ContainsKey(name) ? "UpdateEmailIdentityPolicy" : "CreateEmailIdentityPolicy", were.ContainsKey(name) ? "PUT" : "POST", WirePath.Of(path + "/policies/{}", name), json => json.WriteString("Policy", policy)));
        }
        foreach (var name in were.Keys.Except(policies.Keys)) await calls.SendAsync("DeleteEmailIdentityPolicy", "DELETE", WirePath.Of(path + "/policies/{}", name));
        await calls.PutTagsAsync($"identity/{work.RequiredId}", wanted, live);
    }

    // Whether mail about mail is sent on is a setting of the identity.
    private static async Task PutNotificationsAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var (wanted, live) = (Attributes(work.Documents), Attributes(work.Live));
        foreach (var kind in Notifications)
        {
            var topic = wanted.GetValueOrDefault($"{kind}Topic");
            if (topic != live.GetValueOrDefault($"{kind}Topic"))
                await calls.SendAsync("SetIdentityNotificationTopic", [new("Identity", work.RequiredId), new("NotificationType", kind), .. topic is null ? [] : (KeyValuePair<string, string>[])[new("SnsTopic", topic)]]);
            var headers = wanted.GetValueOrDefault($"HeadersIn{kind}NotificationsEnabled") ?? "false";
            if (headers != (live.GetValueOrDefault($"HeadersIn{kind}NotificationsEnabled") ?? "false"))
                await calls.SendAsync("SetIdentityHeadersInNotificationsEnabled", [new("Identity", work.RequiredId), new("NotificationType", kind), new("Enabled", headers)]);
        }
    }

    private static async Task PutTemplateAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var (wanted, live) = (work.Documents.Json(TemplateDocument), work.Live.Json(TemplateDocument));
        if (MailCalls.Differs(wanted.Member("TemplateContent"), live.Member("TemplateContent")))
            await calls.SendAsync("UpdateEmailTemplate", "PUT", WirePath.Of(Templates + "/{}", work.RequiredId), json => json.WriteVerbatim("TemplateContent", wanted.Member("TemplateContent")));
        await calls.PutTagsAsync($"template/{work.RequiredId}", wanted, live);
    }

    private static Task<WireResponse> PutVerificationTemplateAsync(RestoreWork work, CancellationToken cancel) => new MailCalls(work, cancel).SendAsync(
        "UpdateCustomVerificationEmailTemplate", "PUT", WirePath.Of(VerificationTemplates + "/{}", work.RequiredId), work.Documents.Json(TemplateDocument), "TemplateName", "Tags");

    private static async Task PutSetAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var path = WirePath.Of(Sets + "/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json(SetDocument), await calls.GetAsync("GetConfigurationSet", path));
        foreach (var (group, operation, place) in Options)
            if (MailCalls.Differs(wanted.Member(group), live.Member(group))) await calls.SendAsync(operation, "PUT", $"{path}/{place}", wanted.Member(group));
        if (MailCalls.Differs(wanted.Member("VdmOptions"), live.Member("VdmOptions"))) await calls.SendAsync("PutConfigurationSetVdmOptions", "PUT", $"{path}/vdm-options", json => json.WriteVerbatim("VdmOptions", wanted.Member("VdmOptions")));
        await calls.PutTagsAsync($"configuration-set/{work.RequiredId}", wanted, live);
    }

    private static async Task PutDestinationsAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var path = WirePath.Of(Sets + "/{}/event-destinations", work.RequiredId);
        var wanted = Destinations(work.Documents.Json("event-destinations.json"));
        var live = Destinations(await calls.GetAsync("GetConfigurationSetEventDestinations", path));
        foreach (var (name, destination) in wanted)
        {
            if (!live.TryGetValue(name, out var had))
                await MailCalls.OnceAsync(() => calls.SendAsync("CreateConfigurationSetEventDestination", "POST", path, json =>
                {
                    json.WriteString("EventDestinationName", name);
                    WriteDestination(json, destination);
                }));
            else if (MailCalls.Differs(destination, had)) await calls.SendAsync("UpdateConfigurationSetEventDestination", "PUT", WirePath.Of(path + "/{}", name), json => WriteDestination(json, destination));
        }
        foreach (var name in live.Keys.Except(wanted.Keys)) await calls.SendAsync("DeleteConfigurationSetEventDestination", "DELETE", WirePath.Of(path + "/{}", name));
    }

    private static void WriteDestination(Utf8JsonWriter json, JsonElement destination)
    {
        json.WriteStartObject("EventDestination");
        MailCalls.WriteWithout(json, destination, "Name");
        json.WriteEndObject();
    }

    private static async Task PutListAsync(RestoreWork work, CancellationToken cancel)
    {
        var calls = new MailCalls(work, cancel);
        var path = WirePath.Of(Lists + "/{}", work.RequiredId);
        var (wanted, live) = (work.Documents.Json(ListDocument), await calls.GetAsync("GetContactList", path));
        if (MailCalls.Differs(wanted.Member("Topics"), live.Member("Topics")) || wanted.Text("Description") != live.Text("Description"))
            await calls.SendAsync("UpdateContactList", "PUT", path, wanted, "ContactListName", "Tags", "CreatedTimestamp", "LastUpdatedTimestamp");
        await calls.PutTagsAsync($"contact-list/{work.RequiredId}", wanted, live);
    }

    private static List<string> Tokens(JsonElement identity) => [.. identity.Member("DkimAttributes").Items("Tokens").Where(token => token.ValueKind == JsonValueKind.String).Select(token => token.GetString()!)];

    private static Dictionary<string, JsonElement> Destinations(JsonElement document) => document.Items("EventDestinations").Where(each => each.Text("Name") is not null).ToDictionary(each => each.Text("Name")!, StringComparer.Ordinal);

    private static Dictionary<string, string> Attributes(ResourceDocuments documents) =>
        documents.Xml("notifications.xml")?.All("GetIdentityNotificationAttributesResult", "NotificationAttributes", "entry", "value").SelectMany(value => value.Elements()).ToDictionary(each => each.Name.LocalName, each => each.Value, StringComparer.Ordinal) ?? [];
}
