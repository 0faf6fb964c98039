using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Route53;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>Writes an identity. A domain is verified once the records of its DKIM tokens are in the public DNS.</summary>
internal sealed class IdentityDetail(SandboxWorld world, string region, Identity identity)
{
    private readonly string[] _tokens = TokensOf(world.Account, region, identity.Name);

    private readonly bool _isVerified = identity.IsDomain ? identity.DkimSelector is not null || TokensOf(world.Account, region, identity.Name).All(token => HasDkimRecord(world, identity.Name, token)) : identity.IsConfirmed;

    public JsonObject Summary() => new()
    {
        ["IdentityType"] = Type,
        ["IdentityName"] = identity.Name,
        ["SendingEnabled"] = _isVerified,
        ["VerificationStatus"] = Verification,
    };

    public JsonObject Created() => new()
    {
        ["IdentityType"] = Type,
        ["VerifiedForSendingStatus"] = _isVerified,
        ["DkimAttributes"] = Dkim(),
    };

    public JsonObject Whole() => new JsonObject
    {
        ["IdentityType"] = Type,
        ["FeedbackForwardingStatus"] = identity.ForwardsFeedback,
        ["VerifiedForSendingStatus"] = _isVerified,
        ["DkimAttributes"] = Dkim(),
        ["MailFromAttributes"] = MailFrom(),
        ["Policies"] = new JsonObject(identity.Policies.Select(policy => KeyValuePair.Create(policy.Key, (JsonNode?)policy.Value))),
        ["Tags"] = SesV2Answer.Tags(identity.Tags),
        ["VerificationStatus"] = Verification,
        ["VerificationInfo"] = new JsonObject(),
    }.With("ConfigurationSetName", identity.ConfigurationSet);

    public string DkimStatus => (identity.IsDomain, _isVerified) switch
    {
        (false, _) => "NOT_STARTED",
        (_, true) => "SUCCESS",
        _ => "PENDING",
    };

    public IReadOnlyList<string> DkimTokens => identity switch
    {
        { IsDomain: false } => [],
        { DkimSelector: { } selector } => [selector],
        _ => _tokens,
    };

    private string Type => identity.IsDomain ? "DOMAIN" : "EMAIL_ADDRESS";

    private string Verification => _isVerified ? "SUCCESS" : "PENDING";

    private JsonObject Dkim()
    {
        var dkim = new JsonObject { ["SigningEnabled"] = identity.SignsWithDkim, ["Status"] = DkimStatus };
        if (!identity.IsDomain) return dkim.With("SigningAttributesOrigin", "AWS_SES");
        dkim["Tokens"] = JsonAnswer.List(DkimTokens);
        if (identity.DkimSelector is not null) return dkim.With("SigningAttributesOrigin", "EXTERNAL");
        return dkim.With("SigningAttributesOrigin", "AWS_SES")
            .With("NextSigningKeyLength", identity.DkimKeyLength)
            .With("CurrentSigningKeyLength", identity.DkimKeyLength)
            .With("LastKeyGenerationTimestamp", identity.Created.Epoch());
    }

    private JsonObject MailFrom()
    {
        var behavior = new JsonObject { ["BehaviorOnMxFailure"] = identity.MailFromBehavior };
        if (identity.MailFromDomain is not { } domain) return behavior;
        var isFound = world.Get<Route53Service>().HasPublicRecord(domain, "MX", $"10 feedback-smtp.{region}.amazonses.com");
        return behavior.With("MailFromDomain", domain).With("MailFromDomainStatus", isFound ? "SUCCESS" : "PENDING");
    }

    /// <summary>The names of a domain's DKIM keys. Another account has others.</summary>
    public static string[] TokensOf(string account, string region, string domain) =>
        [.. Enumerable.Range(1, 3).Select(number => SandboxWorld.HashId($"dkim {account} {region} {domain} {number}", 32).ToLowerInvariant())];

    private static bool HasDkimRecord(SandboxWorld world, string domain, string token) =>
        world.Get<Route53Service>().HasPublicRecord($"{token}._domainkey.{domain}", "CNAME", $"{token}.dkim.amazonses.com");
}
