using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>Refusals as Google's APIs write them (<see href="https://google.aip.dev/193"/>): a status, and where there is one, a reason. The code of a refusal is either.</summary>
internal static class GoogleErrors
{
    /// <summary>Of the OAuth client that clasp brings along: what SERVICE_DISABLED names.</summary>
    private const string CloudProject = "1072944905499";

    private const string UserHasNotEnabled = "USER_HAS_NOT_ENABLED_THE_API";

    private static readonly Dictionary<string, (int Status, string Message)> Known = new(StringComparer.Ordinal)
    {
        ["PERMISSION_DENIED"] = (403, "The caller does not have permission"),
        ["NOT_FOUND"] = (404, "Requested entity was not found."),
        ["ABORTED"] = (409, "The operation was aborted."),
        ["UNAVAILABLE"] = (503, "The service is currently unavailable."),
        ["INTERNAL"] = (500, "Internal error encountered."),
        [UserHasNotEnabled] = (403, "User has not enabled the Apps Script API. Enable it by visiting https://script.google.com/home/usersettings then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."),
        ["SERVICE_DISABLED"] = (403, $"Apps Script API has not been used in project {CloudProject} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/script.googleapis.com/overview?project={CloudProject} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."),
        ["ACCESS_TOKEN_SCOPE_INSUFFICIENT"] = (403, "Request had insufficient authentication scopes."),
        ["CREDENTIALS_MISSING"] = (401, "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."),
        ["ACCESS_TOKEN_EXPIRED"] = (401, "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."),
        ["RATE_LIMIT_EXCEEDED"] = (429, $"Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'script.googleapis.com' for consumer 'project_number:{CloudProject}'."),
        ["invalid_grant"] = (400, "Token has been expired or revoked."),
        ["invalid_client"] = (401, "The OAuth client was not found."),
    };

    /// <summary>The refusal with this status or reason, in Google's words.</summary>
    public static SandboxException Of(string code) => new(Known[code].Status, code, Known[code].Message);

    public static bool IsKnown(string code) => Known.ContainsKey(code);

    public static SandboxException Invalid(string message) => new(400, "INVALID_ARGUMENT", message);

    public static SandboxException Precondition(string message) => new(400, "FAILED_PRECONDITION", message);

    /// <summary>An error of an API.</summary>
    public static SandboxResponse Render(SandboxException error)
    {
        var body = new JsonObject { ["code"] = error.Status, ["message"] = error.Message, ["status"] = StatusOf(error) };
        if (error.Code == UserHasNotEnabled) body["errors"] = new JsonArray(new JsonObject { ["message"] = error.Message, ["domain"] = "global", ["reason"] = "forbidden" });
        else if (IsReason(error.Code)) body["details"] = new JsonArray(Reason(error.Code));
        return JsonAnswer.Of(new JsonObject { ["error"] = body }, error.Status, "application/json; charset=UTF-8");
    }

    /// <summary>An error of the token endpoint (RFC 6749, 5.2).</summary>
    public static SandboxResponse RenderOAuth(SandboxException error) =>
        JsonAnswer.Of(new JsonObject { ["error"] = error.Code, ["error_description"] = error.Message }, error.Status, "application/json; charset=utf-8");

    private static bool IsReason(string code) => IsKnown(code) && code is not ("PERMISSION_DENIED" or "NOT_FOUND" or "ABORTED" or "UNAVAILABLE" or "INTERNAL");

    private static JsonObject Reason(string reason) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
        ["reason"] = reason,
        ["domain"] = "googleapis.com",
        ["metadata"] = new JsonObject { ["service"] = "script.googleapis.com", ["consumer"] = $"projects/{CloudProject}" },
    };

    private static string StatusOf(SandboxException error) => error.Status switch
    {
        400 when error.Code == "FAILED_PRECONDITION" => error.Code,
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL",
    };
}
