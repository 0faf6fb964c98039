using System.Management.Automation;
using JadaSnapshot.Completion;
using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Copies;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Errors;
using JadaSnapshot.Pipelines;

namespace JadaSnapshot.Connections;

/// <summary>A cmdlet that calls AWS, with the connection parameters that AWS.Tools has.</summary>
public abstract class JadaConnectedCommand : JadaEstateCommand
{
    private AwsConnection? _connection;
    private StoredConnection? _stored;

    /// <summary>A profile of the shared credentials and configuration files.</summary>
    [Parameter]
    [Alias("AWSProfileName", "StoredCredentials")]
    [ArgumentCompleter(typeof(ProfileNames))]
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
    [ArgumentCompleter(typeof(RegionNames))]
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
        var options = _stored!.For(estate, further);
        return AwsConnection.Open(options with { EndpointUrl = endpoint ?? options.EndpointUrl });
    }

    /// <summary>
    /// The snapshot that a parameter means, on disk or in S3: an object, a folder or an address, or a name in the store that was given, else in that of the estate file, else in the current folder.
    /// </summary>
    private protected async Task<SnapshotFiles> OpenSnapshotAsync(object given, string? store, PipelineWriter pipeline, CancellationToken cancel) =>
        await OpenAsync(await pipeline.FindSnapshotAsync(given, store ?? EstateFile?.Store, () => Connection, cancel), pipeline, cancel);

    /// <summary>A snapshot with its files. What belongs to a store in S3 and to no snapshot is kept in the store of the estate file, where there is one.</summary>
    private protected async Task<SnapshotFiles> OpenAsync(Snapshot snapshot, PipelineWriter pipeline, CancellationToken cancel)
    {
        if (!S3Place.IsMeant(snapshot.Path)) return SnapshotFiles.OnDisk(snapshot);
        pipeline.Progress(new(0, $"Reading {snapshot.Path}", "What it holds"));
        var files = await SnapshotFiles.InS3Async(Connection, snapshot, EstateFile?.Store, pipeline.Warning, cancel);
        pipeline.Progress(new(0, $"Reading {snapshot.Path}", "Read") { RecordType = ProgressRecordType.Completed });
        return files;
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _stored = new ConnectionSettings
            {
                ProfileName = ProfileName,
                ProfileLocation = ProfileLocation,
                AccessKey = AccessKey,
                SecretKey = SecretKey,
                SessionToken = SessionToken,
                Credential = Credential,
                Region = Region,
                EndpointUrl = EndpointUrl,
            }.Read(SessionState);
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
}
