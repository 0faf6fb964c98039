using System.Management.Automation;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>A cmdlet that calls AWS, with the connection parameters that AWS.Tools has.</summary>
public abstract class JadaConnectedCommand : JadaEstateCommand
{
    private AwsConnection? _connection;
    private ConnectionOptions? _options;
    private string[] _storedRegion = [];

    /// <summary>A profile of the shared credentials and configuration files.</summary>
    [Parameter]
    [Alias("AWSProfileName", "StoredCredentials")]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>Another credentials file than <c>~/.aws/credentials</c>.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    [ValidateNotNullOrEmpty]
    public string? ProfileLocation { get; set; }

    /// <summary>An access key id; goes with <see cref="SecretKey"/>.</summary>
    [Parameter]
    [Alias("AK")]
    [ValidateNotNullOrEmpty]
    public string? AccessKey { get; set; }

    /// <summary>The secret that belongs to <see cref="AccessKey"/>.</summary>
    [Parameter]
    [Alias("SK", "SecretAccessKey")]
    [ValidateNotNullOrEmpty]
    public string? SecretKey { get; set; }

    /// <summary>The token of temporary credentials.</summary>
    [Parameter]
    [Alias("ST")]
    [ValidateNotNullOrEmpty]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: of AWS.Tools or the AWS SDK, what <c>Use-STSRole</c> answers, or a PSCredential with the access key id as user name.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Credential { get; set; }

    /// <summary>The region, and further ones to look into; those of the estate file where none is given.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ValidateNotNullOrEmpty]
    public string[]? Region { get; set; }

    /// <summary>One endpoint for every service, as the sandbox, moto or a VPC endpoint has it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    /// <summary>The connection, opened when it is first needed.</summary>
    private protected AwsConnection Connection => _connection ??= Connect(EstateFile);

    /// <summary>Opens the connection as parameters, then the estate file, then the session's settings have it.</summary>
    /// <param name="estate">The estate file.</param>
    /// <param name="further">Regions to look into where no parameter and no estate file names any.</param>
    /// <param name="endpoint">Another endpoint than <see cref="EndpointUrl"/>.</param>
    private protected AwsConnection Connect(EstateFile? estate, IReadOnlyList<string>? further = null, string? endpoint = null)
    {
        string[] regions = Region ?? (estate?.Regions is { Count: > 0 } declared ? [.. declared] : [.. _storedRegion, .. further ?? []]);
        return AwsConnection.Open(_options! with { Region = regions.FirstOrDefault(), Regions = [.. regions.Skip(1)], EndpointUrl = endpoint ?? _options.EndpointUrl });
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _options = Options();
            _storedRegion = RegionOf(GetVariableValue("StoredAWSRegion"));
        }
        catch (UsageException exception)
        {
            ThrowTerminatingError(exception.ToErrorRecord(null));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var count in _connection?.Calls.Counts ?? [])
            WriteVerbose($"{count.Service}:{count.Operation} in {count.Region}: {count.Calls:N0} calls, {count.Retries:N0} retries.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _connection?.Dispose();
        base.Dispose(disposing);
    }

    private ConnectionOptions Options()
    {
        CheckParameters();
        var options = new ConnectionOptions
        {
            ProfileName = ProfileName,
            ProfileLocation = ProfileLocation is null ? null : this.ToFullPath(ProfileLocation),
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            SessionToken = SessionToken,
            EndpointUrl = EndpointUrl,
        };
        if (AccessKey is not null || ProfileName is not null) return options;
        var credential = Credential ?? GetVariableValue("StoredAWSCredentials");
        return credential is null ? options : CredentialReader.Add(options, credential);
    }

    private void CheckParameters()
    {
        if ((AccessKey is null) != (SecretKey is null))
            throw new UsageException("IncompleteAccessKey", "-AccessKey and -SecretKey go together.", "Give both, or neither.");
        if (SessionToken is not null && AccessKey is null)
            throw new UsageException("IncompleteAccessKey", "-SessionToken goes with -AccessKey and -SecretKey.", "Give all three.");
        if (new object?[] { ProfileName, AccessKey, Credential }.Count(given => given is not null) > 1)
            throw new UsageException("AmbiguousCredentials", "Only one of -ProfileName, -AccessKey and -Credential can say who calls.", "Give one of them.");
        if (EndpointUrl is not null && !(Uri.TryCreate(EndpointUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
            throw new UsageException("EndpointUrlInvalid", "-EndpointUrl is not the address of an HTTP endpoint.", "Give something like http://127.0.0.1:4566.");
    }

    // AWS.Tools keeps the region's name; older versions kept the SDK's RegionEndpoint.
    private static string[] RegionOf(object? stored) =>
        stored is null ? [] : [PSObject.AsPSObject(stored).Properties["SystemName"]?.Value as string ?? stored.ToString()!];
}
