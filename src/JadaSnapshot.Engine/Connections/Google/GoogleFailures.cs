using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Apis.Auth.OAuth2.Responses;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>Tells the refusals of Google's APIs apart, each with what to do about it. No token is in any of the words.</summary>
internal static partial class GoogleFailures
{
    /// <summary>The service that failures name.</summary>
    public const string Service = "appsscript";

    private const string SignIn = "Sign in again (clasp login).";

    /// <summary>There are no credentials that can be used.</summary>
    public static ServiceException NoCredentials(string code, string message, Exception? inner = null) =>
        new(message, inner) { Kind = FailureKind.NoCredentials, Code = code, Service = Service, Operation = "Open" };

    /// <summary>What is configured cannot be used.</summary>
    public static ServiceException Invalid(string code, string message) => new(message) { Kind = FailureKind.Invalid, Code = code, Service = Service, Operation = "Open" };

    /// <summary>The API refused (<see href="https://google.aip.dev/193"/>).</summary>
    public static ServiceException Refused(string operation, int status, byte[] body, string source)
    {
        var error = ErrorOf(body);
        var (reason, code, said) = (ReasonOf(error), error.Text("status") ?? $"Http{status}", Words(error.Text("message")) ?? $"HTTP status {status}.");
        var (kind, own, advice) = (status, reason) switch
        {
            (403, _) when said.Contains("script.google.com/home/usersettings", StringComparison.Ordinal) =>
                (FailureKind.Denied, "USER_API_DISABLED", "That is a setting of the user, not of a Cloud project: switch it on there as the user who calls."),
            (403, "SERVICE_DISABLED") or (403, "accessNotConfigured") =>
                (FailureKind.Denied, "SERVICE_DISABLED", "That is a setting of the Cloud project that the OAuth client belongs to: enable script.googleapis.com in it (gcloud services enable script.googleapis.com --project PROJECT)."),
            (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT") =>
                (FailureKind.Denied, reason, "The credentials were not made for Apps Script: sign in with clasp (clasp login), or with the scopes script.projects.readonly and script.deployments.readonly, without .readonly for a restore (gcloud auth application-default login --scopes=…)."),
            (401, _) => (FailureKind.BadCredentials, reason ?? code, $"The access token of {source} is not valid, or not any more. {SignIn}"),
            (403, _) => (FailureKind.Denied, code, "The user who calls has no access to this project: have it shared with them, or sign in as someone who has."),
            (404, _) => (FailureKind.NotFound, code, "There is no such project or version: it was deleted, or the script id is wrong (Project Settings shows it)."),
            (429, _) => (FailureKind.Throttled, code, "The quota is used up, and stayed so through every retry: try again in a minute."),
            ( >= 500, _) => (FailureKind.ServiceFault, code, "The service failed, and went on failing: try again later."),
            (400, _) => (FailureKind.Invalid, code, ""),
            _ => (FailureKind.Other, code, ""),
        };
        return Failed(kind, own, $"{said} {advice}".TrimEnd(), operation, status);
    }

    /// <summary>No access token could be had for the credentials (RFC 6749, 5.2).</summary>
    public static ServiceException NotRefreshed(TokenResponseException exception, string source, string operation)
    {
        var status = (int?)exception.StatusCode ?? 0;
        if (status >= 500) return Failed(FailureKind.ServiceFault, "TokenServerFault", "Google's token server failed: try again later.", operation, status);
        var code = exception.Error?.Error is { Length: > 0 } said ? said : "TokenRefused";
        var words = code switch
        {
            "invalid_grant" => $"The sign-in that {source} holds has expired or was revoked. {SignIn}",
            "invalid_client" or "unauthorized_client" => $"The OAuth client that {source} names is not known any more, or its secret is another. Sign in anew with one that is (clasp login --creds FILE).",
            _ => $"Google hands out no access token for {source} ({code}). {SignIn}",
        };
        return Failed(FailureKind.BadCredentials, code, words, operation, status);
    }

    /// <summary>The access token has run out, and there is nothing to get another with.</summary>
    public static ServiceException NotRefreshable(string source, string operation) =>
        Failed(FailureKind.BadCredentials, "NotRefreshable", $"The access token of {source} has expired, and nothing there can refresh it. {SignIn}", operation, 0);

    /// <summary>Nothing answered, or not to the end.</summary>
    public static ServiceException Unreached(Exception exception, Uri endpoint, string operation) => exception is OperationCanceledException
        ? Failed(FailureKind.Unreachable, "TimedOut", $"{endpoint.Authority} did not answer in time.", operation, 0, exception)
        : Failed(FailureKind.Unreachable, "ConnectionFailed", $"{endpoint.Authority} could not be reached: {exception.GetBaseException().Message}", operation, 0, exception);

    private static ServiceException Failed(FailureKind kind, string code, string words, string operation, int status, Exception? inner = null) =>
        new($"{Service} {operation} failed ({code}): {words}", inner) { Kind = kind, Code = code, StatusCode = status, Service = Service, Operation = operation };

    private static JsonElement ErrorOf(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body).Member("error");
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? ReasonOf(JsonElement error) =>
        error.Items("details").Select(detail => detail.Text("reason")).OfType<string>().FirstOrDefault()
        ?? error.Items("errors").Select(each => each.Text("reason")).OfType<string>().FirstOrDefault();

    private static string? Words(string? message)
    {
        if (message is null) return null;
        var plain = Token().Replace(Controls().Replace(message, " "), "[redacted]").TrimEnd('.') + ".";
        return plain.Length > 1000 ? plain[..1000] + "…" : plain;
    }

    [GeneratedRegex(@"\p{Cc}+", RegexOptions.CultureInvariant)]
    private static partial Regex Controls();

    [GeneratedRegex(@"(ya29\.|1//)[\w.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
