using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Tests.Wire;
using JadaSnapshot.Engine.Wire;
using Xunit;

namespace JadaSnapshot.Engine.Tests.Connections;

[Collection(ProcessEnvironment.Name)]
public sealed class CredentialTests : IDisposable
{
    private readonly CleanEnvironment _environment = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task Given_keys_go_before_everything()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "FROMENVIRONMENT";
        _environment["AWS_SECRET_ACCESS_KEY"] = "secret";

        Assert.Equal("GIVEN", await AccessKeyAsync(new() { AccessKey = "GIVEN", SecretKey = "s", Region = "us-west-2" }));
    }

    [Fact]
    public async Task A_named_profile_goes_before_the_environment_and_the_environment_before_the_default_profile()
    {
        _environment.Write(".aws/credentials", "[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n[other]\naws_access_key_id = OTHER\naws_secret_access_key = s\n");
        Assert.Equal("DEFAULT", await AccessKeyAsync(new() { Region = "us-west-2" }));

        _environment["AWS_ACCESS_KEY_ID"] = "FROMENVIRONMENT";
        _environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        Assert.Equal("FROMENVIRONMENT", await AccessKeyAsync(new() { Region = "us-west-2" }));
        Assert.Equal("OTHER", await AccessKeyAsync(new() { ProfileName = "other", Region = "us-west-2" }));
    }

    [Fact]
    public async Task Files_named_in_the_environment_are_read_even_when_named_late()
    {
        _environment.Write(".aws/credentials", "[default]\naws_access_key_id = HOME\naws_secret_access_key = s\n");
        Assert.Equal("HOME", await AccessKeyAsync(new() { Region = "us-west-2" }));

        _environment["AWS_SHARED_CREDENTIALS_FILE"] = _environment.Write("credentials", "[p]\naws_access_key_id = ELSEWHERE\naws_secret_access_key = s\n");
        _environment["AWS_CONFIG_FILE"] = _environment.Write("config", "[profile p]\nregion = eu-west-3\n");
        _environment["AWS_PROFILE"] = "p";
        using var connection = AwsConnection.Open(new());
        Assert.Equal(("ELSEWHERE", "eu-west-3"), ((await connection.GetCredentialsAsync(Cancel)).AccessKey, connection.Region));
    }

    [Fact]
    public async Task Another_credentials_file_may_be_given()
    {
        var location = _environment.Write("mine", "[p]\naws_access_key_id = MINE\naws_secret_access_key = s\naws_session_token = t\nregion = ap-south-1\n");

        using var connection = AwsConnection.Open(new() { ProfileName = "p", ProfileLocation = location });

        var credentials = await connection.GetCredentialsAsync(Cancel);
        Assert.Equal(("MINE", "t", "ap-south-1"), (credentials.AccessKey, credentials.Token, connection.Region));
    }

    [Fact]
    public async Task A_role_is_assumed_with_the_source_profiles_credentials_at_the_configured_endpoint()
    {
        await using var sts = await LoopbackService.StartAsync(Reply.Ok($"""
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s2</SecretAccessKey><SessionToken>t2</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """));
        _environment.Write(".aws/credentials", "[base]\naws_access_key_id = BASE\naws_secret_access_key = s\n");
        _environment.Write(".aws/config", $"[profile work]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nexternal_id = x1\nregion = eu-west-1\nendpoint_url = {sts.Url}\n");

        using var connection = AwsConnection.Open(new() { ProfileName = "work" });
        var credentials = await connection.GetCredentialsAsync(Cancel);
        await connection.GetCredentialsAsync(Cancel);

        Assert.Equal(("ASSUMED", "t2"), (credentials.AccessKey, credentials.Token));
        var request = Assert.Single(sts.Requests);
        Assert.StartsWith("BASE/", request.Scope, StringComparison.Ordinal);
        Assert.EndsWith("/eu-west-1/sts/aws4_request", request.Scope, StringComparison.Ordinal);
        Assert.Contains("ExternalId=x1", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_role_is_told_in_words()
    {
        await using var sts = await LoopbackService.StartAsync(Reply.Fault(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: u is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>"));
        _environment.Write(".aws/credentials", "[base]\naws_access_key_id = BASE\naws_secret_access_key = s\n[work]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n");
        using var connection = AwsConnection.Open(new() { ProfileName = "work", Region = "us-west-2", EndpointUrl = sts.Url });

        var failure = await Assert.ThrowsAsync<ServiceException>(async () => await connection.GetCallerIdentityAsync(Cancel));

        Assert.Equal((FailureKind.NoCredentials, "AccessDenied"), (failure.Kind, failure.Code));
        Assert.Contains("sts:AssumeRole", failure.Message, StringComparison.Ordinal);
        Assert.Contains("work", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_sts_echoes_of_a_wrong_signature_is_not_shown()
    {
        await using var sts = await LoopbackService.StartAsync(Reply.Fault(403, "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>The Canonical String should have been 'x-amz-security-token:THETOKEN'</Message></Error></ErrorResponse>"));
        _environment.Write(".aws/credentials", "[base]\naws_access_key_id = BASE\naws_secret_access_key = s\naws_session_token = THETOKEN\n[work]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n");
        using var connection = AwsConnection.Open(new() { ProfileName = "work", Region = "us-west-2", EndpointUrl = sts.Url });

        var failure = await Assert.ThrowsAsync<ServiceException>(async () => await connection.GetCredentialsAsync(Cancel));

        Assert.Equal((FailureKind.BadCredentials, "SignatureDoesNotMatch"), (failure.Kind, failure.Code));
        Assert.DoesNotContain("THETOKEN", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Container_credentials_are_fetched()
    {
        await using var container = await LoopbackService.StartAsync(Reply.Ok($$"""{"AccessKeyId":"CONTAINER","SecretAccessKey":"s","Token":"t","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"}"""));
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.Url + "/creds";

        Assert.Equal("CONTAINER", await AccessKeyAsync(new() { Region = "us-west-2" }));
    }

    [Fact]
    public async Task On_an_instance_its_credentials_and_region_are_used()
    {
        await using var metadata = await LoopbackService.StartAsync((_, request) => request.RawTarget switch
        {
            "/latest/api/token" => Reply.Ok("token"),
            "/latest/meta-data/iam/security-credentials" or "/latest/meta-data/iam/security-credentials/" => Reply.Ok("the-role"),
            "/latest/meta-data/iam/security-credentials/the-role" => Reply.Ok($$"""{"Code":"Success","AccessKeyId":"INSTANCE","SecretAccessKey":"s","Token":"t","Expiration":"{{DateTime.UtcNow.AddHours(6):yyyy-MM-ddTHH:mm:ssZ}}"}"""),
            "/latest/meta-data/iam/info" => Reply.Ok("""{"Code":"Success"}"""),
            "/latest/dynamic/instance-identity/document" => Reply.Ok("""{"region":"eu-south-2"}"""),
            _ => Reply.Fault(404, ""),
        });
        _environment["AWS_EC2_METADATA_DISABLED"] = null;
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Url;

        using var connection = AwsConnection.Open(new());

        Assert.Equal(("INSTANCE", "eu-south-2"), ((await connection.GetCredentialsAsync(Cancel)).AccessKey, connection.Region));
    }

    [Fact]
    public async Task A_web_identity_is_exchanged_at_the_configured_endpoint()
    {
        await using var sts = await LoopbackService.StartAsync(Reply.Ok($"""
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
            <AccessKeyId>WEB</AccessKeyId><SecretAccessKey>s2</SecretAccessKey><SessionToken>t2</SessionToken><Expiration>{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}</Expiration>
            </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
            """));
        _environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = _environment.Write("token", "the-web-token");
        _environment["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/web";

        Assert.Equal("WEB", await AccessKeyAsync(new() { Region = "us-west-2", EndpointUrl = sts.Url }));
        Assert.Contains("WebIdentityToken=the-web-token", Assert.Single(sts.Requests).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K", null, null)]
    [InlineData(null, "S", null)]
    [InlineData(null, null, "T")]
    public void Half_a_pair_of_keys_is_an_error_in_words(string? access, string? secret, string? token)
    {
        var failure = Refusal(new() { AccessKey = access, SecretKey = secret, SessionToken = token, Region = "us-west-2" });

        Assert.Equal((FailureKind.NoCredentials, "PartialCredentials"), (failure.Kind, failure.Code));
        Assert.Contains("without", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_pair_in_the_environment_is_an_error_and_not_passed_over()
    {
        _environment.Write(".aws/credentials", "[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = s\n");
        _environment["AWS_ACCESS_KEY_ID"] = "K";

        Assert.Equal("PartialCredentials", Refusal(new() { Region = "us-west-2" }).Code);
    }

    [Fact]
    public void No_credentials_at_all_says_where_they_were_looked_for_and_says_so_soon()
    {
        _environment["AWS_EC2_METADATA_DISABLED"] = null;
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = $"http://{silent.LocalEndpoint}";
        var started = Stopwatch.GetTimestamp();

        var failure = Refusal(new() { Region = "us-west-2" });

        Assert.Equal((FailureKind.NoCredentials, "NoCredentials"), (failure.Kind, failure.Code));
        Assert.Contains("AWS_ACCESS_KEY_ID", failure.Message, StringComparison.Ordinal);
        Assert.Contains("aws sso login", failure.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_profile_that_the_environment_names_must_be_there_only_when_it_is_needed()
    {
        _environment["AWS_PROFILE"] = "gone";

        Assert.Equal("GIVEN", await AccessKeyAsync(new() { AccessKey = "GIVEN", SecretKey = "s", Region = "us-west-2" }));
        Assert.Equal("ProfileNotFound", Refusal(new() { Region = "us-west-2" }).Code);
    }

    [Fact]
    public void An_unknown_profile_is_answered_with_those_that_are_there()
    {
        _environment.Write(".aws/credentials", "[one]\naws_access_key_id = K\naws_secret_access_key = s\n[two]\naws_access_key_id = K\naws_secret_access_key = s\n");

        var failure = Refusal(new() { ProfileName = "thre" });

        Assert.Equal("ProfileNotFound", failure.Code);
        Assert.Contains("one, two", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[p]\nregion = us-west-2\n", "IncompleteProfile")]
    [InlineData("[p]\naws_access_key_id = K\n", "IncompleteProfile")]
    [InlineData("[p]\nrole_arn = r\nsource_profile = q\n[q]\nrole_arn = r\nsource_profile = p\n", "CyclicProfile")]
    [InlineData("[p]\nrole_arn = r\nsource_profile = gone\n", "ProfileNotFound")]
    [InlineData("[p]\nrole_arn = r\nmfa_serial = m\nsource_profile = gone\n", "MfaRequired")]
    [InlineData("[p]\nrole_arn = r\ncredential_source = Environment\n", "NoCredentials")]
    public void A_profile_that_cannot_work_is_refused_in_words(string credentials, string code)
    {
        _environment.Write(".aws/credentials", credentials);

        Assert.Equal((FailureKind.NoCredentials, code), (Refusal(new() { ProfileName = "p", Region = "us-west-2" }) is var f ? (f.Kind, f.Code) : default));
    }

    [Fact]
    public async Task Credentials_of_a_process_are_used()
    {
        _environment.Write(".aws/config", "[profile p]\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"PROCESS\",\"SecretAccessKey\":\"s\"}'\n");

        Assert.Equal("PROCESS", await AccessKeyAsync(new() { ProfileName = "p", Region = "us-west-2" }));
    }

    [Fact]
    public async Task An_sso_profile_without_a_session_says_how_to_sign_in()
    {
        _environment.Write(".aws/config", "[profile p]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\nsso_registration_scopes = sso:account:access\n");
        using var connection = AwsConnection.Open(new() { ProfileName = "p", Region = "us-west-2" });

        var failure = await Assert.ThrowsAsync<ServiceException>(async () => await connection.GetCredentialsAsync(Cancel));

        Assert.Equal(FailureKind.NoCredentials, failure.Kind);
        Assert.Contains("aws sso login --profile p", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_sso_session_that_was_signed_in_gives_the_credentials_of_its_role()
    {
        await using var portal = await LoopbackService.StartAsync(Reply.Ok($$"""{ "roleCredentials": { "accessKeyId": "SSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": {{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds()}} } }"""));
        _environment["AWS_ENDPOINT_URL_SSO"] = portal.Url;
        _environment.Write(".aws/config", "[profile p]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\nsso_registration_scopes = sso:account:access\n");
        var cache = Directory.CreateDirectory(Path.Combine(_environment.Home, ".aws", "sso", "cache"));
        // As aws sso login leaves it: named by the SHA-1 of the session's name.
        File.WriteAllText(Path.Combine(cache.FullName, "a0f1490a20d0211c997b44bc357e1972deab8ae3.json"),
            $$"""{"startUrl":"https://example.awsapps.com/start","region":"us-east-1","accessToken":"signed-in","expiresAt":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""");

        Assert.Equal("SSO", await AccessKeyAsync(new() { ProfileName = "p", Region = "us-west-2" }));

        var request = Assert.Single(portal.Requests);
        Assert.Contains("role_name=r", request.RawTarget, StringComparison.Ordinal);
        Assert.Equal("signed-in", request.Headers["x-amz-sso_bearer_token"]);
    }

    private static ServiceException Refusal(ConnectionOptions options) => Assert.Throws<ServiceException>(() => AwsConnection.Open(options).Dispose());

    private static async Task<string> AccessKeyAsync(ConnectionOptions options)
    {
        using var connection = AwsConnection.Open(options);
        return (await connection.GetCredentialsAsync(Cancel)).AccessKey;
    }
}
