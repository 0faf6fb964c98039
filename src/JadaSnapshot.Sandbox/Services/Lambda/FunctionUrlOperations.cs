using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class FunctionUrlOperations(LambdaState state)
{
    private const string Url = "/2021-10-31/functions/{FunctionName}/url";

    public void AddTo(OperationTable operations)
    {
        operations.Add("CreateFunctionUrlConfig", $"POST {Url}", Create);
        operations.Add("GetFunctionUrlConfig", $"GET {Url}", call => JsonAnswer.Of(Find(call).DeepClone()));
        operations.Add("UpdateFunctionUrlConfig", $"PUT {Url}", Update);
        operations.Add("DeleteFunctionUrlConfig", $"DELETE {Url}", Delete);
        operations.Add("ListFunctionUrlConfigs", $"GET {Url}s", List);
    }

    private (Function Function, string Qualifier) Target(Call call) => FunctionReference.Of(state, call).Target(state.In(call.Region));

    private JsonObject Find(Call call)
    {
        var (function, qualifier) = Target(call);
        return function.Urls.GetValueOrDefault(qualifier) ?? throw LambdaErrors.NotFound("The resource you requested does not exist.");
    }

    private SandboxResponse Create(Call call)
    {
        var (function, qualifier) = Target(call);
        CheckAuthType(call.Json.Need("AuthType"));
        if (function.Urls.ContainsKey(qualifier)) throw LambdaErrors.Conflict($"Failed to create function url config for [functionArn = {function.ArnOf(qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function");
        var now = state.World.Now.IsoMilliseconds();
        var config = new JsonObject
        {
            ["FunctionUrl"] = $"https://{state.World.NewId(32, "abcdefghijklmnopqrstuvwxyz234567")}.lambda-url.{call.Region}.on.aws/",
            ["FunctionArn"] = function.ArnOf(qualifier),
            ["CreationTime"] = now,
            ["LastModifiedTime"] = now,
            ["InvokeMode"] = "BUFFERED",
        };
        Apply(config, call.Json);
        function.Urls.Add(qualifier, config);
        var answer = config.DeepClone().AsObject();
        answer.Remove("LastModifiedTime");
        return JsonAnswer.Of(answer, 201);
    }

    private SandboxResponse Update(Call call)
    {
        var config = Find(call);
        if (call.Json.Text("AuthType") is { } type) CheckAuthType(type);
        Apply(config, call.Json);
        config["LastModifiedTime"] = state.World.Now.IsoMilliseconds();
        return JsonAnswer.Of(config.DeepClone());
    }

    private SandboxResponse Delete(Call call)
    {
        var (function, qualifier) = Target(call);
        return function.Urls.Remove(qualifier) ? JsonAnswer.Empty() : throw LambdaErrors.NotFound("The resource you requested does not exist.");
    }

    private SandboxResponse List(Call call) =>
        LambdaAnswer.Listing(call, "FunctionUrlConfigs", FunctionReference.Of(state, call).Function(state.In(call.Region)).Urls, url => url.Key, url => url.Value.DeepClone());

    private static void Apply(JsonObject config, JsonObject asked)
    {
        foreach (var (name, value) in asked) config[name] = value?.DeepClone();
    }

    private static void CheckAuthType(string type)
    {
        if (type is not ("NONE" or "AWS_IAM")) throw LambdaErrors.Validation(Constraint.NotInSet(type, "authType", ["NONE", "AWS_IAM"]));
    }
}
