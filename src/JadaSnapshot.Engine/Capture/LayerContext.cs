using JadaSnapshot.Engine.Connections;
using JadaSnapshot.Engine.Connections.Google;
using JadaSnapshot.Engine.InventoryReports;
using JadaSnapshot.Engine.Store;
using JadaSnapshot.Engine.Transfer;

namespace JadaSnapshot.Engine.Capture;

/// <summary>What every layer of one run shares.</summary>
public sealed class LayerContext(AwsConnection? connection, LayerOptions options, Action<Problem> report) : IDisposable
{
    private const string CloudFrontHome = "us-east-1";

    private readonly AwsConnection? _connection = connection;
    private readonly Lazy<S3Client>? _s3 = connection is null ? null : new(() => new(connection, options.ThrottleLimit));
    private readonly Lazy<GoogleConnection> _google = new(() => GoogleConnection.Open(options.Google));
    private readonly DistinctProblems _told = new();

    /// <summary>Who we are and where we call.</summary>
    /// <exception cref="InvalidOperationException">AWS is not called in this run.</exception>
    public AwsConnection Connection => _connection ?? throw new InvalidOperationException("This run has no connection to AWS.");

    /// <summary>The same for Google; opened when it is first needed.</summary>
    /// <exception cref="Wire.ServiceException">There are no credentials, or what is configured cannot be used.</exception>
    public GoogleConnection Google => _google.Value;

    /// <summary>What the caller asked for.</summary>
    public LayerOptions Options { get; } = options;

    /// <summary>The S3 client of this run.</summary>
    public S3Client S3 => _s3?.Value ?? throw new InvalidOperationException("This run has no connection to AWS.");

    /// <summary>The places for object transfers, shared by all buckets, so that small ones fill the gaps of big ones.</summary>
    public WorkPool Transfers { get; } = new(options.ThrottleLimit);

    /// <summary>Follows the download links that services hand out, unsigned.</summary>
    public HttpClient Links { get; } =
        new(new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None }) { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>The regions to look into: those that were chosen, and the one where CloudFront keeps its functions and certificates.</summary>
    public IReadOnlyList<string> Regions { get; } =
        connection is null ? []
        : connection.Regions.Any(region => region.StartsWith("cn-", StringComparison.Ordinal) || region.StartsWith("us-gov-", StringComparison.Ordinal) || region.StartsWith("us-iso", StringComparison.Ordinal))
            ? connection.Regions
            : [.. connection.Regions.Append(CloudFrontHome).Distinct(StringComparer.Ordinal)];

    /// <summary>Notes that part of a layer could not be listed. A list that several kinds of things are read from is told of once.</summary>
    public void Report(string layer, string operation, Exception failure, string resource = "")
    {
        var problem = Failure.ToProblem(failure, layer, operation, resource);
        lock (_told)
            if (!_told.Add(problem)) return;
        report(problem);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_s3 is { IsValueCreated: true }) _s3.Value.Dispose();
        if (_google.IsValueCreated) _google.Value.Dispose();
        Transfers.Dispose();
        Links.Dispose();
    }
}

/// <summary>What a caller may ask of all layers.</summary>
public sealed record LayerOptions
{
    /// <summary>Where buckets are compared as they are now: has the newest reports of S3 Inventory tell what they hold, where there are any, and is told where each is known from; null where S3 is to list.</summary>
    public Action<ListingOrigin>? FromInventory { get; init; }

    /// <summary>The number of objects that are in transfer at once.</summary>
    public int ThrottleLimit { get; init; } = 32;

    /// <summary>Whether noncurrent versions of objects are captured as well.</summary>
    public bool AllVersions { get; init; }

    /// <summary>Whether the items of tables are captured as well.</summary>
    public bool IncludeData { get; init; }

    /// <summary>Whether a snapshot of each Lightsail instance is made, and waited for.</summary>
    public bool IncludeInstanceSnapshot { get; init; }

    /// <summary>The names of the only instances of which a snapshot is made; null for all.</summary>
    public IReadOnlyList<string>? InstanceSnapshots { get; init; }

    /// <summary>How long an instance snapshot may take.</summary>
    public TimeSpan InstanceSnapshotPatience { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>Who keeps documents with their secrets for those who may open them.</summary>
    public IReadOnlyList<Secrets.ISealer> Sealers { get; init; } = [];

    /// <summary>The script projects, by the names that they are to have: Google does not list them by their ids.</summary>
    public IReadOnlyDictionary<string, string> ScriptProjects { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether script projects and local roots that are not there are no resources, rather than ones with a problem: a restore makes them.</summary>
    public bool OmitMissing { get; init; }

    /// <summary>Who we are to Google, and where we call it.</summary>
    public GoogleOptions Google { get; init; } = new();

    /// <summary>The folders of this machine to capture.</summary>
    public IReadOnlyList<LocalRoot> LocalRoots { get; init; } = [];

    /// <summary>The folder that everything is written to, which is not captured itself.</summary>
    public string? Destination { get; init; }

    /// <summary>Is told in words of what is no failure and yet should be known, from any thread.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Is told what a layer is about where that takes long: its name, and words. From any thread.</summary>
    public Action<string, string>? OnDoing { get; init; }

    /// <summary>Patterns of object keys to leave out.</summary>
    public KeyPatterns ExcludeKeys { get; init; } = KeyPatterns.None;

    /// <summary>Patterns of buckets that are not there as far as this run is concerned.</summary>
    public KeyPatterns ExcludeBuckets { get; init; } = KeyPatterns.None;

    /// <summary>Which buckets are kept as copies in S3 instead of files, and where. Where those lie is no bucket of the estate.</summary>
    public KeptInS3? Keep { get; init; }

    /// <summary>How jobs of S3 Batch Operations make those copies; null where CopyObject does.</summary>
    public Batch.BatchOrder? KeepBatch { get; init; }

    /// <summary>What is asked of each distribution beyond its configuration and tags.</summary>
    public DistributionDetail DistributionDetail { get; init; } = DistributionDetail.InUse;

    /// <summary>The only kinds of resource that the caller will look at, where that is known; a layer need not list others.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Whether resources of a kind are to be listed.</summary>
    public bool WantsKind(string kind) => Kinds?.Contains(kind) != false;
}
