using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections.Google;

/// <summary>Finds the credentials that people have: a token in the environment, what clasp keeps, application default credentials.</summary>
internal sealed class GoogleCredentialFiles(GoogleOptions options, HttpClientFactory http, string? tokenServer)
{
    /// <summary>Beside what sign-ins were made for, other credentials are asked for these.</summary>
    private static readonly string[] Scopes = ["https://www.googleapis.com/auth/script.projects.readonly", "https://www.googleapis.com/auth/script.deployments.readonly"];

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private string ClaspFile => options.ClaspFile ?? Variable("clasp_config_auth") ?? Path.Join(Home, ".clasprc.json");

    private static string GcloudFile => OperatingSystem.IsWindows()
        ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "gcloud", "application_default_credentials.json")
        : Path.Join(Home, ".config", "gcloud", "application_default_credentials.json");

    /// <summary>The first credentials that there are, and words for where they lie.</summary>
    /// <exception cref="ServiceException">There are none, or they cannot be used.</exception>
    public (IConfigurableHttpClientInitializer Credentials, string Source) Find()
    {
        if ((options.AccessToken ?? Variable("GOOGLE_OAUTH_ACCESS_TOKEN")) is { } token) return (GoogleCredential.FromAccessToken(token), "GOOGLE_OAUTH_ACCESS_TOKEN");
        if (Read(ClaspFile) is { } clasp) return (FromClasp(clasp) ?? throw Unusable(ClaspFile, "has no token of its default user"), ClaspFile);
        var named = options.CredentialsFile ?? Variable("GOOGLE_APPLICATION_CREDENTIALS");
        if (named is not null) return (FromFile(named) ?? throw Unusable(named, "is not there"), named);
        if (FromFile(GcloudFile) is { } gcloud) return (gcloud, GcloudFile);
        throw GoogleFailures.NoCredentials("NoCredentials",
            $"There are no Google credentials. Looked in GOOGLE_OAUTH_ACCESS_TOKEN, {ClaspFile}, GOOGLE_APPLICATION_CREDENTIALS and {GcloudFile}. Sign in (clasp login).");
    }

    /// <summary>The three forms of clasp's file: of version 3, of a project and of a user before that. The last one does not name the client that could refresh it.</summary>
    private UserCredential? FromClasp(JsonElement file)
    {
        if (file.Member("tokens").Member("default") is { ValueKind: JsonValueKind.Object } token) return User(token, token.Text("client_id"), token.Text("client_secret"));
        if (file.Member("token") is { ValueKind: JsonValueKind.Object } older)
        {
            var client = file.Member("oauth2ClientSettings");
            return User(older, client.Text("clientId"), client.Text("clientSecret"));
        }
        return file.Text("access_token") is null ? null : User(file, null, null);
    }

    private IConfigurableHttpClientInitializer? FromFile(string path)
    {
        if (Read(path) is not { } file) return null;
        if (file.Text("type") == "authorized_user") return User(file, file.Text("client_id"), file.Text("client_secret"));
        try
        {
            var credential = CredentialFactory.FromJson(file.GetRawText(), file.Text("type") ?? "").CreateWithHttpClientFactory(http);
            return credential.IsCreateScopedRequired ? credential.CreateScoped(Scopes) : credential;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or NotSupportedException)
        {
            throw Unusable(path, "is not a file of credentials");
        }
    }

    private UserCredential User(JsonElement token, string? clientId, string? clientSecret)
    {
        var secrets = new ClientSecrets { ClientId = clientId ?? "", ClientSecret = clientSecret ?? "" };
        var flow = new AuthorizationCodeFlow(new(GoogleAuthConsts.OidcAuthorizationUrl, tokenServer ?? GoogleAuthConsts.OidcTokenUrl) { ClientSecrets = secrets, HttpClientFactory = http });
        var expires = token.Number("expiry_date") is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
        var answer = new TokenResponse
        {
            AccessToken = token.Text("access_token"),
            // Without a client nothing can be refreshed: the token serves until it is refused.
            RefreshToken = clientId is null ? null : token.Text("refresh_token"),
            IssuedUtc = clientId is null ? DateTime.UtcNow : expires.UtcDateTime.AddHours(-1),
            ExpiresInSeconds = 3600,
        };
        return new UserCredential(flow, "user", answer, token.Text("quota_project_id"));
    }

    private static JsonElement? Read(string path)
    {
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw Unusable(path, "is not a JSON file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, "cannot be read");
        }
    }

    private static ServiceException Unusable(string path, string why) =>
        GoogleFailures.NoCredentials("CredentialsUnusable", $"The Google credentials of {path} cannot be used: it {why}. Sign in anew (clasp login), or name another file.");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
