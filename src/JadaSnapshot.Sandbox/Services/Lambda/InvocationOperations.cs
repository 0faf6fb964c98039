using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

/// <summary>How a function is run: asynchronous invocation, runtime updates, recursion.</summary>
internal sealed class InvocationOperations(LambdaState state)
{
    private const string EventInvoke = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    private const string Runtime = "/2021-07-20/functions/{FunctionName}/runtime-management-config";
    private const string Recursion = "/2024-08-31/functions/{FunctionName}/recursion-config";

    public void AddTo(OperationTable operations)
    {
        operations.Add("PutFunctionEventInvokeConfig", $"PUT {EventInvoke}", call => PutInvoke(call, []));
        operations.Add("UpdateFunctionEventInvokeConfig", $"POST {EventInvoke}", call => PutInvoke(call, FindInvoke(call)));
        operations.Add("GetFunctionEventInvokeConfig", $"GET {EventInvoke}", call => JsonAnswer.Of(FindInvoke(call).DeepClone()));
        operations.Add("ListFunctionEventInvokeConfigs", $"GET {EventInvoke}/list", ListInvoke);
        operations.Add("DeleteFunctionEventInvokeConfig", $"DELETE {EventInvoke}", DeleteInvoke);
        operations.Add("GetRuntimeManagementConfig", $"GET {Runtime}", GetRuntime);
        operations.Add("PutRuntimeManagementConfig", $"PUT {Runtime}", PutRuntime);
        operations.Add("GetFunctionRecursionConfig", $"GET {Recursion}", call => JsonAnswer.Of(new JsonObject { ["RecursiveLoop"] = Function(call).RecursiveLoop }));
        operations.Add("PutFunctionRecursionConfig", $"PUT {Recursion}", PutRecursion);
    }

    private Function Function(Call call) => FunctionReference.Of(state, call).Function(state.In(call.Region));

    private (Function Function, string Qualifier) Target(Call call) => FunctionReference.Of(state, call).Target(state.In(call.Region));

    private JsonObject FindInvoke(Call call)
    {
        var (function, qualifier) = Target(call);
        return function.InvokeConfigs.GetValueOrDefault(qualifier)
            ?? throw LambdaErrors.NotFound($"The function {function.Arn}:{qualifier} doesn't have an EventInvokeConfig");
    }

    private SandboxResponse PutInvoke(Call call, JsonObject before)
    {
        var (function, qualifier) = Target(call);
        var config = before.DeepClone().AsObject();
        foreach (var (name, value) in call.Json) config[name] = value?.DeepClone();
        config["LastModified"] = state.World.Now.Epoch();
        config["FunctionArn"] = $"{function.Arn}:{qualifier}";
        config["DestinationConfig"] ??= new JsonObject { ["OnSuccess"] = new JsonObject(), ["OnFailure"] = new JsonObject() };
        function.InvokeConfigs[qualifier] = config;
        return JsonAnswer.Of(config.DeepClone());
    }

    private SandboxResponse ListInvoke(Call call) =>
        LambdaAnswer.Listing(call, "FunctionEventInvokeConfigs", Function(call).InvokeConfigs, entry => entry.Key, entry => entry.Value.DeepClone());

    private SandboxResponse DeleteInvoke(Call call)
    {
        FindInvoke(call);
        var (function, qualifier) = Target(call);
        function.InvokeConfigs.Remove(qualifier);
        return JsonAnswer.Empty();
    }

    private SandboxResponse GetRuntime(Call call)
    {
        var (function, qualifier) = Target(call);
        var config = function.RuntimeManagement.GetValueOrDefault(qualifier)?.DeepClone() ?? new JsonObject { ["UpdateRuntimeOn"] = "Auto" };
        config["FunctionArn"] = function.ArnOf(qualifier);
        return JsonAnswer.Of(config);
    }

    private SandboxResponse PutRuntime(Call call)
    {
        var (function, qualifier) = Target(call);
        var mode = call.Json.Need("UpdateRuntimeOn");
        if (mode is not ("Auto" or "Manual" or "FunctionUpdate")) throw LambdaErrors.Validation(Constraint.NotInSet(mode, "updateRuntimeOn", ["Auto", "Manual", "FunctionUpdate"]));
        if ((mode == "Manual") != (call.Json.Text("RuntimeVersionArn") is not null)) throw LambdaErrors.InvalidParameter("Manual runtime updates need a runtime version ARN, and only they.");
        function.RuntimeManagement[qualifier] = call.Json.DeepClone().AsObject();
        return GetRuntime(call);
    }

    private SandboxResponse PutRecursion(Call call)
    {
        var mode = call.Json.Need("RecursiveLoop");
        if (mode is not ("Allow" or "Terminate")) throw LambdaErrors.Validation(Constraint.NotInSet(mode, "recursiveLoop", ["Allow", "Terminate"]));
        Function(call).RecursiveLoop = mode;
        return JsonAnswer.Of(new JsonObject { ["RecursiveLoop"] = mode });
    }
}
