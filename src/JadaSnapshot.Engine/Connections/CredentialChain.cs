using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>Finds whose credentials to use: those given, then the environment's, the profile's, the container's, the instance's, in the SDK's order.</summary>
internal sealed class CredentialChain(ConnectionOptions options, SharedConfiguration configuration, Func<AWSCredentials, AmazonSecurityTokenServiceClient> stsFor)
{
    public AWSCredentials Find()
    {
        if (Given() is { } given) return given;
        if (configuration.ProfileIsExplicit) return FromProfile(configuration.Profile!, []) ?? throw Incomplete(configuration.ProfileName);
        return FromEnvironment()
            ?? FromConfiguredProfile()
            ?? FromContainer()
            ?? FromInstance()
            ?? throw ConnectionFailures.NoCredentials("NoCredentials",
                "There are no AWS credentials. Looked in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE, "
                + $"profile '{configuration.ProfileName}' of {options.ProfileLocation ?? SharedCredentialsFile.DefaultFilePath} and {SharedCredentialsFile.DefaultConfigFilePath}, "
                + "the container's and the instance's. Name a profile (-ProfileName), give keys (-AccessKey, -SecretKey), or sign in (aws configure, aws sso login).");
    }

    private AWSCredentials? Given() => Keys(options.AccessKey, options.SecretKey, options.SessionToken, "-AccessKey", "-SecretKey", "-SessionToken");

    private AWSCredentials? FromEnvironment()
    {
        var secret = Variable("AWS_SECRET_ACCESS_KEY") ?? Variable("AWS_SECRET_KEY");
        if (Keys(Variable("AWS_ACCESS_KEY_ID"), secret, Variable("AWS_SESSION_TOKEN"), "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", null) is { } keys) return keys;
        return Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && Variable("AWS_ROLE_ARN") is { } role
            ? WebIdentity(file, role, Variable("AWS_ROLE_SESSION_NAME"))
            : null;
    }

    private static AWSCredentials? Keys(string? accessKey, string? secretKey, string? token, string accessName, string secretName, string? tokenName) =>
        (string.IsNullOrWhiteSpace(accessKey), string.IsNullOrWhiteSpace(secretKey), string.IsNullOrWhiteSpace(token)) switch
        {
            (true, true, false) when tokenName is not null => throw Partial($"{tokenName} was given without {accessName} and {secretName}."),
            (true, true, _) => null,
            (false, true, _) => throw Partial($"{accessName} was given without {secretName}. They belong together."),
            (true, false, _) => throw Partial($"{secretName} was given without {accessName}. They belong together."),
            (_, _, true) => new BasicAWSCredentials(accessKey!.Trim(), secretKey!.Trim()),
            _ => new SessionAWSCredentials(accessKey!.Trim(), secretKey!.Trim(), token!.Trim()),
        };

    private AWSCredentials? FromConfiguredProfile() =>
        configuration.Profile is { } profile ? FromProfile(profile, [])
        : configuration.ProfileIsNamed ? throw configuration.ProfileNotFound()
        : null;

    private AWSCredentials? FromProfile(CredentialProfile profile, HashSet<string> seen)
    {
        var role = profile.Options;
        if (string.IsNullOrEmpty(role.RoleArn) || (!string.IsNullOrEmpty(role.SourceProfile) && role.SourceProfile == profile.Name && seen.Contains(profile.Name)))
            return profile.CanCreateAWSCredentials ? Factory(profile) : null;
        if (!string.IsNullOrEmpty(role.WebIdentityTokenFile)) return WebIdentity(role.WebIdentityTokenFile, role.RoleArn, role.RoleSessionName);
        if (!string.IsNullOrEmpty(role.MfaSerial))
            throw ConnectionFailures.NoCredentials("MfaRequired", $"Profile '{profile.Name}' assumes its role with an MFA code, which cannot be asked for here. Get session credentials first (aws configure export-credentials --profile {profile.Name}) and give those.");
        if (!seen.Add(profile.Name)) throw ConnectionFailures.NoCredentials("CyclicProfile", $"Profile '{profile.Name}' leads back to itself by its source_profile.");
        return new RoleCredentials(Source(profile, seen), role, stsFor);
    }

    private AWSCredentials Source(CredentialProfile profile, HashSet<string> seen)
    {
        var (source, from) = (profile.Options.SourceProfile, profile.Options.CredentialSource);
        if (!string.IsNullOrEmpty(source))
        {
            if (source == profile.Name) return OwnKeys(profile);
            if (!configuration.Profiles.TryGetProfile(source, out var other))
                throw ConnectionFailures.NoCredentials("ProfileNotFound", $"Profile '{profile.Name}' takes its credentials from profile '{source}' (source_profile), which is not there.");
            return FromProfile(other, seen) ?? throw Incomplete(source);
        }
        return (from?.ToUpperInvariant() switch
        {
            "ENVIRONMENT" => FromEnvironment(),
            "ECSCONTAINER" => FromContainer(),
            "EC2INSTANCEMETADATA" => FromInstance(),
            _ => throw Incomplete(profile.Name),
        }) ?? throw ConnectionFailures.NoCredentials("NoCredentials", $"Profile '{profile.Name}' takes its credentials from {from} (credential_source), where there are none.");
    }

    private static AWSCredentials OwnKeys(CredentialProfile profile) =>
        Keys(profile.Options.AccessKey, profile.Options.SecretKey, profile.Options.Token, "aws_access_key_id", "aws_secret_access_key", null) ?? throw Incomplete(profile.Name);

    private AWSCredentials Factory(CredentialProfile profile)
    {
        try
        {
            return AWSCredentialsFactory.GetAWSCredentials(profile, configuration.Profiles);
        }
        catch (Exception e) when (e is InvalidDataException or AmazonClientException or ArgumentException or InvalidOperationException)
        {
            throw ConnectionFailures.NoCredentials("InvalidProfile", $"Profile '{profile.Name}' cannot be used: {e.Message}", e);
        }
    }

    private WebIdentityCredentials WebIdentity(string file, string role, string? session)
    {
        try
        {
            return new WebIdentityCredentials(file, role, session, stsFor);
        }
        catch (ArgumentException e)
        {
            throw ConnectionFailures.NoCredentials("InvalidWebIdentity", $"The web identity cannot be used: {e.Message}", e);
        }
    }

    private static GenericContainerCredentials? FromContainer()
    {
        if (Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is null && Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is null) return null;
        try
        {
            return new GenericContainerCredentials();
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw ConnectionFailures.NoCredentials("InvalidContainerCredentials", $"The container's credentials cannot be fetched: {e.Message}", e);
        }
    }

    private static AWSCredentials? FromInstance() => InstanceMetadata.IsThere() ? InstanceMetadata.Credentials() : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private static ServiceException Partial(string message) => ConnectionFailures.NoCredentials("PartialCredentials", message);

    private static ServiceException Incomplete(string profile) =>
        ConnectionFailures.NoCredentials("IncompleteProfile", $"Profile '{profile}' holds no complete credentials: neither both keys, nor a role with its source, nor SSO, nor a credential_process.");
}
