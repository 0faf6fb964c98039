using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed class IdentitySettings(SesState state)
{
    private const string Identity = "/v2/email/identities/{EmailIdentity}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutEmailIdentityDkimAttributes", $"PUT {Identity}/dkim", call => Change(call, identity => identity.SignsWithDkim = call.Json.Flag("SigningEnabled") ?? false));
        operations.Add("PutEmailIdentityDkimSigningAttributes", $"PUT {Identity}/dkim/signing", PutSigning);
        operations.Add("PutEmailIdentityMailFromAttributes", $"PUT {Identity}/mail-from", call => Change(call, identity => ApplyMailFrom(identity, call.Json)));
        operations.Add("PutEmailIdentityFeedbackAttributes", $"PUT {Identity}/feedback", call => Change(call, identity => identity.ForwardsFeedback = call.Json.Flag("EmailForwardingEnabled") ?? false));
        operations.Add("PutEmailIdentityConfigurationSetAttributes", $"PUT {Identity}/configuration-set", call => Change(call, identity =>
            identity.ConfigurationSet = call.Json.Text("ConfigurationSetName") is { Length: > 0 } set ? ConfigurationSetOperations.Find(state.In(call.Region), set).Document.Need("ConfigurationSetName") : null));
    }

    /// <summary>The private key of an owner's own DKIM is taken and never shown again.</summary>
    public static void ApplySigning(Identity identity, JsonObject signing)
    {
        var (selector, key) = (signing.Text("DomainSigningSelector"), signing.Text("DomainSigningPrivateKey"));
        if (selector is null != key is null) throw SesV2Answer.Bad("A selector and a private key must be given together.");
        identity.DkimSelector = selector;
        identity.DkimKeyLength = signing.Text("NextSigningKeyLength") ?? identity.DkimKeyLength;
    }

    private SandboxResponse PutSigning(Call call)
    {
        var identity = IdentityOperations.Find(state, call);
        var origin = call.Json.Need("SigningAttributesOrigin");
        var signing = call.Json.Part("SigningAttributes") ?? [];
        if (origin == "EXTERNAL" && signing.Text("DomainSigningSelector") is null) throw SesV2Answer.Bad("SigningAttributes are needed for EXTERNAL.");
        ApplySigning(identity, origin == "EXTERNAL" ? signing : signing.Text("NextSigningKeyLength") is { } length ? new JsonObject { ["NextSigningKeyLength"] = length } : []);
        var detail = new IdentityDetail(state.World, call.Region, identity);
        return JsonAnswer.Of(new JsonObject { ["DkimStatus"] = detail.DkimStatus, ["DkimTokens"] = JsonAnswer.List(detail.DkimTokens) });
    }

    private static void ApplyMailFrom(Identity identity, JsonObject asked)
    {
        var domain = asked.Text("MailFromDomain") is { Length: > 0 } given ? given : null;
        var own = identity.Name[(identity.Name.IndexOf('@', StringComparison.Ordinal) + 1)..];
        if (domain?.EndsWith("." + own, StringComparison.OrdinalIgnoreCase) == false)
            throw SesV2Answer.Bad($"Provided MAIL-FROM domain <{domain}> is not subdomain of the domain of the identity <{identity.Name}>.");
        (identity.MailFromDomain, identity.MailFromBehavior) = (domain, asked.Text("BehaviorOnMxFailure") ?? "USE_DEFAULT_VALUE");
    }

    private SandboxResponse Change(Call call, Action<Identity> change)
    {
        change(IdentityOperations.Find(state, call));
        return SesV2Answer.Empty;
    }
}
