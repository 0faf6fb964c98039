using System.Text.Json;
using JadaSnapshot.Engine.Capture;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Layers.Ses;

/// <summary>Domains and addresses that mail is sent by, as typed objects.</summary>
public sealed class EmailIdentityView : ResourceView<EmailIdentity>
{
    private const string Document = "identity.json";

    /// <summary>All kinds of what SES keeps for an account, identities among them.</summary>
    public static IReadOnlyList<string> AccountKinds { get; } = [.. MailKind.All.Select(kind => kind.Name)];

    /// <inheritdoc/>
    public override string Layer => SesLayer.LayerName;

    /// <inheritdoc/>
    public override string Kind => MailKind.Identity.Name;

    /// <inheritdoc/>
    // The configuration set that an identity's mail goes through.
    public override bool HasSharedParts => true;

    /// <inheritdoc/>
    public override string Folder(Resource resource) => MailKind.Of(resource).FolderOf(resource);

    /// <inheritdoc/>
    public override bool Reads(string document) => document == Document;

    /// <inheritdoc/>
    public override EmailIdentity View(Resource resource, ResourceDocuments documents)
    {
        var identity = documents.Json(Document);
        var (dkim, mailFrom) = (identity.Member("DkimAttributes"), identity.Member("MailFromAttributes"));
        return new()
        {
            IdentityName = resource.Name,
            Region = resource.Region,
            IdentityType = identity.Text("IdentityType"),
            VerificationStatus = identity.Text("VerificationStatus"),
            SendingEnabled = identity.Flag("VerifiedForSendingStatus") == true,
            DkimEnabled = dkim.Flag("SigningEnabled") == true,
            DkimStatus = dkim.Text("Status"),
            DkimTokens = [.. dkim.Items("Tokens").Where(token => token.ValueKind == JsonValueKind.String).Select(token => token.GetString()!)],
            MailFromDomain = mailFrom.Text("MailFromDomain"),
            MailFromStatus = mailFrom.Text("MailFromDomain") is null ? null : mailFrom.Text("MailFromDomainStatus"),
            ConfigurationSetName = identity.Text("ConfigurationSetName"),
            FeedbackForwarding = identity.Flag("FeedbackForwardingStatus") == true,
            Policies = [.. identity.Member("Policies").Texts().Keys],
            Tags = identity.Items("Tags").Where(tag => tag.Text("Key") is not null).ToDictionary(tag => tag.Text("Key")!, tag => tag.Text("Value") ?? "", StringComparer.Ordinal),
        };
    }
}
