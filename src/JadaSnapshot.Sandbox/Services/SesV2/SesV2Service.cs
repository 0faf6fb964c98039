using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.Ses;

namespace JadaSnapshot.Sandbox.Services.SesV2;

/// <summary>Amazon SES, second version: identities, templates, configuration sets, contact lists and the account's settings.</summary>
internal sealed class SesV2Service : RestService
{
    private readonly SesState _state;

    public SesV2Service(SandboxWorld world)
    {
        _state = SesState.Of(world);
        Operations = new(_state.Gate);
        new IdentityOperations(_state).AddTo(Operations);
        new IdentitySettings(_state).AddTo(Operations);
        new IdentityPolicyOperations(_state).AddTo(Operations);
        new TemplateOperations(_state).AddTo(Operations);
        new VerificationTemplateOperations(_state).AddTo(Operations);
        new ConfigurationSetOperations(_state).AddTo(Operations);
        new EventDestinationOperations(_state).AddTo(Operations);
        new ContactListOperations(_state).AddTo(Operations);
        new AccountOperations(_state).AddTo(Operations);
        new MailTagOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "ses";

    public override string Name => "sesv2";

    public override SandboxException Throttled => new(429, "TooManyRequestsException", "Too Many Requests");

    public override string BudgetOf(string operation) => operation;

    public override double? RequestsPerSecond(string operation) => 1;

    public override bool Answers(SandboxRequest request) => request.RawPath.StartsWith("/v2/email/", StringComparison.Ordinal);

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => SesV2Answer.Error(error);

    /// <summary>The owner of an address follows the link in the mail that SES sent there.</summary>
    public void Confirm(string region, string address)
    {
        lock (_state.Gate) _state.In(region).Identities[address].IsConfirmed = true;
    }
}
