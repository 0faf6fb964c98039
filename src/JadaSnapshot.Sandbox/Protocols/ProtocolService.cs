using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;

namespace JadaSnapshot.Sandbox.Protocols;

/// <summary>A service as a table of operations. The protocols below say how a request names one and how an error is written.</summary>
internal abstract class ProtocolService : ISandboxService
{
    private static readonly Dictionary<string, string> NoLabels = [];

    public abstract string SigningName { get; }

    public virtual string Name => SigningName;

    public OperationTable Operations { get; protected init; } = new();

    public virtual bool Answers(SandboxRequest request) => true;

    public virtual SandboxException Throttled => new(400, "Throttling", "Rate exceeded");

    public abstract string Identify(SandboxRequest request);

    public virtual IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => [AccessNeed.Of(SigningName, request.Operation)];

    public ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel) =>
        Operations.Handler(request.Operation)(new Call(request, LabelsOf(request)), cancel);

    public abstract SandboxResponse Render(SandboxRequest request, SandboxException error);

    public virtual double? RequestsPerSecond(string operation) => null;

    public virtual string BudgetOf(string operation) => "";

    protected virtual IReadOnlyDictionary<string, string> LabelsOf(SandboxRequest request) => NoLabels;
}

/// <summary>Operations named by method and path.</summary>
internal abstract class RestService : ProtocolService
{
    public sealed override string Identify(SandboxRequest request) =>
        Operations.Match(request)?.Operation
        ?? throw new SandboxException(404, "UnknownOperationException", $"The sandbox knows no operation {request.Method} {request.RawPath}.");

    protected sealed override IReadOnlyDictionary<string, string> LabelsOf(SandboxRequest request) => Operations.Match(request)!.Value.Labels;
}
