using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Ses;

/// <summary>Amazon SES, first version: what only it knows, which is receiving mail and the topics that are told of bounces.</summary>
internal sealed class SesService : QueryService
{
    public const string XmlNamespace = "http://ses.amazonaws.com/doc/2010-12-01/";

    public SesService(SandboxWorld world)
    {
        var state = SesState.Of(world);
        Operations = new(state.Gate);
        new ReceiptRuleSetOperations(state).AddTo(Operations);
        new ReceiptRuleOperations(state).AddTo(Operations);
        new ReceiptFilterOperations(state).AddTo(Operations);
        new NotificationOperations(state).AddTo(Operations);
    }

    public override string SigningName => "ses";

    public override string BudgetOf(string operation) => operation;

    public override double? RequestsPerSecond(string operation) => 1;

    protected override string Version => "2010-12-01";

    protected override string Namespace => XmlNamespace;

    public override bool Answers(SandboxRequest request) => request.RawPath == "/";

    public static SandboxResponse Answer(Call call, params IReadOnlyList<object?> content) => Respond(call, XmlNamespace, content);
}
