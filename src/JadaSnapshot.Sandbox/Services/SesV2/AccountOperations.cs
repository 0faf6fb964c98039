using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>The account's settings in a region.</summary>
internal sealed class AccountOperations(SesState state)
{
    private const string Account = "/v2/email/account";

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetAccount", $"GET {Account}", call => JsonAnswer.Of(state.In(call.Region).Account.DeepClone()));
        operations.Add("PutAccountSendingAttributes", $"PUT {Account}/sending", call => Put(call, "SendingEnabled", "SendingEnabled"));
        operations.Add("PutAccountSuppressionAttributes", $"PUT {Account}/suppression", call => Put(call, "SuppressionAttributes", null));
        operations.Add("PutAccountVdmAttributes", $"PUT {Account}/vdm", call => Put(call, "VdmAttributes", "VdmAttributes"));
        operations.Add("PutAccountDetails", $"POST {Account}/details", call => Put(call, "Details", null));
    }

    private SandboxResponse Put(Call call, string setting, string? member)
    {
        state.In(call.Region).Account[setting] = (member is null ? call.Json : call.Json[member])?.DeepClone();
        return SesV2Answer.Empty;
    }
}
