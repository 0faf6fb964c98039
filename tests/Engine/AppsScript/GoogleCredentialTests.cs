using System.Text.Json.Nodes;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.Tests.Connections;
using JadaSnapshot.Engine.Wire;
using JadaSnapshot.Sandbox.Hosting.Faults;
using Xunit;

namespace JadaSnapshot.Engine.Tests.AppsScript;

[Collection(ProcessEnvironment.Name)]
public sealed class GoogleCredentialTests : IDisposable
{
    private readonly CleanEnvironment _environment = new();

    public GoogleCredentialTests()
    {
        foreach (var name in new[] { "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_APPLICATION_CREDENTIALS", "clasp_config_auth", "JADA_GOOGLE_ENDPOINT_URL" }) _environment[name] = null;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task The_environment_says_where_to_call_and_with_which_token()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        _environment["JADA_GOOGLE_ENDPOINT_URL"] = scripts.Host.Endpoint;
        _environment["GOOGLE_OAUTH_ACCESS_TOKEN"] = scripts.Host.GoogleAccessToken;
        await AskAsync(scripts, new());
        Assert.Equal(["projects.get"], scripts.Calls);
    }

    [Fact]
    public async Task What_clasp_keeps_in_the_home_is_found_and_its_expired_token_refreshed_once()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        _environment.Write(".clasprc.json", scripts.Host.ClaspCredentials);
        using var google = GoogleConnection.Open(new() { EndpointUrl = scripts.Host.Endpoint });
        var target = $"v1/projects/{await scripts.MakeAsync()}";
        await google.GetAsync("projects.get", target, Cancel);
        await google.GetAsync("projects.get", target, Cancel);
        Assert.Equal(["oauth2.token", "projects.get", "projects.get"], scripts.Calls);
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_time_is_refreshed_too()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var file = JsonNode.Parse(scripts.Host.ClaspCredentials)!;
        file["tokens"]!["default"]!["expiry_date"] = DateTimeOffset.UtcNow.AddMinutes(50).ToUnixTimeMilliseconds();
        await AskAsync(scripts, new() { ClaspFile = _environment.Write("clasp.json", file.ToJsonString()), EndpointUrl = scripts.Host.Endpoint });
        Assert.Equal(["", "oauth2.token", "projects.get"], scripts.Calls);
    }

    [Fact]
    public async Task What_older_versions_of_clasp_keep_is_read_too()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var token = JsonNode.Parse(scripts.Host.ClaspCredentials)!["tokens"]!["default"]!;
        var older = new JsonObject
        {
            ["token"] = new JsonObject { ["access_token"] = "ya29.old", ["refresh_token"] = token["refresh_token"]!.DeepClone(), ["expiry_date"] = 1 },
            ["oauth2ClientSettings"] = new JsonObject { ["clientId"] = token["client_id"]!.DeepClone(), ["clientSecret"] = token["client_secret"]!.DeepClone() },
            ["isLocalCreds"] = true,
        };
        await AskAsync(scripts, new() { ClaspFile = _environment.Write("clasp.json", older.ToJsonString()), EndpointUrl = scripts.Host.Endpoint });
        Assert.Equal(["oauth2.token", "projects.get"], scripts.Calls);
    }

    [Theory]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS", "adc.json")]
    [InlineData(null, ".config/gcloud/application_default_credentials.json")]
    public async Task Application_default_credentials_serve_as_well(string? variable, string name)
    {
        await using var scripts = await ScriptProjects.StartAsync();
        Directory.CreateDirectory(Path.Combine(_environment.Home, ".config/gcloud"));
        var path = _environment.Write(name, JsonNode.Parse(scripts.Host.ClaspCredentials)!["tokens"]!["default"]!.ToJsonString());
        if (variable is not null) _environment[variable] = path;
        await AskAsync(scripts, new() { EndpointUrl = scripts.Host.Endpoint });
        Assert.Equal(["oauth2.token", "projects.get"], scripts.Calls);
    }

    [Theory]
    [InlineData("invalid_grant", "has expired or was revoked")]
    [InlineData("invalid_client", "OAuth client")]
    public async Task A_sign_in_that_is_over_is_said_without_its_tokens(string code, string words)
    {
        await using var scripts = await ScriptProjects.StartAsync();
        scripts.Host.Faults.Add(Fault.Parse($"operation=oauth2.token,kind=error,code={code}"));
        var failure = await Assert.ThrowsAsync<ServiceException>(() => AskAsync(scripts, new() { ClaspFile = _environment.Write("clasp.json", scripts.Host.ClaspCredentials), EndpointUrl = scripts.Host.Endpoint }));
        Assert.Equal((FailureKind.BadCredentials, code), (failure.Kind, failure.Code));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        foreach (var secret in new[] { "1//", "ya29", "jadaSandboxClient" }) Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_nothing_can_refresh_is_said_to_be_over()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        var file = _environment.Write("clasp.json", """{"tokens":{"default":{"client_id":"a","client_secret":"b","access_token":"ya29.over","expiry_date":1}}}""");
        var failure = await Assert.ThrowsAsync<ServiceException>(() => AskAsync(scripts, new() { ClaspFile = file, EndpointUrl = scripts.Host.Endpoint }));
        Assert.Equal((FailureKind.BadCredentials, "NotRefreshable"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task Many_calls_at_once_refresh_a_token_once()
    {
        await using var scripts = await ScriptProjects.StartAsync();
        using var google = GoogleConnection.Open(new() { ClaspFile = _environment.Write("clasp.json", scripts.Host.ClaspCredentials), EndpointUrl = scripts.Host.Endpoint });
        var id = await scripts.MakeAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => google.GetAsync("projects.get", $"v1/projects/{id}", Cancel)));
        Assert.Single(scripts.Calls, call => call == "oauth2.token");
    }

    [Fact]
    public void Without_any_credentials_it_is_said_where_was_looked()
    {
        var failure = Assert.Throws<ServiceException>(() => GoogleConnection.Open(new()));
        Assert.Equal((FailureKind.NoCredentials, "NoCredentials"), (failure.Kind, failure.Code));
        Assert.Contains(".clasprc.json", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"tokens":{"other":{"refresh_token":"1//secret"}}}""")]
    public void A_file_that_holds_no_credentials_is_named(string content)
    {
        var path = _environment.Write("clasp.json", content);
        var failure = Assert.Throws<ServiceException>(() => GoogleConnection.Open(new() { ClaspFile = path }));
        Assert.Equal((FailureKind.NoCredentials, "CredentialsUnusable"), (failure.Kind, failure.Code));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1//", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task AskAsync(ScriptProjects scripts, GoogleOptions options)
    {
        using var google = GoogleConnection.Open(options);
        await google.GetAsync("projects.get", $"v1/projects/{await scripts.MakeAsync()}", Cancel);
    }
}
