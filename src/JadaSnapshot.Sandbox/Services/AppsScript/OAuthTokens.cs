using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Protocols;

namespace JadaSnapshot.Sandbox.Services.AppsScript;

/// <summary>Who may call: one user with a refresh token, and the access tokens that were handed out for it.</summary>
internal sealed class OAuthTokens(SandboxWorld world)
{
    public const string Path = "/token";
    public const string AccessToken = "ya29.jadaSandboxOnlyOpensThisLoopbackEstate";
    public const string RefreshToken = "1//jadaSandboxOnlyRefreshesThisLoopbackEstate";
    public const string ClientId = "000000000000-jadasandbox.apps.googleusercontent.com";
    public const string ClientSecret = "jadaSandboxClient";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _handedOut = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>A user's credentials as clasp 3 writes them, with an access token that has expired.</summary>
    public static string ClaspCredentials() => JsonAnswer.Text(new JsonObject
    {
        ["tokens"] = new JsonObject
        {
            ["default"] = new JsonObject
            {
                ["client_id"] = ClientId,
                ["client_secret"] = ClientSecret,
                ["type"] = "authorized_user",
                ["refresh_token"] = RefreshToken,
                ["access_token"] = "ya29.expired",
                ["expiry_date"] = 1_700_000_000_000,
                ["token_type"] = "Bearer",
            },
        },
    });

    public void AddTo(OperationTable operations) => operations.Add("oauth2.token", $"POST {Path}", Refresh);

    /// <exception cref="SandboxException">There is no token, or it is not valid any more.</exception>
    public void Check(string? authorization)
    {
        if (authorization?.StartsWith("Bearer ", StringComparison.Ordinal) != true) throw GoogleErrors.Of("CREDENTIALS_MISSING");
        var token = authorization["Bearer ".Length..];
        if (token != AccessToken && !(_handedOut.TryGetValue(token, out var end) && end > world.Now)) throw GoogleErrors.Of("ACCESS_TOKEN_EXPIRED");
    }

    private SandboxResponse Refresh(Call call)
    {
        if (call.Form.Text("grant_type") != "refresh_token") throw new SandboxException(400, "unsupported_grant_type", "Invalid grant_type: only refresh_token is known here.");
        if (call.Form.Text("client_id") != ClientId || call.Form.Text("client_secret") != ClientSecret) throw GoogleErrors.Of("invalid_client");
        if (call.Form.Text("refresh_token") != RefreshToken) throw GoogleErrors.Of("invalid_grant");
        var token = $"{AccessToken}.{Interlocked.Increment(ref _count)}";
        _handedOut[token] = world.Now + Lifetime;
        return JsonAnswer.Of(new JsonObject
        {
            ["access_token"] = token,
            ["expires_in"] = (int)Lifetime.TotalSeconds,
            ["scope"] = "https://www.googleapis.com/auth/script.projects https://www.googleapis.com/auth/script.deployments",
            ["token_type"] = "Bearer",
        });
    }
}
