using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.CloudFront;

internal sealed class EdgeFunctionReads(CloudFrontState state)
{
    private const string Functions = EdgeFunctionOperations.Functions;

    public void AddTo(OperationTable operations)
    {
        operations.Add("GetFunction", $"GET {Functions}/{{Name}}", Get);
        operations.Add("DescribeFunction", $"GET {Functions}/{{Name}}/describe", Describe);
        operations.Add("ListFunctions", $"GET {Functions}", List);
    }

    private (EdgeFunction Function, EdgeFunctionStage Stage) Find(Call call)
    {
        var function = state.Functions.GetValueOrDefault(call.Label("Name")) ?? throw EdgeFunction.Missing();
        return (function, function.At(call.Query("Stage")));
    }

    private SandboxResponse Get(Call call)
    {
        var (_, stage) = Find(call);
        return new SandboxResponse { ContentType = "application/octet-stream", Body = stage.Code, Headers = [new("ETag", stage.ETag)] };
    }

    private SandboxResponse Describe(Call call)
    {
        var (function, stage) = Find(call);
        return CloudFrontAnswer.Of(function.Summary(stage, state.IsReferenced(function.Arn)), stage.ETag);
    }

    private SandboxResponse List(Call call)
    {
        var wanted = call.Query("Stage");
        var entries = state.Functions.Values.SelectMany(function => new[] { (function, stage: function.Development, name: "DEVELOPMENT"), (function, stage: function.Live!, name: "LIVE") })
            .Where(entry => entry.stage is not null && (string.IsNullOrEmpty(wanted) || entry.name == wanted));
        return CloudFrontAnswer.Listing(call, "FunctionList", older: false, entries, entry => $"{entry.function.Name}/{entry.name}",
            entry => entry.function.Summary(entry.stage, state.IsReferenced(entry.function.Arn)));
    }
}
