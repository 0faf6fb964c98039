using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>Lambda's control plane: functions, versions, aliases, layers, and what is attached to them.</summary>
internal sealed class LambdaService : RestService, ISandboxLinks
{
    private readonly LambdaState _state;

    public LambdaService(SandboxWorld world)
    {
        _state = new LambdaState(world);
        new FunctionOperations(_state).AddTo(Operations);
        new FunctionCodeOperations(_state).AddTo(Operations);
        new VersionOperations(_state).AddTo(Operations);
        new AliasOperations(_state).AddTo(Operations);
        new PermissionOperations(_state).AddTo(Operations);
        new FunctionUrlOperations(_state).AddTo(Operations);
        new ConcurrencyOperations(_state).AddTo(Operations);
        new InvocationOperations(_state).AddTo(Operations);
        new CodeSigningOperations(_state).AddTo(Operations);
        new EventSourceOperations(_state).AddTo(Operations);
        new TagOperations(_state).AddTo(Operations);
        new LayerOperations(_state).AddTo(Operations);
        new LayerPermissionOperations(_state).AddTo(Operations);
    }

    public override string SigningName => "lambda";

    public override IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) =>
        [new("lambda:" + request.Operation switch { "Invoke" => "InvokeFunction", "GetLayerVersionByArn" => "GetLayerVersion", var other => other }, AccessNeed.AnyResource)];

    public string PathPrefix => CodeLinks.PathPrefix;

    public override SandboxException Throttled => new(429, "TooManyRequestsException", "Rate exceeded") { Details = [new("Reason", "CallerRateLimitExceeded")] };

    /// <summary>Links are not part of the control plane.</summary>
    public override double? RequestsPerSecond(string operation) => operation switch
    {
        "GetFunction" => 100,
        _ when Operations.Knows(operation) => 15,
        _ => null,
    };

    /// <summary>GetFunction and GetPolicy are counted apart from the rest (<see href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests"/>).</summary>
    public override string BudgetOf(string operation) => operation is "GetFunction" or "GetPolicy" ? operation : "";

    public override SandboxResponse Render(SandboxRequest request, SandboxException error) => LambdaAnswer.Error(error);

    public ValueTask<SandboxResponse> FetchAsync(SandboxRequest request, CancellationToken cancel) => ValueTask.FromResult(_state.Links.Fetch(request));

    /// <summary>Whether an ARN names a function, whatever version or alias of it.</summary>
    public bool HasFunction(string arn)
    {
        if (arn.Split(':') is not [_, _, "lambda", var region, _, "function", var name, ..]) return false;
        lock (Operations.Gate) return _state.In(region).Functions.ContainsKey(name);
    }

    /// <summary>Whether an ARN names a published version of a function in us-east-1, as CloudFront needs it.</summary>
    public bool HasPublishedVersion(string arn)
    {
        lock (Operations.Gate)
            return _state.In("us-east-1").Functions.Values.Any(function => function.Published.Keys.Any(number => arn == $"{function.Arn}:{number}"));
    }
}
