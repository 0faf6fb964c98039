using System.Management.Automation;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>Who calls and where, as the connection parameters say it, and what the session says where they do not.</summary>
internal sealed record ConnectionSettings
{
    public string? ProfileName { get; init; }

    public string? ProfileLocation { get; init; }

    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public string? SessionToken { get; init; }

    public object? Credential { get; init; }

    public string[]? Region { get; init; }

    public string? EndpointUrl { get; init; }

    /// <summary>What an opened connection needs of them, with the credentials and the region that the session has stored. Only the pipeline thread may ask.</summary>
    /// <exception cref="UsageException">They contradict each other, or cannot be used.</exception>
    public StoredConnection Read(SessionState session)
    {
        Check();
        var options = new ConnectionOptions
        {
            ProfileName = ProfileName,
            ProfileLocation = ProfileLocation is null ? null : session.ToFullPath(ProfileLocation),
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            SessionToken = SessionToken,
            EndpointUrl = EndpointUrl,
        };
        var credential = AccessKey is null && ProfileName is null ? Credential ?? session.PSVariable.GetValue("StoredAWSCredentials") : null;
        return new(credential is null ? options : CredentialReader.Add(options, credential), Region, RegionOf(session.PSVariable.GetValue("StoredAWSRegion")));
    }

    private void Check()
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

/// <summary>A connection that can be opened.</summary>
/// <param name="Options">Who calls and where.</param>
/// <param name="Given">The regions that were given.</param>
/// <param name="Stored">The region that the session has stored.</param>
internal sealed record StoredConnection(ConnectionOptions Options, string[]? Given, string[] Stored)
{
    /// <summary>What a connection is opened with: the regions are those that were given, else those of the estate file, else those of the session.</summary>
    /// <param name="estate">The estate file.</param>
    /// <param name="further">Regions to look into where neither a parameter nor the estate file names any.</param>
    public ConnectionOptions For(EstateFile? estate, IReadOnlyList<string>? further = null)
    {
        string[] regions = Given ?? (estate?.Regions is { Count: > 0 } declared ? [.. declared] : [.. Stored, .. further ?? []]);
        return Options with { Region = regions.FirstOrDefault(), Regions = [.. regions.Skip(1)] };
    }
}
