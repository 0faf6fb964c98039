using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;
using JadaSnapshot.Sandbox.Services.ApiGateway.Tree;

namespace JadaSnapshot.Sandbox.Services.ApiGatewayV2;

/// <summary>Settings that an update can set, but not take away.</summary>
internal sealed class HttpSettingOperations(ApiTree tree)
{
    private const string Stage = HttpStageKinds.Stages + "/{stageName}";
    private const string Route = HttpApiKinds.Api + "/routes/{routeId}";

    public void AddTo(OperationTable operations)
    {
        operations.Add("DeleteCorsConfiguration", $"DELETE {HttpApiKinds.Api}/cors", call => Remove(tree.At(call, HttpApiKinds.Api).Document, "corsConfiguration"));
        operations.Add("DeleteAccessLogSettings", $"DELETE {Stage}/accesslogsettings", call => Remove(tree.At(call, Stage).Document, "accessLogSettings"));
        operations.Add("DeleteRouteSettings", $"DELETE {Stage}/routesettings/{{routeKey}}", call => Remove(tree.At(call, Stage).Document.Part("routeSettings"), call.Label("routeKey")));
        operations.Add("DeleteRouteRequestParameter", $"DELETE {Route}/requestparameters/{{requestParameterKey}}", call =>
            Remove(tree.At(call, Route).Document.Part("requestParameters"), call.Label("requestParameterKey")));
    }

    private static SandboxResponse Remove(JsonObject? from, string member)
    {
        from?.Remove(member);
        return JsonAnswer.Empty();
    }
}
