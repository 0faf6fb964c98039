using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.SecurityToken;
using JadaSnapshot.Engine.Wire;

namespace JadaSnapshot.Engine.Connections;

/// <summary>
/// Who calls, and where: credentials, regions, endpoints, request budgets. What was given explicitly goes first; the rest is
/// read as the AWS SDK reads it from environment, shared files, container and instance. Safe to use from many threads at once.
/// </summary>
public sealed partial class AwsConnection : IDisposable
{
    private const int DefaultAttempts = 8;

    private static readonly AwsService Sts = new()
    {
        ServiceId = "STS",
        SigningName = "sts",
        EndpointPrefix = "sts",
        Protocol = WireProtocol.Query,
        ApiVersion = "2011-06-15",
    };

    private readonly ConcurrentDictionary<(string Service, string Region), Lazy<WireClient>> _clients = new();
    private readonly SemaphoreSlim _identityGate = new(1, 1);
    private readonly ServiceEndpoints _endpoints;
    private readonly SharedConfiguration _configuration;
    private CallerIdentity? _identity;
    private volatile ImmutableCredentials? _current;

    private AwsConnection(ConnectionOptions options, SharedConfiguration configuration)
    {
        _configuration = configuration;
        _endpoints = new ServiceEndpoints(options, _configuration);
        Region = Valid(FindRegion(options, _configuration));
        Regions = [.. options.Regions.Where(r => !string.IsNullOrWhiteSpace(r)).Select(Valid).Prepend(Region).Distinct(StringComparer.Ordinal)];
        Attempts = Math.Clamp(_configuration.MaxAttempts ?? DefaultAttempts, 1, 100);
        Credentials = new CredentialChain(options, _configuration, StsFor).Find();
        Redaction = new Redaction(() => _current);
        Gate = new CallGate(options.OneAtATime);
        Budgets = new RequestBudgets(options.UseBudgets, () => _current?.AccessKey ?? "");
    }

    /// <summary>The region that is called where no other is named.</summary>
    public string Region { get; }

    /// <summary>Every region to look into; the first is <see cref="Region"/>.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>The calls that were made so far.</summary>
    public CallLog Calls { get; } = new();

    internal AWSCredentials Credentials { get; }

    internal int Attempts { get; }

    internal Redaction Redaction { get; }

    internal RequestBudgets Budgets { get; }

    internal CallGate Gate { get; }

    /// <summary>Opens a connection. Calls no service; on an EC2 instance it may ask the instance's metadata.</summary>
    /// <exception cref="ServiceException">There are no credentials, no region, or what was given or configured cannot be used.</exception>
    public static AwsConnection Open(ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RuntimeDependencies.Register();
        return new AwsConnection(options, SharedConfiguration.Read(options));
    }

    /// <summary>The credentials to sign with now; temporary ones are renewed in time.</summary>
    /// <exception cref="ServiceException">They could not be obtained.</exception>
    public async ValueTask<ImmutableCredentials> GetCredentialsAsync(CancellationToken cancel)
    {
        try
        {
            return _current = await Credentials.GetCredentialsAsync().WaitAsync(cancel);
        }
        catch (Exception e) when (e is not (OperationCanceledException or ServiceException))
        {
            throw Unobtainable(e);
        }
    }

    /// <summary>Asks for new credentials at the next call, because a service said that the present ones have expired.</summary>
    public void RefreshCredentials() => (Credentials as RefreshingAWSCredentials)?.ClearCredentials();

    /// <summary>Where a service is called: the endpoint given or configured for it, else the standard one of the region's partition.</summary>
    /// <exception cref="ServiceException">What is configured is not a URL.</exception>
    public Uri Endpoint(AwsService service, string? region = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        return _endpoints.Of(service, Valid(region ?? Region));
    }

    /// <summary>The region in the signature of a service's requests: for a service without regions that of its partition.</summary>
    public string SigningRegion(AwsService service, string? region = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        return ServiceEndpoints.SigningRegion(service, Valid(region ?? Region));
    }

    /// <summary>The client of a service; one a service and region, kept for the life of the connection.</summary>
    /// <param name="service">The service.</param>
    /// <param name="region">The region; null for <see cref="Region"/>.</param>
    public WireClient Wire(AwsService service, string? region = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        var where = SigningRegion(service, region);
        return _clients.GetOrAdd((service.ServiceId, where), _ => new Lazy<WireClient>(() => new WireClient(this, service, where))).Value;
    }

    /// <summary>Asks STS, once, who the credentials belong to.</summary>
    /// <exception cref="ServiceException">STS said no or could not be reached.</exception>
    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancel)
    {
        await _identityGate.WaitAsync(cancel);
        try
        {
            if (_identity is not null) return _identity;
            var answer = (await Wire(Sts).SendAsync(new WireRequest { Operation = "GetCallerIdentity" }, cancel)).Xml();
            _identity = new CallerIdentity(Text(answer, "Account"), Text(answer, "Arn"), Text(answer, "UserId"));
            if (_current is { } known) RequestBudgets.Learn(known.AccessKey, _identity.Account);
            return _identity;
        }
        finally
        {
            _identityGate.Release();
        }
    }

    /// <summary>Ends every client of this connection.</summary>
    public void Dispose()
    {
        foreach (var client in _clients.Values)
            if (client.IsValueCreated) client.Value.Dispose();
        (Credentials as IDisposable)?.Dispose();
        _identityGate.Dispose();
        Gate.Dispose();
    }

    private static string FindRegion(ConnectionOptions options, SharedConfiguration configuration)
    {
        var ofProfile = configuration.Profile?.Region?.SystemName;
        var found = string.IsNullOrWhiteSpace(options.Region) ? null : options.Region.Trim();
        if (configuration.ProfileIsExplicit) found ??= ofProfile;
        found ??= SharedConfiguration.EnvironmentRegion ?? ofProfile;
        if (found is null && InstanceMetadata.IsThere()) found = InstanceMetadata.Region();
        return found ?? throw ConnectionFailures.NoRegion("NoRegion",
            $"There is no AWS region. Looked in AWS_REGION, AWS_DEFAULT_REGION, profile '{configuration.ProfileName}' and the instance's. Name one (-Region us-west-2), or set AWS_REGION.");
    }

    private static string Valid(string region) =>
        RegionName().IsMatch(region) ? region : throw ConnectionFailures.NoRegion("InvalidRegion", "The region is not a region's name, such as us-west-2.");

    private static string Text(XElement answer, string name) => answer.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    private AmazonSecurityTokenServiceClient StsFor(AWSCredentials credentials) => new(credentials, new AmazonSecurityTokenServiceConfig
    {
        ServiceURL = Endpoint(Sts, Region).AbsoluteUri,
        AuthenticationRegion = Region,
    });

    private ServiceException Unobtainable(Exception e)
    {
        var code = (e as AmazonServiceException)?.ErrorCode is { Length: > 0 } said ? said : "CredentialsUnavailable";
        var kind = ErrorCodes.Kind(code, 0) is FailureKind.BadCredentials ? FailureKind.BadCredentials : FailureKind.NoCredentials;
        var profile = _configuration.Profile;
        var sso = !string.IsNullOrEmpty(profile?.Options.SsoSession) || !string.IsNullOrEmpty(profile?.Options.SsoStartUrl);
        var words = kind == FailureKind.BadCredentials ? ServiceFailures.BadCredentials(code) : Redaction.Of(e.Message).TrimEnd('.') + ".";
        var advice = sso ? $" Sign in again: aws sso login --profile {_configuration.ProfileName}." : "";
        return ConnectionFailures.Failed(kind, code, $"The credentials of profile '{_configuration.ProfileName}' or its source could not be obtained: {words}{advice}", e is AmazonServiceException ? null : e);
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex RegionName();
}
