using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.Lambda;

internal sealed class LayerPermissionOperations(LambdaState state)
{
    private const string Policy = "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy";

    public void AddTo(OperationTable operations)
    {
        operations.Add("AddLayerVersionPermission", $"POST {Policy}", Add);
        operations.Add("GetLayerVersionPolicy", $"GET {Policy}", call => JsonAnswer.Of((Version(call).Policy ?? throw None()).Render()));
        operations.Add("RemoveLayerVersionPermission", $"DELETE {Policy}/{{StatementId}}", Remove);
    }

    private LayerVersion Version(Call call) => LayerReference.Of(call).Version(state, call.Region);

    private SandboxResponse Add(Call call)
    {
        var (version, asked) = (Version(call), call.Json);
        var principal = asked.Need("Principal");
        var statement = new JsonObject
        {
            ["Sid"] = asked.Need("StatementId"),
            ["Effect"] = "Allow",
            ["Principal"] = principal == "*" ? "*" : new JsonObject { ["AWS"] = principal.StartsWith("arn:", StringComparison.Ordinal) ? principal : $"arn:aws:iam::{principal}:root" },
            ["Action"] = asked.Need("Action"),
            ["Resource"] = version.Arn,
        };
        if (asked.Text("OrganizationId") is { } organization)
            statement["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:PrincipalOrgID"] = organization } };
        var policy = version.Policy ?? new ResourcePolicy();
        policy.Add(statement, call.Query("RevisionId"), state.World);
        version.Policy = policy;
        return JsonAnswer.Of(new JsonObject { ["Statement"] = JsonAnswer.Text(statement), ["RevisionId"] = policy.RevisionId }, 201);
    }

    private SandboxResponse Remove(Call call)
    {
        var version = Version(call);
        var policy = version.Policy ?? throw None();
        policy.Remove(call.Label("StatementId"), call.Query("RevisionId"), state.World);
        if (policy.IsEmpty) version.Policy = null;
        return JsonAnswer.Empty();
    }

    private static SandboxException None() => LambdaErrors.NotFound("No policy is associated with the given resource.");
}
