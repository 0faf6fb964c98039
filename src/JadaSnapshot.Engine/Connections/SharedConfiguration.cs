using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Internal;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>What environment and shared files say, read anew for each connection. A setting in the environment goes before the profile's.</summary>
internal sealed class SharedConfiguration
{
    private static readonly Lock Reading = new();

    private readonly InternalConfiguration _environment;
    private readonly InternalConfiguration? _profileSettings;

    private SharedConfiguration(ConnectionOptions options)
    {
        Profiles = new CredentialProfileStoreChain(options.ProfileLocation);
        var fromEnvironment = Environment.GetEnvironmentVariable("AWS_PROFILE");
        ProfileName = Given(options.ProfileName) ?? Given(fromEnvironment) ?? SharedCredentialsFile.DefaultProfileName;
        ProfileIsExplicit = Given(options.ProfileName) is not null;
        ProfileIsNamed = ProfileIsExplicit || Given(fromEnvironment) is not null;
        if (Profiles.TryGetProfile(ProfileName, out var profile)) Profile = profile;
        else if (ProfileIsExplicit) throw ProfileNotFound();
        _environment = new EnvironmentVariableInternalConfiguration();
        _profileSettings = Profile is null ? null : new ProfileInternalConfiguration(Profiles, ProfileName);
    }

    public CredentialProfileStoreChain Profiles { get; }

    public string ProfileName { get; }

    public bool ProfileIsExplicit { get; }

    public bool ProfileIsNamed { get; }

    public CredentialProfile? Profile { get; }

    public int? MaxAttempts => Setting(c => c.MaxAttempts);

    public bool UseFips => Setting(c => c.UseFIPSEndpoint) == true;

    public bool UseDualStack => Setting(c => c.UseDualstackEndpoint) == true;

    // The SDK takes the variable's absence for a "false" that goes before the profile's "true".
    public bool IgnoreConfiguredEndpoints =>
        (Given(Environment.GetEnvironmentVariable(EnvironmentVariableInternalConfiguration.ENVIRONMENT_VARIABLE_AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) is null
            ? _profileSettings?.IgnoreConfiguredEndpointUrls
            : _environment.IgnoreConfiguredEndpointUrls) == true;

    public static string? EnvironmentRegion => Given(Environment.GetEnvironmentVariable("AWS_REGION")) ?? Given(Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"));

    public static SharedConfiguration Read(ConnectionOptions options)
    {
        if (Given(options.ProfileLocation) is { } location && !File.Exists(location))
            throw ConnectionFailures.NoCredentials("ProfileLocationNotFound", $"There is no file '{location}', which was given as the place of profiles.");
        lock (Reading)
        {
            try
            {
                FollowTheEnvironment();
                return new SharedConfiguration(options);
            }
            catch (Exception e) when (e is AmazonClientException or InvalidDataException or IOException or UnauthorizedAccessException or FormatException or ArgumentException)
            {
                throw ConnectionFailures.Failed(FailureKind.Invalid, "UnreadableConfiguration", $"The AWS settings in environment and shared files could not be read: {e.Message}", e);
            }
        }
    }

    public ServiceException ProfileNotFound()
    {
        var known = Profiles.ListProfiles().Select(p => p.Name).Order(StringComparer.Ordinal).ToArray();
        var files = $"{Profiles.ProfilesLocation ?? SharedCredentialsFile.DefaultFilePath} and {SharedCredentialsFile.DefaultConfigFilePath}";
        var there = known.Length == 0 ? "There is none there." : $"These are there: {string.Join(", ", known)}.";
        return ConnectionFailures.NoCredentials("ProfileNotFound", $"There is no profile '{ProfileName}' in {files}. {there}");
    }

    private T? Setting<T>(Func<InternalConfiguration, T?> read) where T : struct => read(_environment) ?? (_profileSettings is null ? null : read(_profileSettings));

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    // The SDK looks at the environment once a process, a PowerShell session may change it at any time.
    private static void FollowTheEnvironment()
    {
        var home = Given(Environment.GetEnvironmentVariable("HOME")) ?? Given(Environment.GetEnvironmentVariable("USERPROFILE")) ?? Directory.GetCurrentDirectory();
        SetDefaultFilePath(null, ExistingFile(SharedCredentialsFile.SharedCredentialsFileEnvVar) ?? Path.Combine(home, ".aws", "credentials"));
        SetDefaultConfigFilePath(null, ExistingFile(SharedCredentialsFile.SharedConfigFileEnvVar) ?? Path.Combine(home, ".aws", "config"));
        FallbackRegionFactory.Reset();
        FallbackInternalConfigurationFactory.Reset();
    }

    private static string? ExistingFile(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path && File.Exists(path) ? path : null;

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "set_DefaultFilePath")]
    private static extern void SetDefaultFilePath(SharedCredentialsFile? type, string path);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "set_DefaultConfigFilePath")]
    private static extern void SetDefaultConfigFilePath(SharedCredentialsFile? type, string path);
}
