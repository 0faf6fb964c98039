using JadaSnapshot.Sandbox.Hosting;
using JadaSnapshot.Sandbox.Hosting.Access;
using JadaSnapshot.Sandbox.Services.S3Control;

namespace JadaSnapshot.Sandbox.Services.S3;

/// <summary>Amazon S3: buckets with their configuration, objects, versions, uploads in parts.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html</remarks>
public sealed class S3Service : ISandboxService
{
    private readonly S3Store _store;
    private readonly Dictionary<string, Func<S3Call, SandboxResponse>> _operations = new(StringComparer.Ordinal);

    /// <summary>An S3 without buckets.</summary>
    public S3Service(SandboxWorld world)
    {
        _store = new(world);
        BucketOperations.AddTo(_operations);
        SubResourceOperations.AddTo(_operations);
        ObjectListing.AddTo(_operations);
        VersionListing.AddTo(_operations);
        ObjectReader.AddTo(_operations);
        ObjectWriter.AddTo(_operations);
        ObjectCopier.AddTo(_operations);
        ObjectRemover.AddTo(_operations);
        ObjectDetails.AddTo(_operations);
        ObjectLocks.AddTo(_operations);
        MultipartOperations.AddTo(_operations);
        MultipartListing.AddTo(_operations);
    }

    /// <inheritdoc/>
    public string SigningName => "s3";

    /// <inheritdoc/>
    public bool Answers(SandboxRequest request) => !request.Headers.ContainsKey(S3ControlService.AccountHeader);

    /// <inheritdoc/>
    public SandboxException Throttled => new(503, "SlowDown", "Please reduce your request rate.");

    /// <summary>Every operation that it answers.</summary>
    internal IReadOnlyCollection<string> Operations => _operations.Keys;

    /// <summary>Adds a bucket whose objects are made by formula, and where it asks for one a report of S3 Inventory on it.</summary>
    public void Add(SyntheticBucket bucket)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        _store.Add(new FormulaBucket(bucket, _store.World.Now));
        if (bucket.InventoryTo is not { } destination) return;
        if (_store.Find(destination) is null) _store.Add(new Bucket(destination, bucket.Region, _store.World.Now));
        OrderInventory(bucket.Name, destination);
        DeliverInventory(bucket.Name);
    }

    /// <summary>Has a bucket ask for daily reports of its current objects that tell all of them that a listing does.</summary>
    /// <exception cref="SandboxException">There is no such bucket.</exception>
    public void OrderInventory(string bucket, string destination)
    {
        var source = _store.Find(bucket) ?? throw S3Errors.NoSuchBucket(bucket);
        lock (source.Lock) source.Documents[("inventory", "daily")] = Inventory.InventoryConfiguration.DailyTo(destination);
    }

    /// <summary>Delivers the reports that a bucket's inventory configurations ask for, as S3 does once a day or a week.</summary>
    /// <returns>Where their manifests are: <c>bucket/key</c>.</returns>
    /// <exception cref="SandboxException">There is no such bucket.</exception>
    public IReadOnlyList<string> DeliverInventory(string bucket) => new Inventory.InventoryDelivery(_store).Deliver(_store.Find(bucket) ?? throw S3Errors.NoSuchBucket(bucket));

    /// <summary>Adds an empty bucket with versioning and Object Lock.</summary>
    public void AddLocked(string name, string region)
    {
        var bucket = new Bucket(name, region, _store.World.Now);
        SubResources.SetDefaults(bucket, ownership: null);
        ObjectLocks.Enable(bucket);
        _store.Add(bucket);
    }

    /// <summary>Whether there is a bucket of this name.</summary>
    internal bool HasBucket(string name) => _store.Find(name) is not null;

    /// <summary>How many buckets there are, how many current objects they hold, and of how many bytes.</summary>
    public (int Buckets, long Objects, long Bytes) Count()
    {
        var (buckets, objects, bytes) = (0, 0L, 0L);
        foreach (var bucket in _store.Buckets.Where(bucket => bucket is not FormulaBucket))
            lock (bucket.Lock)
            {
                buckets++;
                for (var i = 0; i < bucket.KeyCount; i++)
                    if (bucket.Latest(bucket.KeyAt(i)) is { IsDeleteMarker: false } version)
                        (objects, bytes) = (objects + 1, bytes + version.Size);
            }
        return (buckets, objects, bytes);
    }

    /// <inheritdoc/>
    public string Identify(SandboxRequest request)
    {
        var operation = S3Routes.Find(request, S3Address.Of(request));
        return _operations.ContainsKey(operation) ? operation : throw S3Errors.NotImplemented(operation);
    }

    /// <inheritdoc/>
    public IEnumerable<AccessNeed> NeedsOf(SandboxRequest request) => S3Needs.Of(_store, request);

    /// <inheritdoc/>
    public ValueTask<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancel) =>
        ValueTask.FromResult(_operations[request.Operation](new(_store, request, S3Address.Of(request))));

    /// <inheritdoc/>
    public SandboxResponse Render(SandboxRequest request, SandboxException error) => S3Errors.Render(request, error);

    /// <inheritdoc/>
    public double? RequestsPerSecond(string operation) => null;
}
