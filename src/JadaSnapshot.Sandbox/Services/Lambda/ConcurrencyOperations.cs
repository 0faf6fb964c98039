using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class ConcurrencyOperations(LambdaState state)
{
    public const long AccountConcurrency = 1000;
    private const long LeastUnreserved = 100;
    private const string Reserved = "/2017-10-31/functions/{FunctionName}/concurrency";
    private const string Provisioned = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutFunctionConcurrency", $"PUT {Reserved}", Put);
        operations.Add("GetFunctionConcurrency", "GET /2019-09-30/functions/{FunctionName}/concurrency", call => Answer(Function(call)));
        operations.Add("DeleteFunctionConcurrency", $"DELETE {Reserved}", Delete);
        operations.Add("PutProvisionedConcurrencyConfig", $"PUT {Provisioned}", PutProvisioned);
        operations.Add("GetProvisionedConcurrencyConfig", $"GET {Provisioned}", GetProvisioned);
        operations.Add("ListProvisionedConcurrencyConfigs", $"GET {Provisioned}?List=ALL", ListProvisioned);
        operations.Add("DeleteProvisionedConcurrencyConfig", $"DELETE {Provisioned}", DeleteProvisioned);
    }

    public static long Unreserved(IEnumerable<Function> functions) => AccountConcurrency - functions.Sum(function => function.ReservedConcurrency ?? 0);

    private Function Function(Call call) => FunctionReference.Of(state, call).Function(state.In(call.Region));

    private static SandboxResponse Answer(Function function) =>
        JsonAnswer.Of(new JsonObject().With("ReservedConcurrentExecutions", function.ReservedConcurrency is { } reserved ? reserved : null));

    private SandboxResponse Put(Call call)
    {
        var function = Function(call);
        var asked = call.Json.Number("ReservedConcurrentExecutions") ?? throw JsonBody.MissingMember("reservedConcurrentExecutions");
        var left = Unreserved(state.In(call.Region).Functions.Values) + (function.ReservedConcurrency ?? 0) - asked;
        if (asked < 0 || left < LeastUnreserved)
            throw LambdaErrors.InvalidParameter($"Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [{LeastUnreserved}].");
        function.ReservedConcurrency = asked;
        return Answer(function);
    }

    private SandboxResponse Delete(Call call)
    {
        Function(call).ReservedConcurrency = null;
        return JsonAnswer.Empty();
    }

    private (Function Function, string Qualifier) Target(Call call)
    {
        if (call.Query("Qualifier") is null or FunctionVersion.LatestNumber) throw LambdaErrors.InvalidParameter("Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        return FunctionReference.Of(state, call).Target(state.In(call.Region));
    }

    private SandboxResponse PutProvisioned(Call call)
    {
        var (function, qualifier) = Target(call);
        var count = call.Json.Number("ProvisionedConcurrentExecutions") ?? throw JsonBody.MissingMember("provisionedConcurrentExecutions");
        var config = new JsonObject
        {
            ["RequestedProvisionedConcurrentExecutions"] = count,
            ["AvailableProvisionedConcurrentExecutions"] = count,
            ["AllocatedProvisionedConcurrentExecutions"] = count,
            ["Status"] = "READY",
            ["LastModified"] = state.World.Now.IsoOffset(),
        };
        function.ProvisionedConcurrency[qualifier] = config;
        return JsonAnswer.Of(config.DeepClone(), 202);
    }

    private SandboxResponse GetProvisioned(Call call)
    {
        var (function, qualifier) = Target(call);
        return function.ProvisionedConcurrency.TryGetValue(qualifier, out var config)
            ? JsonAnswer.Of(config.DeepClone())
            : throw new SandboxException(404, "ProvisionedConcurrencyConfigNotFoundException", "No Provisioned Concurrency Config found for this function");
    }

    private SandboxResponse ListProvisioned(Call call)
    {
        var function = Function(call);
        return LambdaAnswer.Listing(call, "ProvisionedConcurrencyConfigs", function.ProvisionedConcurrency, entry => entry.Key, entry =>
        {
            var config = entry.Value.DeepClone();
            config["FunctionArn"] = function.ArnOf(entry.Key);
            return config;
        });
    }

    private SandboxResponse DeleteProvisioned(Call call)
    {
        var (function, qualifier) = Target(call);
        function.ProvisionedConcurrency.Remove(qualifier);
        return JsonAnswer.Empty();
    }
}
