using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class PermissionOperations(LambdaState state)
{
    private const string Policy = "/2015-03-31/functions/{FunctionName}/policy";

    public void AddTo(OperationTable operations)
    {
        operations.Add("AddPermission", $"POST {Policy}", Add);
        operations.Add("GetPolicy", $"GET {Policy}", Get);
        operations.Add("RemovePermission", $"DELETE {Policy}/{{StatementId}}", Remove);
    }

    private (Function Function, string Qualifier) Target(Call call) => FunctionReference.Of(state, call).Target(state.In(call.Region));

    private SandboxResponse Add(Call call)
    {
        var (function, qualifier) = Target(call);
        var statement = Statement(call.Json, function.ArnOf(qualifier));
        if (!function.Policies.TryGetValue(qualifier, out var policy)) policy = new ResourcePolicy();
        policy.Add(statement, call.Json.Text("RevisionId"), state.World);
        function.Policies[qualifier] = policy;
        return JsonAnswer.Of(new JsonObject { ["Statement"] = JsonAnswer.Text(statement) }, 201);
    }

    private SandboxResponse Get(Call call)
    {
        var (function, qualifier) = Target(call);
        return function.Policies.TryGetValue(qualifier, out var policy)
            ? JsonAnswer.Of(policy.Render())
            : throw LambdaErrors.NotFound("The resource you requested does not exist.");
    }

    private SandboxResponse Remove(Call call)
    {
        var (function, qualifier) = Target(call);
        if (!function.Policies.TryGetValue(qualifier, out var policy)) throw LambdaErrors.NotFound("No policy is associated with the given resource.");
        policy.Remove(call.Label("StatementId"), call.Query("RevisionId"), state.World);
        if (policy.IsEmpty) function.Policies.Remove(qualifier);
        return JsonAnswer.Empty();
    }

    private static JsonObject Statement(JsonObject asked, string resource)
    {
        var action = asked.Need("Action");
        if (action != "*" && !action.StartsWith("lambda:", StringComparison.Ordinal)) throw LambdaErrors.Validation(Constraint.Pattern(action, "action", "(lambda:[*]|lambda:[a-zA-Z]+|[*])"));
        var (equal, like) = (new JsonObject(), new JsonObject());
        equal.With("AWS:SourceAccount", asked.Text("SourceAccount"))
            .With("lambda:EventSourceToken", asked.Text("EventSourceToken"))
            .With("aws:PrincipalOrgID", asked.Text("PrincipalOrgID"))
            .With("lambda:FunctionUrlAuthType", asked.Text("FunctionUrlAuthType"));
        like.With("AWS:SourceArn", asked.Text("SourceArn"));
        var condition = new JsonObject().With("StringEquals", equal.Count > 0 ? equal : null).With("ArnLike", like.Count > 0 ? like : null);
        if (asked.Flag("InvokedViaFunctionUrl") is { } viaUrl) condition["Bool"] = new JsonObject { ["lambda:InvokedViaFunctionUrl"] = viaUrl ? "true" : "false" };
        return new JsonObject
        {
            ["Sid"] = asked.Need("StatementId"),
            ["Effect"] = "Allow",
            ["Principal"] = Principal(asked.Need("Principal")),
            ["Action"] = action,
            ["Resource"] = resource,
        }.With("Condition", condition.Count > 0 ? condition : null);
    }

    private static JsonNode Principal(string principal)
    {
        if (principal == "*") return "*";
        if (principal.Length == 12 && principal.All(char.IsAsciiDigit)) return new JsonObject { ["AWS"] = $"arn:aws:iam::{principal}:root" };
        return new JsonObject { [principal.StartsWith("arn:", StringComparison.Ordinal) ? "AWS" : "Service"] = principal };
    }
}
