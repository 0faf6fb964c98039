using System.Text.RegularExpressions;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

internal sealed partial class IdentityOperations(SesState state)
{
    private const string Identities = "/v2/email/identities";
    private const int MostIdentities = 10_000;

    public void AddTo(OperationTable operations)
    {
        operations.Add("ListEmailIdentities", $"GET {Identities}", List);
        operations.Add("GetEmailIdentity", $"GET {Identities}/{{EmailIdentity}}", call => JsonAnswer.Of(Detail(call).Whole()));
        operations.Add("CreateEmailIdentity", $"POST {Identities}", Create);
        operations.Add("DeleteEmailIdentity", $"DELETE {Identities}/{{EmailIdentity}}", Delete);
    }

    /// <summary>The identity that the path names.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public static Identity Find(SesState state, Call call) =>
        state.In(call.Region).Identities.GetValueOrDefault(call.Label("EmailIdentity")) ?? throw SesV2Answer.NotFound("Email identity", call.Label("EmailIdentity"));

    private IdentityDetail Detail(Call call) => new(state.World, call.Region, Find(state, call));

    private SandboxResponse List(Call call) => SesV2Answer.Listing(call, "EmailIdentities", state.In(call.Region).Identities.Values, identity => identity.Name,
        identity => new IdentityDetail(state.World, call.Region, identity).Summary());

    private SandboxResponse Create(Call call)
    {
        var (name, region) = (call.Json.Need("EmailIdentity"), state.In(call.Region));
        if (!NamePattern().IsMatch(name)) throw SesV2Answer.Bad($"Invalid email identity: {name}");
        if (region.Identities.ContainsKey(name)) throw SesV2Answer.Exists("Email identity", name);
        if (region.Identities.Count >= MostIdentities) throw new SandboxException(400, "LimitExceededException", "The maximum number of identities is reached.");
        var identity = new Identity
        {
            Name = name,
            Created = state.World.Now,
            SignsWithDkim = !name.Contains('@', StringComparison.Ordinal),
            ConfigurationSet = call.Json.Text("ConfigurationSetName") is { Length: > 0 } set ? ConfigurationSetOperations.Find(region, set).Document.Need("ConfigurationSetName") : null,
        };
        if (call.Json.Part("DkimSigningAttributes") is { } signing) IdentitySettings.ApplySigning(identity, signing);
        SesV2Answer.Merge(identity.Tags, call.Json);
        region.Identities.Add(name, identity);
        return JsonAnswer.Of(new IdentityDetail(state.World, call.Region, identity).Created());
    }

    private SandboxResponse Delete(Call call)
    {
        state.In(call.Region).Identities.Remove(Find(state, call).Name);
        return SesV2Answer.Empty;
    }

    [GeneratedRegex(@"^([^@\s]{1,64}@)?([a-zA-Z0-9_]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9-]{2,}$")]
    private static partial Regex NamePattern();
}
